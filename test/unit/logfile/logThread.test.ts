import assert from 'node:assert/strict';
import * as path from 'node:path';
import type { Telling } from '../../../src/logfile/logService';
import { LogError } from '../../../src/logfile/logSource';
import { LogThread } from '../../../src/logfile/logThread';
import { temporaryFolder } from '../support/temporaryFolder';
import { FIXTURES, TABLE, answered, makeDatabase, viewOf, written } from './support/logs';

const db = (name: string): string => path.join(FIXTURES, `${name}.db`);

/** The thread as it is shipped. */
const DIST = path.join(process.cwd(), 'dist');

describe('The thread that reads logs', () => {
  const folder = temporaryFolder();
  let thread: LogThread;
  const told: Telling[] = [];

  const start = (script = path.join(DIST, 'log-worker.js')): LogThread =>
    new LogThread(
      script,
      () => ({ wasm: path.join(DIST, 'sql-wasm.wasm'), memoryLimit: 1e9 }),
      (telling) => told.push(telling),
    );

  beforeEach(() => {
    told.length = 0;
    thread = start();
  });
  afterEach(() => thread.close());

  it('answers each question with its answer, however many there are at once', async () => {
    const names = ['small', 'gaps', 'current', 'wal', 'utf16'];
    const summaries = await Promise.all(names.map((name) => thread.ask('open', db(name))));
    assert.deepEqual(
      summaries.map(({ entries }) => entries),
      [57, 26, 40, 45, 14],
    );
    const [figures, sessions, detail, text] = await Promise.all([
      thread.ask('view', 1, db('small'), viewOf('risk:high'), 1),
      thread.ask('sessions', db('small'), written()),
      thread.ask('detail', db('gaps'), '13'),
      thread.ask('text', db('small'), '1', 'line'),
    ]);
    assert.equal(answered(figures).matched, 12);
    assert.equal(answered(sessions).sessions.length, 3);
    assert.equal(detail.row.key, '13');
    assert.match(text, /^2026-/);
    assert.equal((await thread.ask('rows', 1, 1, 0, 100)).length, 12);
  });

  it('says what is wrong in the sentence for the person, with a code, and goes on', async () => {
    for (const [file, code, sentence] of [
      [db('other'), 'no-table', /no table audit_log/],
      [db('not-a-db'), 'not-sqlite', /no SQLite database/],
      [db('zero'), 'empty', /empty/],
      [path.join(folder(), 'none.db'), 'missing', /no such file/i],
      [path.join(folder(), 'none.jsonl'), 'missing', /./],
    ] as const) {
      await assert.rejects(thread.ask('open', file), (error) => {
        assert.ok(error instanceof LogError, String(error));
        assert.equal(error.code, code);
        assert.match(error.message, sentence);
        return true;
      });
    }
    await assert.rejects(thread.ask('detail', db('small'), '1000'), { name: 'LogError', code: 'gone' });
    await assert.rejects(thread.ask('rows', 1, 1, 0, 5), { name: 'LogError', code: 'stale' });
    await assert.rejects(thread.ask('detail', db('corrupt'), '62'), { name: 'LogError' });
    assert.equal((await thread.ask('open', db('small'))).entries, 57);
  });

  it('tells the newest entries of a large database before all are read', async () => {
    const file = await makeDatabase(
      path.join(folder(), 'large.db'),
      `${TABLE} WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
       INSERT INTO audit_log (session_id, timestamp, action_type, action_target, action_params, risk_level, approval)
       SELECT 's' || (i / 10000), '2026-03-29T10:30:02+00:00', 't', 'f', printf('%.*c', 300, 'x'), 'LOW', 'auto' FROM n;`,
    );
    const summary = await thread.ask('open', file);
    assert.deepEqual([summary.entries, summary.isPart], [30_000, false]);
    const parts = told.filter((telling) => telling.kind === 'summary');
    assert.equal(parts.length, 1);
    assert.equal(parts[0].file, file);
    assert.equal(parts[0].summary.isPart, true);
    const { entries, sessions } = parts[0].summary;
    assert.ok(entries >= 1000 && entries < 30_000, `${entries} entries`);
    assert.equal(sessions.at(-1)?.id, 's3', 'the newest are among them');
    assert.ok(!sessions.some(({ id }) => id === 's0'), 'and the oldest are not');
  });

  it('that ends leaves no question without an answer, and is started again by the next', async () => {
    const asked = [thread.ask('open', db('small')), thread.ask('open', db('gaps'))];
    thread.close();
    for (const each of asked) await assert.rejects(each, { name: 'LogError', code: 'closed' });
    assert.equal((await thread.ask('open', db('small'))).entries, 57);
  });

  it('that cannot be started is an error of the question, each time', async () => {
    const broken = start(path.join(folder(), 'none.js'));
    for (let i = 0; i < 2; i++) await assert.rejects(broken.ask('open', db('small')));
    broken.close();
  });
});
