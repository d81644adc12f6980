// What it takes to see the sessions of a large audit database, and to scroll and filter its entries: the thread that reads logs, in
// plain Node, against native SQLite.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readSync, closeSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { benchFolder, benchScript, projectRoot } from './files.mjs';
import { counted, megabytes, milliseconds, ratios, spread } from './stats.mjs';

const dist = (/** @type {string} */ name) => path.join(projectRoot, 'dist', name);

/** What somebody might look for: by one column, by several, by time, by a part of a text. */
const FILTERS = [
  'risk:>=high',
  'status:blocked type:action_1*',
  'time:2026-01-01T10:00..2026-01-01T20:00',
  'target:module77 -agent:agent-2',
];
const PAGE = 200;
const PAGES = 50;
const BINS = 200;
/** Sessions that the view lists at once. */
const LISTED = 1000;

/**
 * @param {number} rows
 * @returns {string} a file with that database
 */
export function auditDatabase(rows) {
  const file = path.join(benchFolder, `audit-${rows}.db`);
  if (existsSync(file)) return file;
  console.error(`Writing a database of ${rows.toLocaleString('en-US')} rows, once…`);
  mkdirSync(benchFolder, { recursive: true });
  execFileSync('python3', [benchScript('auditDatabase.py'), 'write', `${file}.part`, String(rows)]);
  renameSync(`${file}.part`, file);
  return file;
}

/**
 * @param {{ entries: number, rounds: number }} options
 * @returns {Promise<import('./stats.mjs').Row[]>}
 */
export async function measureSessions({ entries, rounds }) {
  const file = auditDatabase(entries);
  /** @type {Record<'newest' | 'all' | 'native' | 'reading' | 'pages' | 'filters' | 'memory', number[]>} */
  const times = { newest: [], all: [], native: [], reading: [], pages: [], filters: [], memory: [] };
  for (let round = 0; round <= rounds; round++) {
    const native = Number(
      execFileSync('python3', [benchScript('auditDatabase.py'), 'sessions', file], { encoding: 'utf8' }),
    );
    const reading = timeOfReading(file);
    const found = await readOnce(file, entries);
    if (round === 0) continue; // Warms the file cache.
    times.native.push(native * 1000);
    times.reading.push(reading);
    times.newest.push(found.newest - reading);
    times.all.push(found.all - reading);
    times.pages.push(...found.pages);
    times.filters.push(...found.filters);
    times.memory.push(found.memory);
  }
  const size = megabytes(statSync(file).size);
  return [
    {
      what: `newest sessions, behind the time that reading the ${size} takes`,
      value: spread(times.newest, milliseconds),
      target: 'under 200 ms',
    },
    {
      what: 'all sessions with their counts, likewise / native SQLite’s GROUP BY',
      value: spread(ratios(times.all, times.native)),
      target: 'at most 2',
    },
    { what: 'the same as time', value: spread(times.all, milliseconds), target: '' },
    { what: `reading the ${size}, for comparison`, value: spread(times.reading, milliseconds), target: '' },
    { what: `a page of ${PAGE} entries, anywhere`, value: spread(times.pages, milliseconds), target: 'under 50 ms' },
    {
      what: `filter of ${counted(entries)} entries, with histogram, to its first page`,
      value: spread(times.filters, milliseconds),
      target: 'under 50 ms',
    },
    { what: 'memory of the process with the database open', value: spread(times.memory, megabytes), target: '' },
  ];
}

/** @param {string} file */
function timeOfReading(file) {
  const started = performance.now();
  const bytes = new Uint8Array(statSync(file).size);
  const descriptor = openSync(file, 'r');
  for (let done = 0; done < bytes.length;) {
    const read = readSync(descriptor, bytes, done, Math.min(8 << 20, bytes.length - done), done);
    if (read === 0) break;
    done += read;
  }
  closeSync(descriptor);
  return performance.now() - started;
}

/**
 * A thread of its own each time, as a window that was just opened has it.
 * @param {string} file
 * @param {number} entries
 */
async function readOnce(file, entries) {
  const started = performance.now();
  let newest = Number.NaN;
  const worker = new Worker(dist('log-worker.js'), {
    workerData: {
      wasm: dist('sql-wasm.wasm'),
      memoryLimit: 2 ** 31,
      atWork: new Int32Array(new SharedArrayBuffer(4)),
    },
  });
  /** @type {Map<number, (answer: any) => void>} */
  const waiting = new Map();
  worker.on('message', (message) => {
    if (message.kind !== 'told') return waiting.get(message.id)?.(message);
    if (message.telling.kind !== 'summary') return;
    // The newest entries are known: the view asks for their sessions.
    void sessions().then(() => {
      if (Number.isNaN(newest)) newest = performance.now() - started;
    });
  });
  let asked = 0;
  const ask = (/** @type {string} */ method, /** @type {unknown[]} */ ...args) =>
    new Promise((resolve, reject) => {
      const id = ++asked;
      waiting.set(id, (message) =>
        message.kind === 'error' ? reject(new Error(message.error.message)) : resolve(message.value),
      );
      worker.postMessage({ id, method, args });
    });
  const sessions = () => ask('sessions', file, { text: '', now: Date.now() }, 'newest', 0, LISTED);
  const view = (/** @type {string} */ text) =>
    ask(
      'view',
      1,
      file,
      {
        scope: undefined,
        filter: { text, now: Date.now() },
        group: 'none',
        closed: [],
        histogram: 'decision',
        bins: BINS,
      },
      1,
    );
  try {
    const summary = await ask('open', file);
    await sessions();
    const all = performance.now() - started;
    if (summary.entries !== entries) throw new Error(`${summary.entries} entries were read.`);
    await view('');
    const pages = [];
    for (let i = 0; i < PAGES; i++) {
      const from = Math.floor((entries / PAGES) * i);
      pages.push(await timed(() => ask('rows', 1, 1, from, from + PAGE)));
    }
    const filters = [];
    for (const text of FILTERS) {
      filters.push(
        await timed(async () => {
          await view(text);
          await ask('rows', 1, 1, 0, PAGE);
        }),
      );
    }
    return { newest, all, pages, filters, memory: process.memoryUsage().rss };
  } finally {
    await worker.terminate();
  }
}

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
