// What it costs to follow a chain that is written, in plain Node: against reading all of it, and against its size.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { benchFolder, benchScript, chainFile, projectRoot } from './files.mjs';
import { Continuation } from './entries.mjs';
import { counted, median, milliseconds, ratios, spread } from './stats.mjs';

const { readChainFile, ChainFollower } = createRequire(import.meta.url)('../out/bench/build/follower.js');
const workerScript = path.join(projectRoot, 'dist', 'chain-worker.js');

/** As in the editor: see INTERVAL_MS in src/host/chain/following.ts. */
const INTERVAL_MS = 250;
const PACE = { perSecond: 10_000, batch: 100, seconds: 5 };
const STEP = { entries: 1000, smallChain: 1000, warmUps: 10, perRound: 10 };

/**
 * @param {{ entries: number, rounds: number }} options
 * @returns {Promise<import('./stats.mjs').Row[]>}
 */
export async function measureFollowing({ entries, rounds }) {
  const folder = mkdtempSync(path.join(benchFolder, 'follow-'));
  try {
    const steps = await stepsBySize(folder, entries, rounds);
    const costs = await costOfFollowing(folder, entries, rounds);
    const { perSecond, seconds } = PACE;
    return [
      {
        what: `reading on by ${counted(STEP.entries)} entries: at a chain of ${counted(entries)} / at one of ${counted(STEP.smallChain)}`,
        value: spread(ratios(steps.long, steps.short)),
        target: 'about 1: it does not grow with the file',
      },
      { what: 'the same at the long chain, as time', value: spread(steps.long, milliseconds), target: '' },
      {
        what: `processor time for an entry: followed at ${counted(perSecond)} a second for ${seconds} s / in verifying all`,
        value: spread(ratios(costs.following, costs.verifying)),
        target: '',
      },
      {
        what: `part of one core that following ${counted(perSecond)} entries a second takes`,
        value: spread(
          costs.following.map((second) => second * perSecond),
          (part) => `${(part * 100).toFixed(0)} %`,
        ),
        target: '',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Milliseconds of one step at a short and at a long chain, in turns.
 * @param {string} folder
 * @param {number} entries
 * @param {number} rounds
 */
async function stepsBySize(folder, entries, rounds) {
  const [short, long] = [await follow(folder, STEP.smallChain), await follow(folder, entries)];
  /** @type {{ short: number[], long: number[] }} */
  const steps = { short: [], long: [] };
  try {
    for (let round = -1; round < rounds; round++) {
      /** @type {{ short: number[], long: number[] }} */
      const times = { short: [], long: [] };
      for (let step = 0; step < (round < 0 ? STEP.warmUps : STEP.perRound); step++) {
        times.short.push(await timeOfStep(short));
        times.long.push(await timeOfStep(long));
      }
      if (round < 0) continue;
      steps.short.push(median(times.short));
      steps.long.push(median(times.long));
      console.error(
        `follow, round ${round + 1}: a step takes ${milliseconds(median(times.short))} at a short chain, ${milliseconds(median(times.long))} at a long one`,
      );
    }
  } finally {
    short.follower.dispose();
    long.follower.dispose();
  }
  return steps;
}

/**
 * @param {Awaited<ReturnType<typeof follow>>} followed
 * @returns {Promise<number>}
 */
async function timeOfStep({ follower, file, continuation }) {
  appendFileSync(file, continuation.lines(STEP.entries));
  const started = performance.now();
  const growth = await follower.readOn();
  const time = performance.now() - started;
  if (growth.kind !== 'appended' || growth.entries !== STEP.entries) throw new Error(`A step found: ${growth.kind}.`);
  return time;
}

/**
 * Seconds of processor time for an entry, on all threads together.
 * @param {string} folder
 * @param {number} entries
 * @param {number} rounds
 */
async function costOfFollowing(folder, entries, rounds) {
  const long = chainFile(entries);
  /** @type {{ verifying: number[], following: number[] }} */
  const costs = { verifying: [], following: [] };
  for (let round = 1; round <= rounds; round++) {
    const verifying = processorTime();
    await readChainFile(long, { algorithm: 'auto', workerScript, offThread: true });
    costs.verifying.push(verifying() / entries);
    const added = PACE.perSecond * PACE.seconds;
    costs.following.push((await processorTimeOfFollowing(folder, added)) / added);
    console.error(
      `follow, round ${round}: ${microseconds(costs.following)} for an entry that is followed, ${microseconds(costs.verifying)} in verifying all`,
    );
  }
  return costs;
}

/**
 * @param {string} folder
 * @param {number} added
 * @returns {Promise<number>} seconds
 */
async function processorTimeOfFollowing(folder, added) {
  const { follower, file } = await follow(folder, STEP.smallChain);
  const every = (1000 * PACE.batch) / PACE.perSecond;
  const writer = spawn(
    process.execPath,
    [benchScript('append.mjs'), file, String(added), String(PACE.batch), String(every)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  try {
    await once(createInterface(writer.stdout), 'line');
    const used = processorTime();
    writer.stdin.write('\n');
    for (let verified = 0; verified < added;) {
      await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
      const growth = await follower.readOn();
      if (growth.kind === 'appended') verified += growth.entries;
      else if (growth.kind !== 'unchanged') throw new Error(`Following found: ${growth.kind}.`);
    }
    return used();
  } finally {
    writer.kill();
    follower.dispose();
  }
}

/** @param {readonly number[]} seconds the last of these */
const microseconds = (seconds) => `${((seconds.at(-1) ?? Number.NaN) * 1e6).toFixed(1)} µs`;

/** @returns {() => number} seconds of processor time since, of all threads of this process */
function processorTime() {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
}

/**
 * Verifies a copy of a chain, and follows it from there.
 * @param {string} folder
 * @param {number} entries
 */
async function follow(folder, entries) {
  const file = path.join(folder, `followed-${entries}.jsonl`);
  copyFileSync(chainFile(entries), file);
  const { report, checkpoint } = await readChainFile(file, { algorithm: 'auto', workerScript, offThread: true });
  return {
    file,
    follower: new ChainFollower(file, report, checkpoint, workerScript),
    continuation: new Continuation(file),
  };
}
