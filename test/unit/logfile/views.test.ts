import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { StaleError, type LogService } from '../../../src/logfile/logService';
import { temporaryFolder } from '../support/temporaryFolder';
import { FIXTURES, answered, entriesOf, listOf, reading, sessionsOf, viewOf, written } from './support/logs';

const SMALL = path.join(FIXTURES, 'small.db');
const CURRENT = path.join(FIXTURES, 'current.db');

const sum = (bins: readonly (readonly number[])[]): number => bins.flat().reduce((all, each) => all + each, 0);

describe('A view of a log', () => {
  it('has the entries that the filter lets through, of all sessions or of one, and says of how many', async () => {
    const { service } = reading();
    for (const [filter, session, matched, total] of [
      ['', undefined, 57, 57],
      ['risk:high', undefined, 12, 57],
      ['status:none', undefined, 9, 57],
      ['', 'lunar-962', 20, 20],
      ['', '세션-9', 19, 19],
      ['', 'nobody', 0, 0],
      ['', null, 0, 0],
      ['type:archive_contract', undefined, 4, 57],
    ] as const) {
      const scope = session === undefined ? undefined : { session };
      const figures = answered(await service.view(7, SMALL, viewOf(filter, { scope }), 3));
      assert.deepEqual([figures.rows, figures.matched, figures.total, figures.searched], [matched, matched, total, 1]);
      assert.equal(sum(figures.histogram.bins) + figures.histogram.timeless, matched);
      assert.equal(figures.selected, undefined);
      const rows = service.rows(7, 3, 0, 1000);
      assert.equal(rows.length, matched);
      if (session !== undefined) assert.ok(rows.every((row) => row.kind === 'entry' && row.session === session));
    }
  });

  it('gives any stretch of its lines, and nothing where there are none', async () => {
    const { service } = reading();
    await service.view(1, SMALL, viewOf(), 1);
    const keys = (from: number, to: number): string[] =>
      service.rows(1, 1, from, to).map((row) => (row.kind === 'entry' ? row.key : row.kind));
    assert.deepEqual(keys(0, 3), ['1', '2', '3']);
    assert.deepEqual(keys(55, 1e9), ['56', '57']);
    assert.deepEqual(keys(-5, 1), ['1']);
    assert.deepEqual(keys(57, 60), []);
    assert.deepEqual(keys(3, 2), []);
    assert.throws(() => service.rows(2, 1, 0, 1), StaleError);
    assert.throws(() => service.rows(1, 2, 0, 1), StaleError);
    service.dropView(1);
    assert.throws(() => service.rows(1, 1, 0, 1), StaleError);
  });

  it('knows where an entry stands in it', async () => {
    const { service } = reading();
    for (const wanted of [viewOf(), viewOf('risk:high'), viewOf('', { group: 'agent' })]) {
      const { rows } = answered(await service.view(1, CURRENT, wanted, 1));
      const list = service.rows(1, 1, 0, rows);
      const shown = new Set<string>();
      list.forEach((row, i) => {
        if (row.kind !== 'entry') return;
        assert.equal(service.place(1, 1, row.key), i);
        shown.add(row.key);
      });
      for (let key = 1; key <= 40; key++) {
        if (!shown.has(String(key))) assert.equal(service.place(1, 1, String(key)), null);
      }
      assert.equal(service.place(1, 1, '41'), null);
      assert.equal(service.place(1, 1, 'x'), null);
    }
  });

  it('is grouped by who acted, who delegated above whom, and a closed group shows its head only', async () => {
    const { service } = reading();
    const open = await listOf(service, CURRENT, viewOf('', { group: 'agent' }));
    const heads = open.filter((line) => !line.startsWith('entry'));
    assert.ok(heads.length > 3);
    assert.equal(open.length - heads.length, 40);
    const entries = await entriesOf(service, CURRENT);
    for (const head of heads) {
      const [, agent, count] = /^(?:> )*(.*) (\d+)$/.exec(head)!;
      const own = entries.filter((entry) => (entry.agent ?? 'nobody') === agent).map(({ key }) => `entry ${key}`);
      assert.equal(own.length, Number(count));
      const at = open.indexOf(head) + 1;
      assert.deepEqual(open.slice(at, at + own.length), own);
    }
    await service.view(2, CURRENT, viewOf('', { group: 'agent' }), 1);
    const groups = service.rows(2, 1, 0, 100).filter((row) => row.kind === 'group');
    const closed = await listOf(
      service,
      CURRENT,
      viewOf('', { group: 'agent', closed: [groups[1].id, 'agent nobody'] }),
    );
    assert.equal(closed.length, open.length - groups[1].count);
    assert.ok(closed.some((line) => line.endsWith(' closed')));
    const all = await listOf(service, CURRENT, viewOf('', { group: 'agent', closed: groups.map(({ id }) => id) }));
    assert.deepEqual(
      all,
      heads.map((head) => `${head} closed`),
    );
  });

  it('draws the time beside what is selected in it, too', async () => {
    const { service } = reading();
    const all = answered(await service.view(1, SMALL, viewOf('risk:>=medium'), 1));
    const times = (await entriesOf(service, SMALL, 'risk:>=medium')).map(({ at }) => at!);
    const middle = new Date(times[20]).toISOString();
    const part = answered(await service.view(1, SMALL, viewOf(`risk:>=medium time:>=${middle}`), 2));
    assert.deepEqual(part.histogram, all.histogram);
    assert.equal(part.matched, times.filter((time) => time >= Date.parse(middle)).length);
    assert.ok(part.matched < all.matched);
    assert.deepEqual(part.selected, { from: Date.parse(middle) * 1000, to: Infinity });
    const byRisk = answered(await service.view(1, SMALL, viewOf('', { histogram: 'risk', bins: 7 }), 3));
    assert.deepEqual(byRisk.histogram.series, ['critical', 'high', 'medium', 'low', 'other']);
    assert.ok(byRisk.histogram.bins.length <= 7);
    const totals = byRisk.histogram.series.map((_, i) => byRisk.histogram.bins.reduce((all, bin) => all + bin[i], 0));
    assert.deepEqual(totals, [17, 12, 12, 16, 0]);
  });

  it('has a problem to tell where the filter cannot be read, and is what it was', async () => {
    const { service } = reading();
    const before = await listOf(service, SMALL);
    const answer = await service.view(1, SMALL, viewOf('rsik:high'), 1);
    assert.ok('problem' in answer);
    assert.deepEqual([answer.problem.from, answer.problem.to], [0, 4]);
    assert.equal(service.rows(1, 1, 0, 100).length, before.length);
    for (const asked of [
      await service.sessions(SMALL, written('time:x'), 'newest', 0, 10),
      await service.entries(SMALL, undefined, written('time:x'), 0, 10),
      await service.export(SMALL, undefined, written('time:x'), 'csv', '/nonexistent'),
    ]) {
      assert.ok('problem' in asked);
    }
  });

  it('reads the times of its filter by the clock of who asks', async () => {
    const { service } = reading();
    const [first] = await entriesOf(service, SMALL);
    const shown = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Kolkata',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    const text = `time:${shown.format(first.at!).replace(' ', 'T')}`;
    const found = async (timeZone?: string): Promise<number> =>
      answered(await service.view(1, SMALL, viewOf('', { filter: { ...written(text), timeZone } }), 1)).matched;
    assert.ok((await found('Asia/Kolkata')) >= 1);
    assert.equal(await found(), 0);
    assert.equal(await found('Moon/Tranquility'), 0, 'a zone that nobody knows is UTC');
  });

  it('begins the bins of its picture over time by that clock, too', async () => {
    const { service } = reading();
    const startsOf = async (timeZone?: string): Promise<[from: number, step: number]> => {
      const wanted = viewOf('', { filter: { ...written(), timeZone }, bins: 3 });
      const { from, step } = answered(await service.view(1, SMALL, wanted, 1)).histogram;
      return [from, step];
    };
    const [from, step] = await startsOf();
    assert.equal(from % step, 0);
    const [local, same] = await startsOf('Asia/Kathmandu');
    assert.equal(same, step);
    assert.equal((local + 5.75 * 3_600_000) % step, 0);
    assert.ok(step > 900_000 && local !== from, 'or the test shows nothing');
  });
});

