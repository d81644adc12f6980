// How many actions a second are recorded, durable on the disk: chain, database, JSON lines and log, against a Python loop that writes
// rows alone, one commit each. Both take turns on the same disk.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureHost, newestHost } from '../scripts/vscode/host.mjs';
import { benchFolder, benchScript } from './files.mjs';
import { counted, ratios, spread } from './stats.mjs';

/** Actions in one round: a disk that syncs in 3 ms takes a second for a few hundred. */
const ACTIONS = { one: 500, plan: 500, batch: 5000, python: 500 };

/**
 * @param {{ rounds: number }} options
 * @returns {Promise<{ rows: import('./stats.mjs').Row[], node: string, entries: number }>}
 */
export async function measureRecording({ rounds }) {
  const node =
    process.getBuiltinModule?.('node:sqlite') === undefined ? (await ensureHost(newestHost)).node : process.execPath;
  /** @type {Record<keyof typeof ACTIONS, number[]>} */
  const perSecond = { one: [], plan: [], batch: [], python: [] };
  for (let round = 0; round <= rounds; round++)
    for (const way of /** @type {const} */ (['python', 'one', 'plan', 'batch'])) {
      const rate = ACTIONS[way] / secondsOf(way, node);
      if (round > 0) perSecond[way].push(rate);
    }
  const rate = (/** @type {number} */ number) => counted(Math.round(number));
  const against = (/** @type {keyof typeof ACTIONS} */ way) => spread(ratios(perSecond[way], perSecond.python));
  return {
    entries: ACTIONS.python,
    node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
    rows: [
      {
        what: 'actions a second: a Python loop, rows alone, one commit a row',
        value: spread(perSecond.python, rate),
        target: '',
      },
      {
        what: 'actions a second: ours, an attempt and an outcome each, one after the other',
        value: spread(perSecond.one, rate),
        target: '',
      },
      { what: 'the same / the Python loop', value: against('one'), target: '' },
      {
        what: 'ours as a plan runs, an outcome with the next attempt / the Python loop',
        value: against('plan'),
        target: 'at least 1',
      },
      { what: 'ours in batches of 100 / the Python loop', value: against('batch'), target: 'at least 10' },
      { what: 'actions a second: ours in batches of 100', value: spread(perSecond.batch, rate), target: '' },
    ],
  };
}

/**
 * @param {keyof typeof ACTIONS} way
 * @param {string} node
 * @returns {number}
 */
function secondsOf(way, node) {
  // Below the project, for what is kept in memory is no disk.
  mkdirSync(benchFolder, { recursive: true });
  const folder = mkdtempSync(path.join(benchFolder, 'record-'));
  try {
    const said =
      way === 'python'
        ? execFileSync('python3', [benchScript('recordPeer.py'), folder, String(ACTIONS.python)], { encoding: 'utf8' })
        : execFileSync(node, ['--no-warnings', benchScript('recorder.mjs'), folder, String(ACTIONS[way]), way], {
            encoding: 'utf8',
          });
    return JSON.parse(said).seconds;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
