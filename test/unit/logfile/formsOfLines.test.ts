import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { looksLikeLog } from '../../../src/logfile/looksLikeLog';
import { LogError } from '../../../src/logfile/logSource';
import { tracesOf } from '../sqlite/support/imageRows';
import { CHAINS, expectations, fixture } from '../support/fixtures';
import { temporaryFolder } from '../support/temporaryFolder';
import { FIXTURES, entriesOf, reading } from './support/logs';

const ROW = { id: 1, session_id: 's', timestamp: '2026-03-29T10:30:02+00:00', action_type: 'read', action_target: 'f' };
const row = (over: Record<string, unknown> = {}): string => JSON.stringify({ ...ROW, ...over });

describe('A log of lines', () => {
  const folder = temporaryFolder();

  function file(content: string | Uint8Array): string {
    const name = path.join(folder(), 'trail.jsonl');
    fs.writeFileSync(name, content);
    return name;
  }

  /** Targets of its entries by line, and its warnings. */
  async function read(
    content: string | Uint8Array,
  ): Promise<{ found: Record<string, string>; warnings: readonly string[] }> {
    const name = file(content);
    const before = tracesOf(folder());
    const { service } = reading();
    const { warnings } = await service.open(name);
    const entries = await entriesOf(service, name);
    assert.deepEqual(tracesOf(folder()), before);
    return { found: Object.fromEntries(entries.map(({ key, target }) => [key, target])), warnings };
  }

  const three = [1, 2, 3].map((i) => row({ action_target: `f${i}` }));

  for (const [what, content, numbers] of [
    ['end in LF', `${three.join('\n')}\n`, [1, 2, 3]],
    ['end in CR LF', `${three.join('\r\n')}\r\n`, [1, 2, 3]],
    ['end in CR', `${three.join('\r')}\r`, [1, 2, 3]],
    ['end in each in its way', `${three[0]}\r${three[1]}\r\n${three[2]}\n`, [1, 2, 3]],
    ['have no end at the last', three.join('\n'), [1, 2, 3]],
    ['end in CR, without one at the last', three.join('\r'), [1, 2, 3]],
    ['have blank ones between them', `\n${three[0]}\n\n  \t\n${three[1]}\n\u00a0\n${three[2]}\n\n`, [2, 5, 7]],
    ['begin with a byte order mark', `\ufeff${three.join('\n')}\n`, [1, 2, 3]],
    ['are indented', `  ${three.join('  \n\t')}  \n`, [1, 2, 3]],
  ] as const) {
    it(`has its entries where they ${what}`, async () => {
      const { found, warnings } = await read(content);
      assert.deepEqual(found, Object.fromEntries(numbers.map((number, i) => [String(number), `f${i + 1}`])));
      assert.deepEqual(warnings, []);
      const { service } = reading();
      for (const [i, number] of numbers.entries()) {
        const name = path.join(folder(), 'trail.jsonl');
        const line = await service.text(name, String(number), 'json');
        assert.equal(line.replace(/^[ \t]+|[ \t]+$/g, ''), three[i]);
        const { fields } = await service.detail(name, String(number));
        assert.deepEqual(
          fields.slice(0, 5).map((field) => field.name),
          Object.keys(ROW),
        );
      }
    });
  }

  it('tells how many lines are no entries, and which is the first', async () => {
    assert.deepEqual(await read(`${row()}\nhello\n`), {
      found: { 1: 'f' },
      warnings: ['Line 2 is no entry, and is not listed.'],
    });
    const many = `\n{}\n${row()}\n[]\n${'{"a": 1}\n'.repeat(1500)}"text"\nnull\n{"timestamp": "x"}\n`;
    assert.deepEqual(await read(many), {
      found: { 3: 'f' },
      warnings: ['1,505 lines are no entries, and are not listed: line 2 is the first.'],
    });
    assert.deepEqual(await read(''), { found: {}, warnings: [] });
    assert.deepEqual(await read('\n\n'), { found: {}, warnings: [] });
  });

  it('may have a line of megabytes, lines with NaN, and lines that are nested without end', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const content = [
      row({ action_params: 'x'.repeat(3_000_000), action_target: 'long' }),
      row({ action_target: 'nan', result_data: 'NaN' }).replace('"NaN"', '[NaN, -Infinity, "NaN"]'),
      row({ action_target: 'deep', action_params: 'DEEP' }).replace('"DEEP"', deep),
      row({ action_target: 'deep type', action_type: 'DEEP' }).replace('"DEEP"', deep),
      `{"a": NaN, "b": "${'\\"'.repeat(500_000)}`,
      row({ action_target: 'last' }),
    ].join('\n');
    const { found, warnings } = await read(content);
    assert.deepEqual(found, { 1: 'long', 2: 'nan', 3: 'deep', 4: 'deep type', 6: 'last' });
    assert.deepEqual(warnings, ['Line 5 is no entry, and is not listed.']);
    const { service } = reading();
    const name = path.join(folder(), 'trail.jsonl');
    const long = await service.field(name, '1', 'action_params');
    assert.deepEqual([long.kind, long.kind === 'text' && long.length], ['text', 3_000_000]);
    assert.equal((await entriesOf(service, name, 'params:"[[["')).length, 1, 'what is nested is searched all the same');
    assert.equal((await entriesOf(service, name, 'params:xxx')).length, 1);
    assert.equal((await entriesOf(service, name, 'data:-infinity')).length, 1, 'what was written is what is searched');
    const tree = (await service.detail(name, '2')).trees.find(({ name }) => name === 'result_data');
    assert.deepEqual(
      tree?.root.children.map(({ text }) => text),
      ['NaN', '-Infinity', 'NaN'],
    );
  }).timeout(10_000);

  it('shows what was written: numbers in their spelling, objects as their text, a text that is no UTF-8 as damaged', async () => {
    const name = file(
      Buffer.concat([
        Buffer.from(
          '{"timestamp": "t", "action_type": "x", "id": 12345678901234567890, "n": 1.0, "o": {"b": 1.00, "a": [true]}, "u": "\\ufffd", "v": "\ufffd"}\n',
        ),
        Buffer.from('{"timestamp": "t", "action_type": "x", "bad": "'),
        Buffer.of(0xff),
        Buffer.from('", "u": "\\ufffd"}\n'),
      ]),
    );
    const { service } = reading();
    const values = async (key: string): Promise<Record<string, unknown>> =>
      Object.fromEntries((await service.detail(name, key)).fields.map((field) => [field.name, field.value]));
    const text = (value: string, damaged = false): unknown => ({
      kind: 'text',
      text: value,
      length: value.length,
      damaged,
    });
    const first = await values('1');
    assert.deepEqual(first.id, { kind: 'number', text: '12345678901234567890' });
    assert.deepEqual(first.n, { kind: 'number', text: '1.0' });
    assert.deepEqual(first.o, text('{"b": 1.00, "a": [true]}'));
    // The character that stands for what could not be read, where somebody wrote it.
    assert.deepEqual([first.u, first.v], [text('\ufffd'), text('\ufffd')]);
    const second = await values('2');
    assert.deepEqual([second.bad, second.u], [text('\ufffd', true), text('\ufffd')]);
    assert.deepEqual(await service.field(name, '1', 'id'), { kind: 'number', text: '12345678901234567890' });
    await assert.rejects(service.field(name, '1', 'nothing\u202e'), LogError);
  });

  it('has one account of an entry whose members come twice: the last, as the reference reads it', async () => {
    const twice =
      '{"timestamp": "t", "action_type": "shown", "action_target": "a", "action_type": "meant", "action_params": {"n": 1}, "action_params": {"n": 2}}';
    const message = (type: string): string =>
      JSON.stringify(JSON.stringify({ timestamp: 't', action_type: type, action_target: 'a' }));
    const record = `{"logger": "aegis.audit", "message": ${message('shown')}, "message": ${message('meant')}}`;
    const name = file(`${record}\n${twice}\n`);
    const { service } = reading();
    for (const key of ['1', '2']) {
      const { row, fields } = await service.detail(name, key);
      assert.equal(row.type, 'meant');
      assert.deepEqual(await service.field(name, key, 'action_type'), {
        kind: 'text',
        text: 'meant',
        length: 5,
        damaged: false,
      });
      assert.deepEqual(
        fields.at(-1)?.name === 'message' ? [] : fields.filter(({ name }) => name === 'action_type').at(-1)?.value,
        { kind: 'text', text: 'meant', length: 5, damaged: false },
      );
    }
    assert.match(await service.text(name, '2', 'action'), /"type": "meant".*"params": \{"n": 2\}/);
  });

  it('may have lines of each kind, each read as what it is, whichever comes first', async () => {
    const entry = { timestamp: '2026-03-29T10:30:02+00:00', action_type: 'x', action_target: 'y' };
    const kinds = [
      JSON.stringify({ id: 1, ...entry, action_params: '{"n": 1}', result_error: 'oops' }),
      JSON.stringify({ ...entry, action_params: { n: 1 }, result_error: 'oops' }),
      JSON.stringify({
        logger: 'aegis.audit',
        levelname: 'INFO',
        message: JSON.stringify({ ...entry, action_params: { n: 1 }, result_error: 'oops' }),
      }),
      JSON.stringify({
        ...entry,
        metadata: { action_params: { n: 1 }, result_error: 'oops' },
        previous_hash: '',
        entry_hash: '',
      }),
    ];
    for (let first = 0; first < kinds.length; first++) {
      const order = [...kinds.slice(first), ...kinds.slice(0, first)];
      const name = file(order.map((line) => `${line}\n`).join(''));
      const { service } = reading();
      for (const filter of ['params:n', 'error:oops', 'oops', 'has:error']) {
        assert.equal((await entriesOf(service, name, filter)).length, 4, `${filter}, ${order[0]} first`);
      }
      for (const [i, line] of order.entries()) {
        const { fields } = await service.detail(name, `${i + 1}`);
        const isThere = (field: string): boolean =>
          fields.some((each) => each.name === field && each.value.kind !== 'absent');
        assert.ok(isThere('action_type'), line);
        assert.equal(isThere('levelname'), line === kinds[2]);
        assert.match(await service.text(name, `${i + 1}`, 'action'), /"params": \{"n": ?1\}/, line);
      }
    }
  });

  it('says what is wrong in a sentence where it cannot be read', async () => {
    const { service } = reading();
    for (const [name, code] of [
      ['none.jsonl', 'missing'],
      ['.', 'unreadable'],
    ]) {
      await assert.rejects(service.open(path.join(folder(), name)), (error) => {
        assert.ok(error instanceof LogError, String(error));
        assert.equal(error.code, code);
        assert.match(error.message, /^[A-Z].*\.$/);
        return true;
      });
    }
  });
});

