import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';
import { readDatabaseImage } from '../../../src/sqlite/image/databaseImage';
import { ModelWriter, stateOf, type State, type Step } from './support/modelWriter';

/** How many steps of the writer go before the reader's n-th call of the file system. */
type Schedule = ReadonlyMap<number, number>;

interface Scenario {
  readonly name: string;
  readonly start: State;
  readonly isWal?: boolean;
  /** The file system says of all files that they were written long ago, as some across a network do for a while. */
  readonly hasOldTimes?: boolean;
  readonly steps: (writer: ModelWriter) => Step[];
}

const DELETE = { end: 'delete', sync: true } as const;

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'transactions with a journal that is deleted',
    start: [1, 1, 1, 1],
    steps: (writer) => [
      ...writer.withJournal({ to: [2, 2, 3, 3], spilled: 1 }, DELETE),
      ...writer.withJournal({ to: [4, 4, 4] }, DELETE),
    ],
  },
  {
    name: 'transactions on a file system whose times stand still',
    start: [1, 1],
    hasOldTimes: true,
    steps: (writer) => [...writer.withJournal({ to: [2, 2] }, { end: 'delete', sync: false })],
  },
  {
    name: 'a transaction that is rolled back behind one that is committed',
    start: [1, 1, 1, 1],
    steps: (writer) => [
      ...writer.withJournal({ to: [2, 2, 1, 2], spilled: 1 }, DELETE),
      ...writer.withJournal({ to: [9, 9, 9, 9, 9], spilled: 2, rollback: true }, DELETE),
    ],
  },
  {
    name: 'a journal that is kept, and never synced',
    start: [1, 1, 1, 1],
    steps: (writer) => [
      ...writer.withJournal({ to: [2, 2, 2, 2], spilled: 1 }, { end: 'persist', sync: false }),
      ...writer.withJournal({ to: [3, 2, 3, 2, 3] }, { end: 'persist', sync: false }),
      ...writer.withJournal({ to: [4, 2, 4, 2] }, { end: 'truncate', sync: false }),
    ],
  },
  {
    name: 'a journal that is kept, and synced',
    start: [1, 1, 1, 1],
    steps: (writer) => [
      ...writer.withJournal({ to: [2, 2, 2, 2], spilled: 1 }, { end: 'persist', sync: true }),
      ...writer.withJournal({ to: [3, 2, 3, 2] }, { end: 'persist', sync: true }),
    ],
  },
  {
    name: 'a transaction over several databases',
    start: [1, 1, 1, 1],
    steps: (writer) => [
      ...writer.withJournal({ to: [2, 2, 1, 2], spilled: 1 }, { ...DELETE, superJournal: true }),
      ...writer.withJournal({ to: [3, 3, 3, 2] }, { ...DELETE, superJournal: true }),
    ],
  },
  {
    name: 'a write-ahead log that begins anew',
    start: [1, 1, 1, 1],
    isWal: true,
    steps: (writer) => [
      ...writer.withLog(
        [{ to: [2, 2, 1, 2] }, { to: [9, 9, 9, 9], rollback: true }, { to: [3, 2, 3, 2, 3] }],
        'restart',
      ),
      ...writer.withLog([{ to: [4, 4, 3, 4] }], 'restart'),
      ...writer.withLog([{ to: [5, 5, 5, 5] }], 'restart'),
    ],
  },
  {
    name: 'a write-ahead log that comes and goes',
    start: [1, 1, 1, 1],
    isWal: true,
    steps: (writer) => [
      ...writer.withLog([{ to: [2, 2, 1, 2] }], 'delete'),
      ...writer.withLog([{ to: [3, 2, 3, 3, 3] }, { to: [4, 4, 4] }], 'truncate'),
      ...writer.withLog([{ to: [5, 5, 5] }], 'delete'),
    ],
  },
];

const NOW = Date.UTC(2026, 2, 29, 10, 30, 2, 114);

const CALLS = ['openSync', 'readSync', 'fstatSync', 'statSync', 'existsSync'] as const;