describe('The sessions and entries of a log', () => {
  it('are those that the filter lets through, the newest entries first, as many as are asked for', async () => {
    const { service } = reading();
    const sessions = await sessionsOf(service, SMALL, 'risk:critical');
    assert.equal(
      sessions.reduce((all, { entries }) => all + entries, 0),
      17,
    );
    const scope = { session: 'lunar-962' };
    const all = answered(await service.entries(SMALL, scope, written(), 0, 1000));
    assert.equal(all.total, 20);
    const numbers = all.rows.map(({ key }) => Number(key));
    assert.deepEqual(
      numbers,
      [...numbers].sort((a, b) => b - a),
    );
    for (const [from, to] of [
      [0, 5],
      [5, 12],
      [18, 25],
      [20, 30],
      [3, 3],
    ]) {
      const part = answered(await service.entries(SMALL, scope, written(), from, to));
      assert.deepEqual([part.rows, part.total], [all.rows.slice(from, to), 20]);
    }
    for (const [i, { key }] of all.rows.entries()) {
      assert.equal(await service.newerThan(SMALL, scope, written(), key), i);
    }
    assert.equal(await service.newerThan(SMALL, scope, written(), '1000'), null);
    assert.equal(await service.newerThan(SMALL, scope, written('risk:critical -risk:critical'), all.rows[0].key), null);
  });
});

