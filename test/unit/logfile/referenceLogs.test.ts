import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from '../support/temporaryFolder';
import { tracesOf } from '../sqlite/support/imageRows';
import { FIXTURES, copyOfFixture, countedBy, entriesOf, reading, sessionsOf } from './support/logs';

/** What the reference says of a database. */
interface Expected {
  readonly raises?: string;
  readonly count: number;
  readonly columns: readonly string[];
  readonly by_session: Readonly<Record<string, number>>;
  readonly by_risk: Readonly<Record<string, number>>;
  readonly by_status: Readonly<Record<string, number>>;
  readonly by_approval: Readonly<Record<string, number>>;
  readonly by_action_type: Readonly<Record<string, number>>;
  readonly missing_ids?: readonly number[];
  readonly filters: readonly {
    readonly args: Readonly<Record<string, string | number>>;
    readonly ids: readonly number[];
  }[];
}

function expected(name: string): Expected {
  return JSON.parse(fs.readFileSync(path.join(FIXTURES, `${name}.expected.json`), 'utf8')) as Expected;
}

const NAMES = fs
  .readdirSync(FIXTURES)
  .filter((name) => name.endsWith('.expected.json'))
  .map((name) => name.replace('.expected.json', ''))
  // The reference makes a table where there is none, and shows it as empty.
  .filter((name) => expected(name).raises === undefined && !['other', 'zero'].includes(name));

/** Counts as the reference has them, from sessions and entries, which must agree. */
async function countsOf(file: string): Promise<unknown> {
  const { service } = reading();
  const { entries, isPart, ...summary } = await service.open(file);
  const sessions = await sessionsOf(service, file);
  const rows = await entriesOf(service, file);
  assert.equal(isPart, false);
  assert.equal(rows.length, entries);
  assert.equal(sessions.length, summary.sessions);
  const bySession = countedBy(rows, 'session');
  assert.deepEqual(Object.fromEntries(sessions.map(({ id, entries }) => [id, entries])), bySession);
  for (const status of ['blocked', 'denied', 'failed'] as const) {
    const total = sessions.reduce((sum, session) => sum + session[status], 0);
    assert.equal(total, countedBy(rows, 'status')[status] ?? 0, status);
  }
  const open = sessions.reduce((sum, session) => sum + session.open, 0);
  assert.equal(open, countedBy(rows, 'status').None ?? 0);
  return {
    count: entries,
    by_session: bySession,
    by_risk: countedBy(rows, 'risk'),
    by_status: countedBy(rows, 'status'),
    by_approval: countedBy(rows, 'approval'),
    by_action_type: countedBy(rows, 'type'),
  };
}

function countsIn({ count, by_session, by_risk, by_status, by_approval, by_action_type }: Expected): unknown {
  return { count, by_session, by_risk, by_status, by_approval, by_action_type };
}

