// How long one call of a hook takes, from its start to its end, against a Node that is started for nothing. An agent waits for it twice for
// each call of a tool. The hook runs as `aegis record on` sets it up: with what Node has compiled of it kept.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureHost, newestHost } from '../scripts/vscode/host.mjs';
import { benchFolder, projectRoot } from './files.mjs';
import { median, milliseconds, spread } from './stats.mjs';

/** Calls of each kind in one round. */
const CALLS = 10;

const POLICY = `rules:
  - {name: deletes, match: {type: Bash, target: "rm *"}, risk_level: high, approval: block}
  - {name: tests, match: {type: Bash, target: "npm *"}, risk_level: low, approval: auto}
`;

/**
 * @param {{ rounds: number }} options
 * @returns {Promise<{ rows: import('./stats.mjs').Row[], node: string, entries: number }>}
 */
export async function measureHook({ rounds }) {
  const node =
    process.getBuiltinModule?.('node:sqlite') === undefined ? (await ensureHost(newestHost)).node : process.execPath;
  const folder = mkdtempSync(path.join(benchFolder, 'hook-'));
  /** @type {Record<'empty' | 'recorded' | 'judged', number[]>} */
  const times = { empty: [], recorded: [], judged: [] };
  let call = 0;
  /** @param {string[]} more */
  const hook = (more) => {
    const payload = {
      session_id: 's1',
      cwd: folder,
      permission_mode: 'default',
      hook_event_name: 'PreToolUse',
      tool_name: 'Bash',
      tool_input: { command: 'npm test' },
      tool_use_id: `call-${call++}`,
    };
    const script = path.join(projectRoot, 'dist', 'hook.js');
    const args = ['--no-warnings', script, '--agent', 'claude', '--dir', path.join(folder, '.aegis'), ...more];
    return timed(node, args, JSON.stringify(payload), path.join(folder, 'cache'));
  };
  try {
    const policy = path.join(folder, 'rules.yaml');
    writeFileSync(policy, POLICY);
    for (let round = 0; round <= rounds; round++)
      for (let i = 0; i < CALLS; i++) {
        const taken = { empty: timed(node, ['-e', '0'], ''), recorded: hook([]), judged: hook(['--policy', policy]) };
        if (round > 0)
          for (const kind of /** @type {const} */ (['empty', 'recorded', 'judged'])) times[kind].push(taken[kind]);
      }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const target = `under ${milliseconds(1.5 * median(times.empty) + 30)} (1.5 times + 30 ms)`;
  return {
    entries: CALLS,
    node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
    rows: [
      { what: 'a Node that is started for nothing', value: spread(times.empty, milliseconds), target: '' },
      { what: 'one call of the hook, recorded', value: spread(times.recorded, milliseconds), target },
      { what: 'the same, judged by a policy', value: spread(times.judged, milliseconds), target: '' },
    ],
  };
}

/**
 * @param {string} node
 * @param {string[]} args
 * @param {string} input
 * @param {string} [cache] where Node keeps what it compiled
 */
function timed(node, args, input, cache = '') {
  const start = performance.now();
  const { status, stderr } = spawnSync(node, args, {
    input,
    encoding: 'utf8',
    env: { ...process.env, NODE_COMPILE_CACHE: cache, CLAUDE_PROJECT_DIR: '' },
  });
  const taken = performance.now() - start;
  if (status !== 0 || stderr !== '') throw new Error(`The hook failed: ${stderr}`);
  return taken;
}
