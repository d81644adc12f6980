import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CLI, runAegis } from '../support/runAegis';
import { temporaryFolder } from '../support/temporaryFolder';
import { AuditDatabase } from '../../../src/sqlite/auditDatabase';
import type { RowFilter } from '../../../src/sqlite/rowFilter';
import { WASM, tracesOf } from '../sqlite/support/imageRows';

const FIXTURES = path.join('test', 'fixtures', 'db');

interface Expected {
  readonly raises?: string;
  readonly filters?: readonly { readonly args: Record<string, string | number>; readonly ids: readonly number[] }[];
}

const NAMES = fs
  .readdirSync(FIXTURES)
  .filter((name) => name.endsWith('.expected.json'))
  .map((name) => name.replace('.expected.json', ''));

function expected(name: string): Expected {
  return JSON.parse(fs.readFileSync(path.join(FIXTURES, `${name}.expected.json`), 'utf8')) as Expected;
}

describe('aegis audit', () => {
  const folder = temporaryFolder();

  /** A copy of a fixture with its companions, in a folder of its own. */
  function copied(name: string): string {
    const place = fs.mkdtempSync(path.join(folder(), `${name}-`));
    for (const part of fs.readdirSync(FIXTURES).filter((each) => each.startsWith(`${name}.db`))) {
      fs.copyFileSync(path.join(FIXTURES, part), path.join(place, part));
    }
    return path.join(place, `${name}.db`);
  }

  for (const name of NAMES) {
    const table = path.join(FIXTURES, `${name}.table.txt`);
    if (!fs.existsSync(table) || ['other', 'zero'].includes(name)) continue;
    it(`prints and exports ${name}.db as the reference does, byte for byte, and touches nothing`, () => {
      const file = copied(name);
      const before = tracesOf(path.dirname(file));
      const output = path.join(folder(), 'out.jsonl');
      assert.equal(runAegis(['audit', '--db', file]).stdout, fs.readFileSync(table, 'utf8'));
      const json = runAegis(['audit', '--db', file, '--format', 'json']);
      assert.equal(json.stdout, fs.readFileSync(path.join(FIXTURES, `${name}.json.txt`), 'utf8'));
      const lines = runAegis(['audit', '--db', file, '--format', 'jsonl', '-o', output]);
      const wanted = fs.readFileSync(path.join(FIXTURES, `${name}.export.jsonl`), 'utf8');
      assert.equal(lines.stdout, `Exported ${wanted.split('\n').length - 1} entries to ${output}\n`);
      assert.equal(fs.readFileSync(output, 'utf8'), wanted);
      assert.deepEqual(tracesOf(path.dirname(file)), before);
    });
  }

  it('filters as the reference does', async () => {
    const names: Record<string, keyof RowFilter> = {
      session_id: 'session',
      action_type: 'actionType',
      risk_level: 'riskLevel',
      result_status: 'resultStatus',
      since: 'since',
      until: 'until',
      limit: 'limit',
    };
    for (const name of NAMES) {
      for (const { args, ids } of expected(name).filters ?? []) {
        const known = Object.keys(args).every((key) => key in names);
        // The two versions of the reference differ in what a limit of 0 is.
        if (!known || args.limit === 0) continue;
        const filter = Object.fromEntries(Object.entries(args).map(([key, value]) => [names[key], value]));
        const database = await AuditDatabase.open(path.join(FIXTURES, `${name}.db`), { wasm: WASM, memoryLimit: 1e9 });
        const found: number[] = [];
        const cursor = database.rows(filter);
        while (cursor.next()) found.push(cursor.integer(0));
        cursor.close();
        database.close();
        assert.deepEqual(found, ids, `${name}: ${JSON.stringify(args)}`);
      }
    }
  });

  it('filters by its flags', () => {
    const run = (...flags: string[]): string => {
      return runAegis(['audit', '--db', path.join(FIXTURES, 'gaps.db'), '--format', 'json', ...flags]).stdout;
    };
    const ids = (text: string): number[] => (JSON.parse(text) as { id: number }[]).map(({ id }) => id);
    assert.deepEqual(ids(run('--risk-level', 'critical', '--session', 'sess-3cdd9b92-long-identifier')), [20]);
    assert.deepEqual(ids(run('--result-status', 'denied', '--limit', '1')), [4]);
    const window = ['--since', '2026-04-25T11:47:56+00:00', '--until', '2026-04-25T12:07:56+00:00'];
    assert.deepEqual(ids(run(...window, '--action-type', 'refund_ticket')), [15, 18, 21]);
    assert.equal(run('--session', 'nobody'), 'No audit entries found.\n');
  });

  it('reads a file that the newest reference cannot open', () => {
    const output = path.join(folder(), 'out.jsonl');
    const { stdout } = runAegis(['audit', '--db', copied('fourteen-columns'), '--format', 'jsonl', '-o', output]);
    assert.equal(stdout, `Exported 14 entries to ${output}\n`);
  });

  it('says in a sentence what is wrong with a database, prints nothing else and ends with 2', () => {
    const sentences: Record<string, RegExp> = {
      corrupt: /damaged.*61 rows could be read before that/,
      'corrupt-overflow': /damaged.*80 rows could be read before that/,
      truncated: /damaged/,
      'not-a-db': /no SQLite database/,
      zero: /empty/,
      other: /no table audit_log/,
    };
    for (const [name, sentence] of Object.entries(sentences)) {
      const file = copied(name);
      const before = tracesOf(path.dirname(file));
      const output = path.join(folder(), `${name}.jsonl`);
      const { code, stdout, stderr } = runAegis(['audit', '--db', file, '--format', 'jsonl', '-o', output]);
      assert.deepEqual([code, stdout, fs.existsSync(output)], [2, '', false], name);
      assert.match(stderr, sentence);
      assert.deepEqual(tracesOf(path.dirname(file)), before);
    }
    const { code, stderr } = runAegis(['audit', '--db', path.join(folder(), 'none.db')]);
    assert.equal(code, 2);
    assert.match(stderr, /Database not found: .*none\.db\. Run your agent/);
  });

  it('never writes an export over the database, by whatever name', () => {
    const file = copied('wal');
    const link = path.join(folder(), 'link');
    fs.symlinkSync(file, link);
    const before = tracesOf(path.dirname(file));
    for (const output of [file, `${file}-wal`, link]) {
      const { code, stderr } = runAegis(['audit', '--db', file, '--format', 'jsonl', '-o', output]);
      assert.equal(code, 2);
      assert.match(stderr, /the database itself/);
    }
    assert.deepEqual(tracesOf(path.dirname(file)), before);
  });

  it('does not write into what SQLite would take for a part of the database', () => {
    const file = copied('small');
    const link = path.join(path.dirname(file), 'link');
    fs.symlinkSync('small.db-journal', link);
    for (const output of [`${file}-journal`, `${file}-shm`, link]) {
      const { code, stderr } = runAegis(['audit', '--db', file, '--format', 'jsonl', '-o', output]);
      assert.equal(code, 2, output);
      assert.match(stderr, /the database itself/);
      assert.ok(!fs.existsSync(output));
    }
  });

  it('without -o takes the usual name where nothing has it, and never writes over what does', () => {
    const file = copied('small');
    const options = { cwd: path.dirname(file) };
    const usual = path.join(options.cwd, 'aegis_audit.jsonl');
    const flags = ['audit', '--db', file, '--format', 'jsonl'];
    const exported = fs.readFileSync(path.join(FIXTURES, 'small.export.jsonl'), 'utf8');
    assert.equal(runAegis(flags, options).code, 0);
    assert.equal(fs.readFileSync(usual, 'utf8'), exported);
    fs.writeFileSync(usual, 'what a recorder wrote');
    const { code, stdout, stderr } = runAegis(flags, options);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /aegis_audit\.jsonl exists already\. Name another file with -o\./);
    assert.equal(fs.readFileSync(usual, 'utf8'), 'what a recorder wrote');
    // Who names it means it.
    assert.equal(runAegis([...flags, '-o', 'aegis_audit.jsonl'], options).code, 0);
    assert.equal(fs.readFileSync(usual, 'utf8'), exported);
  });

  it('leaves what was at the destination, and nothing beside it, where the database is damaged', () => {
    const file = copied('corrupt');
    const output = path.join(fs.mkdtempSync(path.join(folder(), 'out-')), 'out.jsonl');
    fs.writeFileSync(output, 'before');
    assert.equal(runAegis(['audit', '--db', file, '--format', 'jsonl', '-o', output]).code, 2);
    assert.deepEqual(fs.readdirSync(path.dirname(output)), ['out.jsonl']);
    assert.equal(fs.readFileSync(output, 'utf8'), 'before');
    for (const format of ['json', 'table']) {
      assert.equal(runAegis(['audit', '--db', file, '--format', format]).stdout, '');
    }
  });

  it('writes lines to a pipe, too', () => {
    if (process.platform === 'win32') return;
    const command = `'${process.execPath}' '${CLI}' audit --db '${copied('small')}' --format jsonl -o /dev/stdout | cat`;
    const { stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    const exported = fs.readFileSync(path.join(FIXTURES, 'small.export.jsonl'), 'utf8');
    assert.ok(stdout.startsWith(exported), stdout.slice(0, 100));
  });
});