describe('An entry', () => {
  const folder = temporaryFolder();

  it('can be copied as JSON, as a line to read, and as an action to simulate', async () => {
    const { service } = reading();
    const [line] = fs.readFileSync(path.join(FIXTURES, 'current.export.jsonl'), 'utf8').split('\n');
    const row = JSON.parse(line) as Record<string, string>;
    assert.equal(await service.text(CURRENT, '1', 'json'), line);
    assert.equal(
      await service.text(CURRENT, '1', 'line'),
      `${row.timestamp}  list_invoice  stripe/eu  success  risk=LOW  rule=guard_list_invoice  agent=gilded-egret-21  session=lunar-962`,
    );
    const action = JSON.parse(await service.text(CURRENT, '1', 'action')) as object;
    assert.deepEqual(action, {
      type: 'list_invoice',
      target: 'stripe/eu',
      params: JSON.parse(row.action_params) as object,
      agent: 'gilded-egret-21',
      at: row.timestamp,
    });
  });

  it('says nothing else where it is copied, whatever was recorded', async () => {
    const file = path.join(folder(), 'x.jsonl');
    const hostile = {
      id: 1,
      session_id: 's\u001b[2J',
      timestamp: '2026-03-29T10:30:02+00:00\n',
      action_type: 'read\nrm -rf /',
      action_target: '\u202eexe.txt',
      risk_level: 'LOW',
    };
    const params = [
      '{"a": 1}, "type": "forged"',
      '{}\n{"type": "forged", "target": "x"}',
      '{"a": 1} x',
      '{"a":',
      '[1]',
      '"{}"',
      'not JSON',
      '',
    ];
    const good = '{"a": [1.0, "\\u2028"],\r\n "b": {}}';
    const all = [...params, good];
    fs.writeFileSync(file, all.map((action_params) => `${JSON.stringify({ ...hostile, action_params })}\n`).join(''));
    const { service } = reading();
    for (const [i, text] of all.entries()) {
      const action = await service.text(file, `${i + 1}`, 'action');
      assert.doesNotMatch(action, /[\n\r]/, 'one line is one action');
      const read = JSON.parse(action) as Record<string, unknown>;
      assert.equal(read.type, hostile.action_type);
      assert.equal(read.target, hostile.action_target);
      assert.equal(action.includes('forged'), false, action);
      assert.deepEqual(read.params, text === good ? JSON.parse(good) : undefined);
      if (text === good) assert.ok(action.includes('1.0'), 'numbers stay as they were written');
      const line = await service.text(file, `${i + 1}`, 'line');
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]/u);
    }
  });

  it('has its long texts cut in a list, and whole where it is asked for', async () => {
    const file = path.join(folder(), 'x.jsonl');
    const long = 'é'.repeat(30_000);
    fs.writeFileSync(
      file,
      `${JSON.stringify({ id: 1, timestamp: long, action_type: long, action_target: 'short' })}\n`,
    );
    const { service } = reading();
    const [row] = await entriesOf(service, file);
    assert.deepEqual([row.type.length, row.timestamp.length, row.target, row.cut], [300, 300, 'short', true]);
    const { fields } = await service.detail(file, '1');
    const type = fields.find(({ name }) => name === 'action_type')!.value;
    assert.deepEqual(type, { kind: 'text', text: long.slice(0, 20_000), length: 30_000, damaged: false });
    assert.deepEqual(await service.field(file, '1', 'action_type'), { ...type, text: long });
    assert.deepEqual(await service.names(file, '1'), { session: null, timestamp: long, type: long, rule: null });
  });

  it('is found again in another log by its session, time and type', async () => {
    const { service } = reading();
    const lines = path.join(FIXTURES, 'small.export.jsonl');
    for (const key of ['1', '30', '57']) {
      const names = await service.names(SMALL, key);
      const same = await service.sameActions(lines, names);
      assert.deepEqual(
        same.map((entry) => entry.key),
        [key],
      );
      assert.deepEqual(await service.sameActions(lines, { ...names, session: 'another' }), []);
      assert.equal((await service.sameActions(lines, { ...names, session: null })).length, 1);
      assert.deepEqual(await service.sameActions(lines, { ...names, timestamp: `${names.timestamp} ` }), []);
    }
  });

  it('has what may stand in a filter offered from its log', async () => {
    const { service } = reading();
    const offers = await service.complete(SMALL, undefined, 'session:', 8);
    assert.deepEqual(
      offers.slice(0, 3).map(({ label, detail }) => [label, detail]),
      [
        ['lunar-962', '20 entries'],
        ['세션-9', '19 entries'],
        ['sess-3cdd9b92-long-identifier', '18 entries'],
      ],
    );
  });

  it('counts what it offers within the session that is shown', async () => {
    const { service } = reading();
    const offers = await service.complete(SMALL, { session: 'lunar-962' }, 'session:', 8);
    assert.deepEqual(
      offers.map(({ label, detail }) => [label, detail]),
      [['lunar-962', '20 entries']],
    );
    const risks = await service.complete(SMALL, { session: 'lunar-962' }, 'risk:=', 6);
    const counted = risks.map(({ detail }) => Number(/^(\d+) entr/.exec(detail)?.[1] ?? 0));
    assert.equal(
      counted.reduce((sum, count) => sum + count, 0),
      20,
    );
    const open = await service.complete(SMALL, { session: 'lunar-962' }, 'status:ope', 10);
    const { rows } = await viewFigures(service, 'status:open');
    assert.match(open[0].detail, rows === 0 ? /not in this session$/ : new RegExp(`: ${rows} entr`));
  });
});

async function viewFigures(service: LogService, filter: string): Promise<{ rows: number }> {
  const answer = await service.view(9, SMALL, { ...viewOf(filter), scope: { session: 'lunar-962' } }, 1);
  return 'problem' in answer ? assert.fail('it can be read') : { rows: answer.matched };
}
