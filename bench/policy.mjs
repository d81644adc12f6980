// What it takes to write a policy: findings after a key, what an unsaved edit would have changed in a recorded history, and how many
// actions a second a policy decides. The threads are those of the editor, in plain Node.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { benchFolder, benchScript, projectRoot } from './files.mjs';
import { auditDatabase } from './sessions.mjs';
import { counted, milliseconds, ratios, spread } from './stats.mjs';

const { evaluator } = createRequire(import.meta.url)('../out/bench/build/evaluator.js');
const dist = (/** @type {string} */ name) => path.join(projectRoot, 'dist', name);

/** The largest history that there is a target for. */
const MOST_ENTRIES = 100_000;
/** Keys that are pressed in one round. */
const KEYS = 8;
/** Edits of a policy in one round. */
const EDITS = 4;
/** Actions that are decided one by one. */
const ACTIONS = 20_000;

/**
 * @param {{ entries: number, rounds: number }} options
 * @returns {Promise<{ rows: import('./stats.mjs').Row[], entries: number }>}
 */
export async function measurePolicies({ entries: most, rounds }) {
  const entries = Math.min(most, MOST_ENTRIES);
  const file = auditDatabase(entries);
  /** @type {Record<'keys' | 'overlapping' | 'first' | 'small' | 'large' | 'blocked' | 'ours' | 'python', number[]>} */
  const times = { keys: [], overlapping: [], first: [], small: [], large: [], blocked: [], ours: [], python: [] };
  const checks = threadOf('policy-worker.js', {});
  try {
    for (let round = 0; round <= rounds; round++) {
      const keys = await timesOfKeys(checks, policyText(rulesForTools(1000)), round);
      const overlapping = await timesOfKeys(checks, policyText(rulesOf(1000)), round);
      const small = await timesOfEdits(file, entries, 50);
      const large = await timesOfEdits(file, entries, 1000);
      const [ours, python] = secondsOfDeciding(50);
      if (round === 0) continue; // Warms the file cache, and the thread that stays.
      times.keys.push(...keys);
      times.overlapping.push(...overlapping);
      times.first.push(small.first);
      times.small.push(...small.edits);
      times.large.push(...large.edits);
      times.blocked.push(small.blocked, large.blocked);
      times.ours.push(ours);
      times.python.push(python);
    }
  } finally {
    await checks.worker.terminate();
  }
  const perSecond = (/** @type {number[]} */ seconds) => seconds.map((each) => ACTIONS / each);
  const thousands = (/** @type {number} */ number) => counted(Math.round(number / 1000) * 1000);
  const rows = [
    {
      what: 'findings in a policy of 1,000 rules after a key, asked of the thread that checks policies',
      value: spread(times.keys, milliseconds),
      target: 'under 100 ms',
    },
    {
      what: 'the same where the rules overlap so much that looking for what covers them ends at its limit',
      value: spread(times.overlapping, milliseconds),
      target: '',
    },
    {
      what: `impact of an edit of a policy of 50 rules on ${counted(entries)} entries, asked of the thread that reads logs`,
      value: spread(times.small, milliseconds),
      target: 'under 500 ms',
    },
    { what: 'the first time, when parameters are read', value: spread(times.first, milliseconds), target: '' },
    { what: 'the same with 1,000 rules', value: spread(times.large, milliseconds), target: '' },
    {
      what: 'longest time for which whoever asked was blocked meanwhile',
      value: spread(times.blocked, milliseconds),
      target: 'under 50 ms',
    },
    {
      what: 'actions a second that a policy of 50 rules decides, one by one',
      value: spread(perSecond(times.ours), thousands),
      target: '',
    },
    {
      what: 'the same / a plain Python loop over fnmatch, written for this: not the reference, which does at least as much for each',
      value: spread(ratios(times.python, times.ours)),
      target: '',
    },
    { what: 'what that loop does a second', value: spread(perSecond(times.python), thousands), target: '' },
  ];
  return { rows, entries };
}

/**
 * Each key makes another text, in the middle of it: a pattern grows.
 * @param {Thread} thread
 * @param {string} text
 * @param {number} round
 */
async function timesOfKeys({ ask }, text, round) {
  const at = text.indexOf('"', text.indexOf('target: "', text.length / 2) + 'target: "'.length);
  const typed = `_typed_${round}`.padEnd(KEYS, 'x');
  const times = [];
  for (let key = 1; key <= KEYS; key++) {
    const edited = `${text.slice(0, at)}${typed.slice(0, key)}${text.slice(at)}`;
    times.push(await timed(() => ask('findings', edited)));
  }
  return times;
}

/**
 * A thread of its own each time, as a window has it that was just opened.
 * @param {string} file
 * @param {number} entries
 * @param {number} count of rules
 */
async function timesOfEdits(file, entries, count) {
  const { worker, ask } = threadOf('log-worker.js', { wasm: dist('sql-wasm.wasm'), memoryLimit: 2 ** 31 });
  try {
    await ask('open', file);
    const before = policyText(rulesOf(count));
    const blocked = monitorEventLoopDelay({ resolution: 1 });
    const times = [];
    for (let edit = 0; edit <= EDITS; edit++) {
      // A pattern that nobody had before, and an approval.
      const rules = rulesOf(count).map((rule, i) =>
        i === 4 ? { ...rule, match: { ...rule.match, target: `src/module${edit}*` }, approval: 'block' } : rule,
      );
      const after = policyText(rules);
      blocked.enable();
      times.push(
        await timed(async () => {
          const answer = await ask('impact', 1, file, { before, after }, edit);
          if (answer.kind !== 'figures' || answer.figures.done !== entries) throw new Error(JSON.stringify(answer));
          if (answer.figures.changes.unchanged === entries) throw new Error('The edit changed nothing.');
        }),
      );
      blocked.disable();
    }
    const [first, ...edits] = times;
    return { first, edits, blocked: blocked.max / 1e6 };
  } finally {
    await worker.terminate();
  }
}

