// How fast chains are verified and followed inside a real VS Code, against the command line on the same Node, and for how
// long that keeps the extension host from anything else.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runExtensionTests } from '../scripts/vscode/extension-tests.mjs';
import { ensureHost, newestHost } from '../scripts/vscode/host.mjs';
import { benchFolder, benchScript, chainFile, projectRoot } from './files.mjs';
import { auditDatabase } from './sessions.mjs';
import { counted, milliseconds, ratios, spread } from './stats.mjs';

/** @import { Part, Plan, Results, Timed } from './inHost/plan.js' */

const BROKEN = { entries: 70_000, breaks: 1500 };
const SHORT = { entries: 10_000 };
const PACE = { entries: 50_000, batch: 100, everyMs: 10 };

const EDITOR_PATIENCE_MS = 20_000;

/**
 * @param {{ entries: number, rounds: number }} options
 * @returns {Promise<{ rows: import('./stats.mjs').Row[], node: string }>}
 */
export async function measureHost(options) {
  const { inHost, commandLine } = await measurePart('verifying', options);
  const sessions = await measurePart('sessions', options);
  const brokenOpen = await measurePart('brokenOpen', options);
  const brokenClosed = await measurePart('brokenClosed', options);
  const followingLong = await measurePart('followingLong', options);
  const { followed, notFollowed } = await measurePart('followingOpen', options);
  const pace = `${counted((PACE.batch * 1000) / PACE.everyMs)} entries a second`;
  const broken = `a chain of 40 MB with ${counted(BROKEN.breaks)} breaks`;
  return {
    node: execFileSync((await ensureHost(newestHost)).node, ['--version'], { encoding: 'utf8' }).trim(),
    rows: [
      {
        what: 'wall time of Verify Chain in VS Code / `aegis verify`',
        value: spread(ratios(times(inHost), times(commandLine))),
        target: 'at most 1.2',
      },
      block('verifying that chain', inHost),
      block('idle, while the command line verifies it', commandLine, ''),
      block(`reading a database of ${counted(options.entries)} rows and opening its timeline`, sessions),
      block(`verifying ${broken}, open in an editor`, brokenOpen),
      block(`verifying ${broken}, not open`, brokenClosed),
      block(`following the long chain, written at ${pace}`, followingLong),
      block(`following one that is open in an editor, at ${pace}`, followed),
      block('that one open and written, not followed', notFollowed, ''),
      lag('following the long chain: from the last entry to the lens that counts it', followingLong, 'under 1 s'),
      lag('following one that is open in an editor', followed, ''),
      lag(`the editor itself with that one, not followed (at most ${EDITOR_PATIENCE_MS / 1000} s)`, notFollowed, ''),
    ],
  };
}

const times = (/** @type {readonly Timed[]} */ runs) => runs.map(({ time }) => time);

/**
 * @param {string} what
 * @param {readonly Timed[]} runs
 * @param {string} [target]
 * @returns {import('./stats.mjs').Row}
 */
function block(what, runs, target = 'under 50 ms') {
  const [wall, work] = [runs.map(({ block }) => block.wall), runs.map(({ block }) => block.work)];
  return {
    what: `longest block of the extension host: ${what}`,
    value: `${spread(wall, milliseconds)}; work ${spread(work, milliseconds)}`,
    target,
  };
}

/**
 * @param {string} what
 * @param {readonly Timed[]} runs
 * @param {string} target
 * @returns {import('./stats.mjs').Row}
 */
function lag(what, runs, target) {
  return { what: `lag of ${what}`, value: spread(times(runs), milliseconds), target };
}

/**
 * Measures one part in a VS Code of its own.
 * @template {Part} P
 * @param {P} part
 * @param {{ entries: number, rounds: number }} options
 * @returns {Promise<Results[P]>}
 */
async function measurePart(part, { entries, rounds }) {
  const longChain = chainFile(entries);
  const folder = mkdtempSync(path.join(benchFolder, 'host-'));
  try {
    const workspace = path.join(folder, 'workspace');
    mkdirSync(workspace);
    const result = path.join(folder, 'result.json');
    /** @type {Plan} */
    const plan = {
      part,
      rounds,
      longChain,
      brokenChain: chainFile(BROKEN.entries, BROKEN.breaks),
      breaks: BROKEN.breaks,
      shortChain: chainFile(SHORT.entries),
      database: auditDatabase(entries),
      cli: path.join(projectRoot, 'dist', 'cli.js'),
      appendScript: benchScript('append.mjs'),
      pace: PACE,
      editorPatienceMs: EDITOR_PATIENCE_MS,
      result,
    };
    const planFile = path.join(folder, 'plan.json');
    writeFileSync(planFile, JSON.stringify(plan));
    await runExtensionTests({
      version: newestHost,
      extensionPath: projectRoot,
      testsPath: path.join(benchFolder, 'build', 'inHost.js'),
      workspace,
      settings: { 'files.watcherExclude': { '**/unwatched/**': true } },
      env: { AEGIS_BENCH_PLAN: planFile },
      timeout: 60_000 * (5 + rounds * 3),
    });
    return JSON.parse(readFileSync(result, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
