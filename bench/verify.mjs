// How fast and in how much memory the command line verifies a long chain, against what the same machine can do at best
// (openssl hashing the same bytes) and against a plain Python loop.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { benchScript, chainFile, projectRoot } from './files.mjs';
import { median, megabytes, ratios, spread } from './stats.mjs';

/** @typedef {{ seconds: number, bytes: number, code: number }} Run */

/**
 * @param {{ entries: number, rounds: number }} options
 * @returns {import('./stats.mjs').Row[]}
 */
export function measureVerifying({ entries, rounds }) {
  const chain = chainFile(entries);
  const commands = {
    aegis: [process.execPath, path.join(projectRoot, 'dist', 'cli.js'), 'verify', chain, '--format', 'json'],
    openssl: ['openssl', 'dgst', '-sha256', chain],
    python: ['python3', benchScript('peer.py'), chain],
  };
  /** @type {Record<keyof typeof commands, Run[]>} */
  const runs = { aegis: [], openssl: [], python: [] };
  for (const name of /** @type {const} */ (['aegis', 'openssl'])) measure(commands[name]); // warms the file cache
  for (let round = 1; round <= rounds; round++) {
    for (const name of /** @type {const} */ (['aegis', 'openssl', 'python'])) {
      // Python takes as long as all the others together; fewer rounds tell enough of it.
      if (name === 'python' && round > Math.ceil(rounds / 2)) continue;
      const run = measure(commands[name]);
      runs[name].push(run);
      console.error(`verify, round ${round}: ${name} ${run.seconds.toFixed(2)} s`);
    }
  }
  const seconds = (/** @type {keyof typeof commands} */ name) => runs[name].map((run) => run.seconds);
  const bytes = runs.aegis.map((run) => run.bytes);
  return [
    {
      what: 'wall time of `aegis verify` / `openssl dgst -sha256`',
      value: spread(ratios(seconds('aegis'), seconds('openssl'))),
      target: 'at most 3',
    },
    {
      what: 'wall time of the Python loop / `aegis verify`',
      value: spread(ratios(seconds('python'), seconds('aegis'))),
      target: 'at least 10',
    },
    {
      what: 'peak memory of `aegis verify`',
      value: `${megabytes(median(bytes))} (most ${megabytes(Math.max(...bytes))})`,
      target: 'at most 200 MB',
    },
  ];
}

/**
 * @param {string[]} command
 * @returns {Run}
 */
function measure(command) {
  const result = JSON.parse(execFileSync('python3', [benchScript('measure.py'), ...command], { encoding: 'utf8' }));
  if (result.code !== 0) throw new Error(`${command.join(' ')} ended with exit code ${result.code}`);
  return result;
}
