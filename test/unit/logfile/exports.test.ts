import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { LogError } from '../../../src/logfile/logSource';
import { tracesOf } from '../sqlite/support/imageRows';
import { temporaryFolder } from '../support/temporaryFolder';
import {
  FIXTURES,
  TABLE,
  answered,
  copyOfFixture,
  entriesOf,
  makeDatabase,
  reading,
  rowsOf,
  written,
} from './support/logs';

const db = (name: string): string => path.join(FIXTURES, `${name}.db`);
const reference = (name: string, ending: string): string =>
  fs.readFileSync(path.join(FIXTURES, `${name}.${ending}`), 'utf8');

/** A comma-separated text as a spreadsheet reads it. */
function cellsOf(csv: string): string[][] {
  const rows: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  let row: string[] = [];
  while (cell.lastIndex < csv.length) {
    const found = cell.exec(csv);
    assert.ok(found !== null, 'no table');
    row.push(found[1]?.replaceAll('""', '"') ?? found[2]);
    if (found[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe('An export of a log', () => {
  const folder = temporaryFolder();
  const to = (name: string): string => path.join(folder(), name);

  async function exported(
    file: string,
    format: 'jsonl' | 'json' | 'csv',
    filter = '',
    session?: string,
  ): Promise<string> {
    const { service } = reading();
    const scope = session === undefined ? undefined : { session };
    const { count } = answered(await service.export(file, scope, written(filter), format, to('out')));
    const entries = answered(await service.entries(file, scope, written(filter), 0, 0));
    assert.equal(count, entries.total);
    assert.deepEqual(
      fs.readdirSync(folder()).filter((name) => name.startsWith('.')),
      [],
      'nothing is left beside it',
    );
    return fs.readFileSync(to('out'), 'utf8');
  }

  for (const name of ['small', 'gaps', 'current', 'old-schema', 'extra-columns', 'utf16', 'wal', 'wal-torn', 'empty']) {
    it(`has what the reference exports of ${name}.db, byte for byte, as JSON lines and as JSON`, async () => {
      assert.equal(await exported(db(name), 'jsonl'), reference(name, 'export.jsonl'));
      const list = reference(name, 'json.txt');
      if (name !== 'empty') assert.equal(await exported(db(name), 'json'), list);
      else assert.equal(await exported(db(name), 'json'), '[]\n');
    });
  }

  it('has the reference’s lines of the entries that the filter lets through, and of the session, in their order', async () => {
    const lines = reference('small', 'export.jsonl').split(/(?<=\n)/);
    const of = (holds: (row: Record<string, unknown>) => boolean): string =>
      lines.filter((line) => holds(JSON.parse(line) as Record<string, unknown>)).join('');
    for (const file of [db('small'), path.join(FIXTURES, 'small.export.jsonl')]) {
      assert.equal(
        await exported(file, 'jsonl', 'risk:>=high -status:none'),
        of(({ risk_level, result_status }) => /HIGH|CRITICAL/.test(risk_level as string) && result_status !== null),
      );
      assert.equal(
        await exported(file, 'jsonl', 'params:blob', '세션-9'),
        of(({ session_id, action_params }) => session_id === '세션-9' && (action_params as string).includes('blob')),
      );
      assert.equal(await exported(file, 'jsonl', 'nothing-like-that'), '');
    }
  });

  it('of lines has them as they stand in the file, whatever their bytes are', async () => {
    const lines = [
      Buffer.from(' {"timestamp": "t",  "action_type": "x", "n": 1.00, "u": "é\\u00e9"} '),
      Buffer.concat([
        Buffer.from('{"timestamp": "t", "action_type": "x", "bad": "'),
        Buffer.of(0xff, 0xfe),
        Buffer.from('"}'),
      ]),
    ];
    const file = to('trail.jsonl');
    fs.writeFileSync(file, Buffer.concat([lines[0], Buffer.from('\r\nno entry\n\n'), lines[1]]));
    await exported(file, 'jsonl');
    assert.deepEqual(
      fs.readFileSync(to('out')),
      Buffer.concat([lines[0], Buffer.from('\n'), lines[1], Buffer.from('\n')]),
    );
  });

  it('says what JSON has no form for, rather than taking it for something else', async () => {
    const file = await makeDatabase(
      to('x.db'),
      `${TABLE} ${rowsOf([1, 2])} UPDATE audit_log SET result_data = x'00ff' WHERE id = 1;
       UPDATE audit_log SET result_error = CAST(x'41ff' AS TEXT) WHERE id = 2;`,
    );
    const [first, second] = (await exported(file, 'jsonl'))
      .split('\n')
      .map((line) => line && (JSON.parse(line) as Record<string, unknown>));
    assert.ok(typeof first === 'object' && typeof second === 'object');
    assert.deepEqual([first.result_data, second.result_error], [{ blob_hex: '00ff' }, { invalid_utf8: 'A\ufffd' }]);
    assert.equal(JSON.stringify(JSON.parse(await exported(file, 'json'))), JSON.stringify([first, second]));
  });

  it('as CSV has every cell, and none that a spreadsheet would run', async () => {
    const texts = [
      '=HYPERLINK("http://evil")',
      '+1+2',
      '-1+2',
      '@SUM(1)',
      '＝1+2',
      '＠SUM(1)',
      '\n=1',
      '\t=1',
      '\r=1',
      '-5',
      '-5.25',
      'plain',
      'a "quoted", text',
      'two\nlines',
      '',
      "'=1",
      '-',
      '=',
    ];
    const file = to('trail.jsonl');
    const line = (text: string): string =>
      `${JSON.stringify({ id: 1, timestamp: text, action_type: 'x', action_target: text, action_params: `${text}` })}\n`;
    fs.writeFileSync(file, texts.map(line).join(''));
    const [head, ...rows] = cellsOf(await exported(file, 'csv'));
    const at = head.indexOf('action_target');
    assert.equal(rows.length, texts.length);
    for (const [i, text] of texts.entries()) {
      const cell = rows[i][at];
      assert.ok(!/^[=+@＝＋－＠\t\r\n]|^-(?!\d+(\.\d+)?$)/.test(cell), `${JSON.stringify(cell)} is a formula`);
      assert.equal(cell.replaceAll("'", ''), text.replaceAll("'", ''), 'and it says what was recorded');
      assert.equal(rows[i].length, head.length);
    }
  });

  it('as CSV has a row for each entry and the columns of the table', async () => {
    for (const name of ['current', 'old-schema']) {
      const [head, ...rows] = cellsOf(await exported(db(name), 'csv'));
      const lines = reference(name, 'export.jsonl').split('\n').slice(0, -1);
      assert.deepEqual(head, Object.keys(JSON.parse(lines[0]) as object));
      assert.equal(rows.length, lines.length);
      for (const [i, line] of lines.entries()) {
        const row = JSON.parse(line) as Record<string, string | number | null>;
        for (const [j, column] of head.entries()) {
          const text = row[column] === null ? '' : String(row[column]);
          if (!/^[=+\-@\t\r]/.test(text)) assert.equal(rows[i][j], text);
        }
      }
    }
  });

  it('as CSV of lines has no more columns than lines of their kind have, however many members they have', async () => {
    const file = to('trail.jsonl');
    const members = Array.from({ length: 2000 }, (_, i) => [`m${i}`, i]);
    const line = (i: number): string =>
      JSON.stringify({ id: i, timestamp: 't', action_type: 'x', ...Object.fromEntries(members.slice(i, i + 1000)) });
    fs.writeFileSync(file, Array.from({ length: 50 }, (_, i) => `${line(i)}\n`).join(''));
    const [head, ...rows] = cellsOf(await exported(file, 'csv'));
    assert.ok(head.length < 30);
    for (const [i, row] of rows.entries()) {
      const rest = JSON.parse(row[head.length - 1]) as Record<string, number>;
      assert.deepEqual(rest, Object.fromEntries(members.slice(i, i + 1000)));
    }
  });

  describe('is refused', () => {
    const cases: [what: string, name: string, destination: (file: string) => string][] = [
      ['onto the database', 'wal', (file) => file],
      ['onto its log', 'wal', (file) => `${file}-wal`],
      ['onto its index of the log', 'wal', (file) => `${file}-shm`],
      ['where its log would be', 'small', (file) => `${file}-wal`],
      ['where its journal would be', 'small', (file) => `${file}-journal`],
      [
        'by another path',
        'small',
        (file) => path.join(path.dirname(file), '..', path.basename(path.dirname(file)), path.basename(file)),
      ],
      ['by a symbolic link', 'small', (file) => linked(file, to('link.db'), 'symlink')],
      ['by a link to a link', 'small', (file) => linked(linked(file, to('one'), 'symlink'), to('two'), 'symlink')],
      ['by a hard link', 'small', (file) => linked(file, to('hard.db'), 'link')],
      [
        'by a link to its folder',
        'small',
        (file) => path.join(linked(path.dirname(file), to('folder'), 'symlink'), path.basename(file)),
      ],
      [
        'where its log would be, by a link to its folder',
        'small',
        (file) => path.join(linked(path.dirname(file), to('folder'), 'symlink'), 'small.db-wal'),
      ],
    ];
    for (const [what, name, destination] of cases) {
      it(what, async () => {
        const file = copyOfFixture(folder(), name);
        const target = destination(file);
        const before = tracesOf(path.dirname(file));
        const { service } = reading();
        await assert.rejects(service.export(file, undefined, written(), 'jsonl', target), (error) => {
          assert.ok(error instanceof LogError);
          assert.equal(error.code, 'own-file');
          assert.match(error.message, /the log itself/);
          return true;
        });
        assert.deepEqual(tracesOf(path.dirname(file)), before);
      });
    }

    it('where the log was opened by a link, onto what the link leads to', async () => {
      const file = copyOfFixture(folder(), 'wal');
      const link = linked(file, to('link.db'), 'symlink');
      const before = tracesOf(path.dirname(file));
      const { service } = reading();
      assert.equal((await service.open(link)).entries, 45);
      for (const target of [file, `${file}-wal`, `${file}-journal`, link]) {
        await assert.rejects(service.export(link, undefined, written(), 'csv', target), { code: 'own-file' });
      }
      assert.deepEqual(tracesOf(path.dirname(file)), before);
    });

    it('onto the file of lines itself', async () => {
      const file = to('trail.jsonl');
      fs.copyFileSync(path.join(FIXTURES, 'small.export.jsonl'), file);
      const { service } = reading();
      for (const target of [file, linked(file, to('link'), 'symlink')]) {
        await assert.rejects(service.export(file, undefined, written(), 'jsonl', target), { code: 'own-file' });
      }
      assert.equal(fs.readFileSync(file, 'utf8'), reference('small', 'export.jsonl'));
    });
  });

  it('that cannot be written is an error with a sentence, and leaves what was there', async () => {
    const { service } = reading();
    fs.mkdirSync(to('folder'));
    for (const target of [to('none/out'), to('folder')]) {
      await assert.rejects(service.export(db('small'), undefined, written(), 'jsonl', target), (error) => {
        assert.ok(error instanceof LogError);
        assert.match(error.message, /^The export could not be written: .+/);
        return true;
      });
    }
    const file = copyOfFixture(folder(), 'corrupt-overflow');
    fs.writeFileSync(to('out'), 'what was there');
    const bytes = fs.readFileSync(file);
    fs.writeFileSync(file, bytes.subarray(0, bytes.length - 5));
    await service.export(file, undefined, written(), 'json', to('out')).catch(() => undefined);
    const after = fs.readFileSync(to('out'), 'utf8');
    assert.ok(after === 'what was there' || Array.isArray(JSON.parse(after)));
  });

  it('replaces a file that was there, by all of the new one', async () => {
    fs.writeFileSync(to('out'), 'x'.repeat(1_000_000));
    assert.equal(await exported(db('gaps'), 'jsonl'), reference('gaps', 'export.jsonl'));
    assert.equal((await entriesOf(reading().service, db('gaps'))).length, 26);
  });
});

function linked(file: string, link: string, kind: 'link' | 'symlink'): string {
  if (kind === 'link') fs.linkSync(file, link);
  else fs.symlinkSync(file, link);
  return link;
}