/**
 * The same actions are decided by us and by a loop in Python, which must come to the same.
 * @param {number} count of rules
 * @returns {[number, number]} seconds
 */
function secondsOfDeciding(count) {
  const folder = mkdtempSync(path.join(benchFolder, 'policy-'));
  try {
    const rules = rulesOf(count);
    const [policy, actions] = [path.join(folder, 'policy.json'), path.join(folder, 'actions.jsonl')];
    writeFileSync(policy, JSON.stringify({ rules, defaults: 'approve' }));
    writeFileSync(actions, Array.from({ length: ACTIONS }, (_, i) => `${JSON.stringify(actionOf(i))}\n`).join(''));
    const python = execFileSync('python3', [benchScript('policyPeer.py'), policy, actions], { encoding: 'utf8' });
    const theirs = JSON.parse(python);
    const ours = evaluator(
      policyText(rules),
      Array.from({ length: ACTIONS }, (_, i) => actionOf(i)),
    );
    if (JSON.stringify(ours.decided) !== JSON.stringify(theirs.decided))
      throw new Error(`We decide ${JSON.stringify(ours.decided)}, and Python ${JSON.stringify(theirs.decided)}.`);
    return [ours.seconds, theirs.seconds];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @typedef {{ name: string, match: Record<string, string>, conditions: Record<string, unknown>, approval: string }} Rule */

/**
 * Rules as somebody has them who names each tool that agents have: for reading, for what needs somebody's eye, and for the rest.
 * @param {number} count
 * @returns {Rule[]}
 */
function rulesForTools(count) {
  return Array.from({ length: count }, (_, i) => {
    const tool = `tool${Math.floor(i / 3)}`;
    return [
      { name: `${tool}_reads`, match: { type: `${tool}_read*`, target: '*' }, conditions: {}, approval: 'auto' },
      {
        name: `${tool}_production`,
        match: { type: `${tool}_*`, target: 'prod*' },
        conditions: i % 2 === 0 ? { param_gt: { amount: i } } : { weekdays: [1, 2, 3, 4, 5] },
        approval: 'block',
      },
      { name: `${tool}_rest`, match: { type: `${tool}_*`, target: '*' }, conditions: {}, approval: 'approve' },
    ][i % 3];
  });
}

/**
 * Rules for the actions of the database that is measured on: by type, by target, by agent, by parameter and by time.
 * @param {number} count
 * @returns {Rule[]}
 */
function rulesOf(count) {
  return Array.from({ length: count }, (_, i) => {
    const type = i % 5 === 4 ? 'action_*' : `action_${(i * 7) % 40}`;
    const targets = [`src/module${(i * 37) % 900}/*`, `*/file${i % 20}.ts`, `src/module${i % 90}[0-5]/file?.ts`];
    /** @type {Record<string, string>} */
    const match = { type, target: targets[i % 3] };
    if (i % 4 === 1) match.agent = `agent-${i % 3}`;
    /** @type {Record<string, unknown>} */
    const conditions = {};
    if (i % 4 === 2) conditions.param_gt = { line: (i * 900) % 90_000 };
    if (i % 8 === 3) Object.assign(conditions, { time_after: '08:00', time_before: '18:00' });
    if (i % 16 === 5) conditions.param_matches = { path: 'module[0-9]+5/' };
    return {
      name: `rule_${i}`,
      match,
      conditions,
      approval: ['auto', 'approve', 'block'][i % 3],
    };
  });
}

/** @param {readonly Rule[]} rules */
function policyText(rules) {
  const lines = ['version: "1"', 'defaults:', '  risk_level: medium', '  approval: approve', 'rules:'];
  for (const { name, match, conditions, approval } of rules) {
    lines.push(`  - name: ${name}`, '    match:');
    for (const [part, pattern] of Object.entries(match)) lines.push(`      ${part}: "${pattern}"`);
    if (Object.keys(conditions).length > 0) lines.push(`    conditions: ${JSON.stringify(conditions)}`);
    lines.push(`    approval: ${approval}`);
  }
  return `${lines.join('\n')}\n`;
}

/**
 * The i-th action, all different.
 * @param {number} i
 */
function actionOf(i) {
  const [type, module, file] = [(i * 13) % 40, (i * 7919) % 900, (i * 31) % 20];
  return {
    type: `action_${type}`,
    target: `src/module${module}/file${file}.ts`,
    agent: `agent-${i % 3}`,
    params: { path: `src/module${(i * 17) % 900}/file.ts`, line: (i * 11) % 100_000 },
    at: new Date(Date.UTC(2026, 0, 1) + i * 137_000).toISOString().replace('Z', '+00:00'),
  };
}

/** @typedef {{ worker: Worker, ask: (method: string, ...args: unknown[]) => Promise<any> }} Thread */

/**
 * @param {string} script
 * @param {object} data
 * @returns {Thread}
 */
function threadOf(script, data) {
  const atWork = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(dist(script), { workerData: { ...data, atWork } });
  /** @type {Map<number, (answer: any) => void>} */
  const waiting = new Map();
  worker.on('message', (message) => waiting.get(message.id)?.(message));
  let asked = 0;
  const ask = (/** @type {string} */ method, /** @type {unknown[]} */ ...args) =>
    new Promise((resolve, reject) => {
      const id = ++asked;
      waiting.set(id, (message) =>
        message.kind === 'error' ? reject(new Error(message.error.message)) : resolve(message.value),
      );
      worker.postMessage({ id, method, args });
    });
  return { worker, ask };
}

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
