// `npm run bench`: how fast chains are verified and followed, logs read, policies checked and held against logs, and actions
// recorded, as ratios between
// things that take turns in one run, so that a machine whose speed drifts does not favour one of them.
//   npm run bench                            all of it
//   npm run bench -- --only host             one part: verify, host, sessions, follow, policy, record, hook or instrument (may be given several times)
//   npm run bench -- --entries N --rounds N  a chain of another length; more or fewer rounds
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { projectRoot } from './files.mjs';
import { counted, printTable } from './stats.mjs';

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', multiple: true, default: [] },
  },
});
const options = { entries: Number(values.entries), rounds: Number(values.rounds) };

execFileSync(process.execPath, ['esbuild.js', '--production', '--bench'], { cwd: projectRoot, stdio: 'inherit' });

/** @typedef {import('./stats.mjs').Row[]} Rows */

// Loaded only now: they use what was just built.
/** @type {Record<string, () => Promise<{ rows: Rows, node?: string, entries?: number }>>} */
const parts = {
  verify: async () => ({ rows: (await import('./verify.mjs')).measureVerifying(options) }),
  host: async () => (await import('./host.mjs')).measureHost(options),
  sessions: async () => ({ rows: await (await import('./sessions.mjs')).measureSessions(options) }),
  follow: async () => ({ rows: await (await import('./follow.mjs')).measureFollowing(options) }),
  policy: async () => (await import('./policy.mjs')).measurePolicies(options),
  record: async () => (await import('./record.mjs')).measureRecording(options),
  hook: async () => (await import('./hook.mjs')).measureHook(options),
  instrument: async () => (await import('./instrument.mjs')).measureInstrumentation(options),
};

const wanted = values.only.length > 0 ? values.only : Object.keys(parts);
for (const name of wanted) {
  const part = parts[name];
  if (part === undefined) throw new Error(`There is no part "${name}". Parts: ${Object.keys(parts).join(', ')}.`);
  const { rows, node = process.version, entries = options.entries } = await part();
  printTable(
    `${name}: ${counted(entries)} entries, Node ${node}, ${availableParallelism()} cores, ${options.rounds} rounds`,
    rows,
  );
}
