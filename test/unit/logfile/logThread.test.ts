import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Telling } from '../../../src/logfile/logService';
import { LogError } from '../../../src/logfile/logSource';
import { LogThread, type Death } from '../../../src/logfile/logThread';
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
      thread.ask('sessions', db('small'), written(), 'newest', 0, 2),
      thread.ask('detail', db('gaps'), '13'),
      thread.ask('text', db('small'), '1', 'line'),
    ]);
    assert.equal(answered(figures).matched, 12);
    assert.deepEqual([answered(sessions).sessions.length, answered(sessions).total], [2, 3]);
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
    assert.ok(sessions >= 1 && sessions < summary.sessions, `${sessions} sessions`);
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
    // A path like that is refused before anything is started.
    const refused = start('none.js');
    for (let i = 0; i < 2; i++) {
      await assert.rejects(refused.ask('open', db('small')), (error) => {
        assert.ok(error instanceof LogError);
        assert.equal(error.code, 'unstarted');
        assert.match(error.message, /^The logs cannot be read: what reads them could not be started\. ./);
        return true;
      });
    }
    refused.close();
  });

  it('that could not be started once is started by the next question', async () => {
    let isReady = false;
    const late = new LogThread(
      path.join(DIST, 'log-worker.js'),
      () => {
        if (!isReady) throw new Error('Not yet.');
        return { wasm: path.join(DIST, 'sql-wasm.wasm'), memoryLimit: 1e9 };
      },
      () => undefined,
    );
    await assert.rejects(late.ask('open', db('small')), { name: 'LogError', code: 'unstarted' });
    isReady = true;
    assert.equal((await late.ask('open', db('small'))).entries, 57);
    late.close();
  });
});

/** What the thread does on its third reading of a file whose name begins so: it comes to no end, or waits for a while. */
const STUCK = `
const fs = require('node:fs');
const { basename } = require('node:path');
const [openSync, readSync] = [fs.openSync, fs.readSync];
const opened = new Map();
const reads = new Map();
fs.openSync = (file, ...rest) => {
  const descriptor = openSync(file, ...rest);
  opened.set(descriptor, basename(String(file)));
  return descriptor;
};
fs.readSync = (descriptor, ...rest) => {
  const name = opened.get(descriptor) ?? '';
  reads.set(name, (reads.get(name) ?? 0) + 1);
  if (reads.get(name) === READS && name.startsWith('stuck')) for (;;);
  if (name.startsWith('slow')) for (const end = Date.now() + 20; Date.now() < end; );
  return readSync(descriptor, ...rest);
};
`;

describe('The thread that reads logs, where a log keeps it busy without end', () => {
  const folder = temporaryFolder();
  const PATIENCE = { pause: 100, looks: 6 };

  function startedWith(reads: number): { thread: LogThread; deaths: Death[] } {
    const script = path.join(folder(), `worker${reads}.js`);
    const worker = JSON.stringify(path.join(DIST, 'log-worker.js'));
    fs.writeFileSync(script, `${STUCK.replace('READS', String(reads))}\nrequire(${worker});`);
    const deaths: Death[] = [];
    const thread = new LogThread(
      script,
      () => ({ wasm: path.join(DIST, 'sql-wasm.wasm'), memoryLimit: 1e9 }),
      () => undefined,
      (death) => deaths.push(death),
      PATIENCE,
    );
    return { thread, deaths };
  }

  function copy(name: string, as: string): string {
    const file = path.join(folder(), as);
    fs.copyFileSync(db(name), file);
    return file;
  }

  // Between the first readings of a file others have their turn, so that the last question is not what the thread is at.
  for (const reads of [1, 2, 3, 4]) {
    it(`is ended, says which log that was, and reads the others: stuck in reading number ${reads}`, async () => {
      const { thread, deaths } = startedWith(reads);
      const stuck = copy('small', 'stuck.db');
      const others = ['gaps', 'current', 'wal'].map(db);
      const asked = thread.ask('open', stuck);
      const meanwhile = others.map((file) => thread.ask('open', file).catch((error: unknown) => error));
      await assert.rejects(asked, { name: 'LogError', code: 'slow', message: /^Reading it took too long/ });
      assert.deepEqual(
        deaths.map(({ file, error }) => [file, (error as LogError).code]),
        [[stuck, 'slow']],
      );
      for (const answer of await Promise.all(meanwhile)) {
        if (answer instanceof Error) assert.deepEqual([answer.name, (answer as LogError).code], ['LogError', 'ended']);
      }
      const summaries = await Promise.all(others.map((file) => thread.ask('open', file)));
      assert.deepEqual(
        summaries.map(({ entries }) => entries),
        [26, 40, 45],
      );
      thread.close();
    });
  }

  it('is given as long as it takes where it is only slow, and works on', async () => {
    const { thread, deaths } = startedWith(1);
    const lines = fs.readFileSync(path.join(FIXTURES, 'small.export.jsonl'));
    const file = path.join(folder(), 'slow.jsonl');
    // Each step takes longer than a look, and all of them longer than there is patience.
    const copies = Math.ceil((40 << 20) / lines.length);
    fs.writeFileSync(file, Buffer.concat(Array.from({ length: copies }, () => lines)));
    await thread.ask('open', db('small'));
    const begun = performance.now();
    assert.equal((await thread.ask('open', file)).entries, 57 * copies);
    const took = performance.now() - begun;
    assert.ok(took > 2 * PATIENCE.pause * PATIENCE.looks, `or the test shows nothing: it took ${took} ms`);
    assert.deepEqual(deaths, []);
    thread.close();
  });

  it('is not ended while nobody waits for it', async () => {
    const { thread, deaths } = startedWith(1);
    assert.equal((await thread.ask('open', db('small'))).entries, 57);
    await new Promise((resolve) => setTimeout(resolve, 3 * PATIENCE.pause * PATIENCE.looks));
    assert.deepEqual(deaths, []);
    assert.equal(answered(await thread.ask('entries', db('small'), undefined, written(), 0, 5)).rows.length, 5);
    thread.close();
  });
});