describe('A log of the reference', () => {
  const folder = temporaryFolder();

  for (const name of NAMES) {
    it(`${name}.db has the entries that the reference counts, and its files stay as they were`, async () => {
      const file = copyOfFixture(folder(), name);
      const before = tracesOf(path.dirname(file));
      assert.deepEqual(await countsOf(file), countsIn(expected(name)));
      const { service } = reading();
      const { deleted, warnings, kind } = await service.open(file);
      assert.deepEqual([kind, deleted, warnings], ['database', expected(name).missing_ids?.length ?? 0, []]);
      assert.deepEqual(tracesOf(path.dirname(file)), before);
    });

    it(`${name}.db shows each row with every column, as the reference exports it`, async () => {
      const file = copyOfFixture(folder(), name);
      const before = tracesOf(path.dirname(file));
      const { service } = reading();
      const lines = fs
        .readFileSync(path.join(FIXTURES, `${name}.export.jsonl`), 'utf8')
        .split('\n')
        .slice(0, -1);
      const keys = (await entriesOf(service, file)).map(({ key }) => key);
      assert.equal(keys.length, lines.length);
      for (const [i, key] of keys.entries()) {
        assert.equal(await service.text(file, key, 'json'), lines[i]);
        const { fields, remarks } = await service.detail(file, key);
        const row = JSON.parse(lines[i]) as Record<string, string | number | null>;
        assert.deepEqual(
          fields.filter(({ value }) => value.kind !== 'absent').map(({ name }) => name),
          expected(name).columns,
        );
        for (const { name: field, value } of fields) {
          const wanted = row[field];
          if (value.kind === 'absent') assert.equal(field in row, false, field);
          else if (wanted === null) assert.deepEqual(value, { kind: 'null' });
          else if (typeof wanted === 'number') assert.deepEqual(value, { kind: 'number', text: String(wanted) });
          else {
            // A long text is shown in part, and all of it where somebody asks.
            assert.deepEqual(value, {
              kind: 'text',
              text: wanted.slice(0, 20_000),
              length: wanted.length,
              damaged: false,
            });
            const whole = { kind: 'text', text: wanted, length: wanted.length, damaged: false };
            if (wanted.length > 20_000) assert.deepEqual(await service.field(file, key, field), whole);
          }
        }
        if (expected(name).missing_ids === undefined) assert.deepEqual(remarks, []);
      }
      assert.deepEqual(tracesOf(path.dirname(file)), before);
    });

    it(`${name}.db is filtered as the reference filters it`, async () => {
      const file = path.join(FIXTURES, `${name}.db`);
      const { service } = reading();
      const names: Record<string, string> = {
        session_id: 'session',
        action_type: 'type',
        result_status: 'status',
        agent_id: 'agent',
        chain_id: 'chain',
      };
      let tried = 0;
      for (const { args, ids } of expected(name).filters) {
        const entries = Object.entries(args);
        // Ours does not tell case apart, and compares times as times.
        if (entries.some(([key, value]) => !(key in names) || value === String(value).toUpperCase())) continue;
        const filter = entries.map(([key, value]) => `${names[key]}:="${value}"`).join(' ');
        const found = await entriesOf(service, file, filter);
        assert.deepEqual(
          found.map(({ key }) => Number(key)),
          ids,
          filter,
        );
        tried++;
      }
      assert.ok(tried > 0 || expected(name).count === 0);
    });

    const lines = path.join(FIXTURES, `${name}.export.jsonl`);
    it(`${name}.export.jsonl has the same entries`, async () => {
      assert.deepEqual(await countsOf(lines), countsIn(expected(name)));
      const { service } = reading();
      const file = path.join(FIXTURES, `${name}.db`);
      const [fromLines, fromRows] = [await entriesOf(service, lines), await entriesOf(service, file)];
      const without = (rows: typeof fromRows): unknown => rows.map((row) => ({ ...row, key: '' }));
      assert.deepEqual(without(fromLines), without(fromRows));
      assert.deepEqual(
        fromLines.map(({ key }) => key),
        fromLines.map((_, i) => String(i + 1)),
        'an entry of a file is known by its line',
      );
      const texts = fs.readFileSync(lines, 'utf8').split('\n');
      for (const [i, { key }] of fromLines.entries()) assert.equal(await service.text(lines, key, 'json'), texts[i]);
    });
  }

  it('that the newest reference cannot open is read: 14 columns, no agents', async () => {
    const file = copyOfFixture(folder(), 'fourteen-columns');
    const before = tracesOf(path.dirname(file));
    const { service } = reading();
    const { entries, warnings } = await service.open(file);
    assert.deepEqual([entries, warnings], [14, []]);
    const { fields } = await service.detail(file, '14');
    const absent = fields.filter(({ value }) => value.kind === 'absent').map(({ name }) => name);
    assert.deepEqual(absent, ['agent_id', 'parent_agent_id', 'chain_id', 'chain_depth']);
    assert.equal((await entriesOf(service, file, 'agent:none depth:none parent:none chain:none')).length, 14);
    assert.deepEqual(tracesOf(path.dirname(file)), before);
  });

  it('lacks what its schema lacks, and says so: 12 columns', async () => {
    const { service } = reading();
    const { fields } = await service.detail(path.join(FIXTURES, 'old-schema.db'), '1');
    const absent = fields.filter(({ value }) => value.kind === 'absent').map(({ name }) => name);
    assert.deepEqual(absent, [
      'human_decision',
      'result_error',
      'agent_id',
      'parent_agent_id',
      'chain_id',
      'chain_depth',
    ]);
  });

  it('of the logging back end is the same in its records as in its export', async () => {
    const { service } = reading();
    const [records, exported] = ['records', 'export'].map((name) => path.join(FIXTURES, `logging.${name}.jsonl`));
    for (const file of [records, exported]) {
      const { kind, entries, warnings, deleted } = await service.open(file);
      assert.deepEqual([kind, entries, warnings, deleted], ['lines', 24, [], 0]);
    }
    assert.deepEqual(await entriesOf(service, records), await entriesOf(service, exported));
    assert.deepEqual(await sessionsOf(service, records), await sessionsOf(service, exported));
    const lines = fs.readFileSync(exported, 'utf8').split('\n').slice(0, -1);
    for (const [i, line] of lines.entries()) {
      const names = Object.keys(JSON.parse(line) as object);
      const [fromRecord, fromExport] = [
        await service.detail(records, `${i + 1}`),
        await service.detail(exported, `${i + 1}`),
      ];
      const stated = (detail: typeof fromRecord): unknown => detail.fields.filter(({ name }) => names.includes(name));
      assert.equal((stated(fromRecord) as unknown[]).length, names.length);
      assert.deepEqual(stated(fromRecord), stated(fromExport));
      assert.deepEqual(fromRecord.trees, fromExport.trees);
      assert.deepEqual(
        fromRecord.trees.map(({ name }) => name),
        ['action_params'],
      );
      // What the logger says beside the entry is there, too.
      assert.ok(fromRecord.fields.some(({ name }) => name === 'levelname'));
    }
  });
});