describe('A database that is read while it is written, whatever the order of their steps', () => {
  const original = createRequire(__filename)('node:fs') as Record<string, (...args: unknown[]) => unknown>;
  const kept = CALLS.map((name) => [name, original[name]] as const);
  const now = Date.now;
  let folder: string;
  /** Called before each call of the file system that the reader makes. */
  let beforeCall: () => void = () => undefined;
  let isWriting = false;
  /** The time of all that is written, in milliseconds: as when everything happens between two ticks of the file system's clock. */
  let tick = 0;

  before(() => {
    folder = fs.mkdtempSync(path.join(fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'aegis-image-'));
    Date.now = () => NOW;
    for (const [name, call] of kept) {
      original[name] = (...args: unknown[]) => {
        if (!isWriting) beforeCall();
        // A reader gets one page at a time.
        if (!isWriting && name === 'readSync') args[3] = Math.min(args[3] as number, 512);
        const result = call(...args);
        if (typeof result === 'object' && result !== null && 'mtimeNs' in result) {
          const [time, nanoseconds] = [BigInt(tick), BigInt(tick) * 1_000_000n];
          return Object.assign(result, { mtimeMs: time, ctimeMs: time, mtimeNs: nanoseconds, ctimeNs: nanoseconds });
        }
        return result;
      };
    }
  });

  after(() => {
    Date.now = now;
    for (const [name, call] of kept) original[name] = call;
    fs.rmSync(folder, { recursive: true, force: true });
  });

  /** Reads under a schedule; returns how many calls that took. */
  async function run(
    { start, isWal = false, hasOldTimes = false, steps }: Scenario,
    early: number,
    schedule: Schedule,
  ): Promise<{ calls: number; steps: number }> {
    const file = path.join(folder, 'audit.db');
    for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name));
    isWriting = true;
    const writer = new ModelWriter(file, start, isWal);
    const all = steps(writer);
    let done = 0;
    const go = (count: number): void => {
      isWriting = true;
      for (; count > 0 && done < all.length; count--) all[done++]();
      isWriting = false;
    };
    go(early);
    const first = writer.committed.length - 1;
    let calls = 0;
    tick = hasOldTimes ? NOW - 86_400_000 : NOW;
    beforeCall = () => go(schedule.get(calls++) ?? 0);
    const image = await readDatabaseImage(file).catch((error: unknown) => error as Error);
    beforeCall = () => undefined;
    const read = image instanceof Error ? image.message : String(stateOf(image.bytes));
    const possible = writer.committed.slice(first).map(String);
    assert.ok(
      possible.includes(read),
      `${early} steps before, then ${[...schedule].map(([at, count]) => `${count} at call ${at}`).join(', ')}: ` +
        `read ${read}, committed meanwhile were ${possible.join(' and ')}`,
    );
    return { calls, steps: all.length };
  }

  for (const scenario of SCENARIOS) {
    it(scenario.name, async () => {
      const { calls, steps } = await run(scenario, 0, new Map());
      assert.ok(calls > 10, 'the reader is not watched');
      for (let early = 0; early <= steps; early++) {
        // One step before each call of the reader, and at last none.
        for (let call = 0; call <= (await run(scenario, early, new Map([[call, 1]]))).calls; call++);
      }
      // Some steps, and later the rest of them.
      for (let some = 1; scenario.hasOldTimes === true && some < steps; some++) {
        for (let call = 0; call < calls; call++) {
          for (let later = call + 1; later <= calls; later++) {
            const schedule = new Map([
              [call, some],
              [later, steps],
            ]);
            await run(scenario, 0, schedule);
          }
        }
      }
      const dice = generator(7);
      for (let left = 150; left > 0; left--) {
        const schedule = new Map<number, number>();
        for (let bursts = 2 + dice(2); bursts > 0; bursts--) {
          schedule.set(dice(calls + 4), 1 + dice(dice(2) === 0 ? 3 : steps));
        }
        await run(scenario, dice(steps), schedule);
      }
    }).timeout(120_000);
  }
});

/** Whole numbers below a bound, the same each time. */
function generator(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}
