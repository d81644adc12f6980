// What it costs a program that its tool calls are recorded: time and memory of a loop of calls with `--import aegis-audit-trail/auto` over the
// same loop without it, and of the start. The tool itself does next to nothing, so this is the most that it can cost.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureHost, newestHost } from '../scripts/vscode/host.mjs';
import { projectRoot } from '../scripts/vscode/paths.mjs';
import { benchFolder, benchScript } from './files.mjs';
import { spread } from './stats.mjs';

const CALLS = 1000;
const WAYS = /** @type {const} */ (['langchain', 'mcp']);
const NAMES = { langchain: 'a tool of LangChain.js', mcp: 'a Model Context Protocol client' };

/** @typedef {{ milliseconds: number, grown: number, heap: number, peak: number }} Measured */

/**
 * @param {{ rounds: number }} options
 * @returns {Promise<{ rows: import('./stats.mjs').Row[], node: string, entries: number }>}
 */
export async function measureInstrumentation({ rounds }) {
  const node =
    process.getBuiltinModule?.('node:sqlite') === undefined ? (await ensureHost(newestHost)).node : process.execPath;
  /** @type {import('./stats.mjs').Row[]} */
  const rows = [];
  for (const way of WAYS) {
    /** @type {Record<'plain' | 'recorded', Measured[]>} */
    const measured = { plain: [], recorded: [] };
    for (let round = 0; round <= rounds; round++)
      for (const kind of /** @type {const} */ (['plain', 'recorded'])) {
        const one = run(node, kind === 'recorded', [benchScript('instrumentedLoop.mjs'), way, String(CALLS)]);
        if (round > 0) measured[kind].push(JSON.parse(one));
      }
    const each = (/** @type {'plain' | 'recorded'} */ kind, /** @type {keyof Measured} */ what) =>
      measured[kind].map((one) => one[what]);
    const more = (/** @type {keyof Measured} */ what) =>
      each('recorded', what).map((value, i) => value - (each('plain', what)[i] ?? 0));
    const perCall = (/** @type {number} */ ms) => `${(ms / CALLS).toFixed(2)} ms`;
    const megabytes = (/** @type {number} */ bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
    const name = NAMES[way];
    rows.push(
      { what: `a call of ${name}, plain`, value: spread(each('plain', 'milliseconds'), perCall), target: '' },
      { what: 'what is added where it is recorded', value: spread(more('milliseconds'), perCall), target: '' },
      { what: 'memory that is added, of live objects at the end', value: spread(more('heap'), megabytes), target: '' },
      {
        what: `of that, grown in ${CALLS} calls`,
        value: spread(more('grown'), megabytes),
        target: '',
      },
      { what: 'memory that is added at the peak, of the process', value: spread(more('peak'), megabytes), target: '' },
    );
  }
  /** @type {Record<'plain' | 'recorded', number[]>} */
  const starts = { plain: [], recorded: [] };
  for (let round = 0; round <= rounds; round++)
    for (const kind of /** @type {const} */ (['plain', 'recorded'])) {
      const begin = performance.now();
      run(node, kind === 'recorded', ['-e', '0']);
      if (round > 0) starts[kind].push(performance.now() - begin);
    }
  const milliseconds = (/** @type {number} */ ms) => `${Math.round(ms)} ms`;
  rows.push(
    { what: 'an empty program', value: spread(starts.plain, milliseconds), target: '' },
    { what: 'the same with --import', value: spread(starts.recorded, milliseconds), target: '' },
  );
  return {
    rows,
    entries: CALLS,
    node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
  };
}

/**
 * @param {string} node
 * @param {boolean} isRecorded
 * @param {readonly string[]} program
 * @returns {string}
 */
function run(node, isRecorded, program) {
  mkdirSync(benchFolder, { recursive: true });
  const folder = mkdtempSync(path.join(benchFolder, 'instrument-'));
  try {
    const how = isRecorded ? ['--import', 'aegis-audit-trail/auto'] : [];
    return execFileSync(node, ['--no-warnings', '--expose-gc', ...how, ...program], {
      cwd: projectRoot,
      encoding: 'utf8',
      env: { ...process.env, AEGIS_DIRECTORY: path.join(folder, 'trail'), AEGIS_QUIET: '1' },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