describe('A chain as a log', () => {
  it('has its entries, with who acted and what was decided', async () => {
    for (const name of ['intact-sha256', 'intact-sha3']) {
      const { service } = reading();
      const { kind, entries, warnings, deleted } = await service.open(fixture(name));
      const lines = fs.readFileSync(fixture(name), 'utf8').split('\n').slice(0, -1);
      assert.deepEqual([kind, entries, warnings, deleted], ['chain', lines.length, [], 0]);
      const rows = await entriesOf(service, fixture(name));
      for (const [i, line] of lines.entries()) {
        const entry = JSON.parse(line) as Record<string, string>;
        const { key, timestamp, type, target, approval, risk, rule, agent } = rows[i];
        assert.deepEqual(
          [key, timestamp, type, target, approval, risk, rule, agent],
          [
            String(i + 1),
            entry.timestamp,
            entry.action_type,
            entry.action_target,
            entry.decision,
            entry.risk_level,
            entry.matched_rule,
            entry.agent_id,
          ],
        );
      }
    }
  });

  it('is searched in its metadata, under the names of the columns that stand there, too', async () => {
    const entry = {
      sequence_id: 0,
      timestamp: '2026-03-29T10:30:02+00:00',
      agent_id: 'a',
      action_type: 'x',
      action_target: 'y',
      decision: 'auto',
      risk_level: 'low',
      matched_rule: 'r',
      metadata: {
        session_id: 's1',
        action_params: { user: 42 },
        result_error: 'timed out',
        result_data: '"ok"',
        action_desc: 'tidy up',
      },
      previous_hash: '',
      entry_hash: '',
    };
    const folder = fs.mkdtempSync(path.join(process.env.TMPDIR ?? '/tmp', 'aegis-test-'));
    try {
      const file = path.join(folder, 'chain.jsonl');
      fs.writeFileSync(file, `${JSON.stringify(entry)}\n`);
      const { service } = reading();
      for (const filter of [
        'params:user',
        'params:42',
        'error:timed',
        'data:ok',
        'desc:tidy',
        'session:s1',
        'has:error',
        'tidy',
        'timed',
      ]) {
        assert.equal((await entriesOf(service, file, filter)).length, 1, filter);
      }
      assert.equal((await entriesOf(service, file, 'error:tidy')).length, 0);
      assert.match(await service.text(file, '1', 'action'), /"params": \{"user": ?42\}/);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  for (const { case: name, reference, skipping_bad_lines: readable } of expectations()) {
    it(`lists every line that is an entry, and counts the others: ${name}`, async () => {
      const { service } = reading();
      const { entries, warnings } = await service.open(fixture(name));
      const nonBlank = fs
        .readFileSync(fixture(name))
        .toString('utf8')
        .split(/\r\n?|\n/)
        .filter((line) => line.trim() !== '').length;
      // The reference wants more of an entry than a list does.
      const counted = readable?.chain_length ?? reference.chain_length ?? 0;
      assert.ok(entries >= counted, `${entries} of ${counted}`);
      const foreign = Number(/^(\d+) lines/.exec(warnings[0] ?? '')?.[1] ?? (warnings[0]?.startsWith('Line ') ? 1 : 0));
      const torn = warnings.some((warning) => warning.includes('not whole')) ? 1 : 0;
      assert.equal(entries + foreign + torn, nonBlank, warnings.join(' '));
      assert.equal((await entriesOf(service, fixture(name))).length, entries);
    });
  }
});

describe('A file that may be a log', () => {
  const head = (name: string): Uint8Array => fs.readFileSync(name).subarray(0, 64 * 1024);

  it('is one where it is a database, by name or content, or where one of its first lines is an entry', () => {
    for (const each of fs
      .readdirSync(FIXTURES)
      .filter((name) => /\.(db|jsonl)$/.test(name) && !/^(empty|other|zero)\.export/.test(name))) {
      assert.equal(looksLikeLog(each, head(path.join(FIXTURES, each))), true, each);
    }
    for (const { case: name } of expectations()) {
      if (name === 'empty') continue;
      assert.equal(looksLikeLog(`${name}.jsonl`, head(path.join(CHAINS, `${name}.jsonl`))), true, name);
    }
    assert.equal(looksLikeLog('x.sqlite', undefined), true);
    assert.equal(looksLikeLog('trail', head(path.join(FIXTURES, 'small.db'))), true);
  });

  it('is none otherwise', () => {
    for (const text of [
      '',
      'hello',
      '{}\n{"a": 1}\n',
      '[1]',
      '{"timestamp": "t"}',
      `${'{}\n'.repeat(20)}${row()}`,
      `{"a": NaN, "b": "${'\\"'.repeat(30_000)}`,
    ]) {
      assert.equal(looksLikeLog('x.jsonl', Buffer.from(text)), false, text.slice(0, 40));
    }
    assert.equal(looksLikeLog('x.jsonl', undefined), false);
    for (const name of ['small.table.txt', 'small.json.txt', 'small.expected.json']) {
      assert.equal(looksLikeLog(name, head(path.join(FIXTURES, name))), false, name);
    }
  }).timeout(5_000);
});
