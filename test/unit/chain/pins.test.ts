import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { verifyChainFile } from '../../../src/chainfile/chainFile';
import { appendEntry } from '../../../src/core/chain/append';
import type { EntryContent } from '../../../src/core/chain/entry';
import { ALGORITHMS } from '../../../src/core/chain/hash';
import { judgeGone, type PinState } from '../../../src/core/chain/pins/judgePin';
import { reportOfGone, type ChainReport } from '../../../src/core/chain/report';
import { tailSentence, verdictLine, verdictSentence } from '../../../src/core/chain/verdictText';
import { altered, chainOf, chainOfLength, content, textOf, type Line } from '../support/chains';
import { HASHES, verifyInMemory } from '../support/memoryChain';
import { laterContent, pinOf, PINNED_AT, verifyModified } from '../support/pins';
import { temporaryFolder } from '../support/temporaryFolder';

const CHAIN = chainOfLength(10);
const AT_3 = pinOf(CHAIN.slice(0, 3), { time: '2026-03-29T11:00:00.000Z' });
const AT_6 = pinOf(CHAIN.slice(0, 6), { time: '2026-03-29T11:30:00.000Z' });
const AT_10 = pinOf(CHAIN);
const PINS = [AT_3, AT_6, AT_10];
const BEFORE_PIN = '2026-03-29T11:45:00.000Z';
const AFTER_PIN = '2026-03-30T09:00:00.000Z';

/** The chain, other things recorded in it from one place on: hashed to the end, so that it is a chain. */
function recorded(kept: number, contents: readonly EntryContent[]): Line[] {
  const lines = CHAIN.slice(0, kept);
  for (const each of contents) lines.push(appendEntry(lines.at(-1)?.entry, each, HASHES.sha256));
  return lines;
}

function steps(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

const other = (step: number): EntryContent => content(step, { action_target: 'something else' });

/** What people are told in few words. */
const WORDS: Readonly<Record<PinState, string>> = {
  holds: 'as pinned',
  cut: 'cut off',
  emptied: 'emptied',
  rolled_back: 'rolled back to an older copy',
  continued: 'cut and continued',
  rewritten: 'rewritten',
  shifted: 'out of step with its pin',
  begun_anew: 'begun anew',
  replaced: 'not the one that was pinned',
  gone: 'gone',
};

interface Attack {
  readonly what: string;
  readonly text: string;
  readonly modified?: string;
  readonly state: PinState;
  readonly line: number;
  readonly lastHolding: number | null;
  readonly foundAt?: number;
  /** Sentences that are among those that people are told. */
  readonly says: readonly RegExp[];
  /** It leaves a broken chain behind, so that it shows without a pin too. */
  readonly isBroken?: true;
}

const SINCE_6 = / Up to entry 6 it is as it was pinned on 29 Mar 2026 11:30:00 UTC\.$/;

const ATTACKS: readonly Attack[] = [
  {
    what: 'its end cut off',
    text: textOf(CHAIN.slice(0, 8)),
    state: 'cut',
    line: 8,
    lastHolding: 6,
    says: [/^The end was cut off: .*, and 8 are there now\. An older copy put back leaves the same trace\./, SINCE_6],
  },
  {
    what: 'all but its first entry cut off',
    text: textOf(CHAIN.slice(0, 1)),
    state: 'cut',
    line: 1,
    lastHolding: null,
    says: [/^The end was cut off: .*, and 1 is there now\. An older copy put back leaves the same trace\.$/],
  },
  {
    what: 'all of it taken out',
    text: '',
    state: 'emptied',
    line: 1,
    lastHolding: null,
    says: [/^The file was emptied: .*, and none is left\.$/],
  },
  {
    what: 'all but blank lines taken out',
    text: '\n \n',
    state: 'emptied',
    line: 1,
    lastHolding: null,
    says: [/^The file was emptied: .*, and none is left\.$/],
  },
  {
    what: 'its end cut off and entries recorded in its place until there are more than before',
    text: textOf(
      recorded(
        7,
        steps(7, 5).map((step) => laterContent(step)),
      ),
    ),
    state: 'continued',
    line: 10,
    lastHolding: 6,
    says: [
      /^The end was cut off and other entries written in its place: .* entry 10 is another one that, by its timestamp, was recorded later\./,
      SINCE_6,
    ],
  },
  {
    what: 'its end cut off and fewer entries recorded in its place',
    text: textOf(recorded(7, [laterContent(7)])),
    state: 'continued',
    line: 8,
    lastHolding: 6,
    says: [
      /^The end was cut off and other entries written in its place: .* the last of the 8 entries that are there now, by its timestamp, was recorded later\./,
      SINCE_6,
    ],
  },
  {
    what: 'an early entry changed, the hashes computed anew, and the end cut off',
    text: textOf(recorded(4, [other(4), ...steps(5, 2).map((step) => content(step))])),
    state: 'rewritten',
    line: 7,
    lastHolding: 3,
    says: [
      /^The chain was rewritten: .* 7 entries are there now, and a head that was pinned before is not among them\. Up to entry 3 /,
    ],
  },
  {
    what: 'its first entry changed in place and its end cut off',
    text: textOf([altered(CHAIN[0], { agent_id: 'somebody else' }), ...CHAIN.slice(1, 8)]),
    state: 'cut',
    line: 8,
    lastHolding: 6,
    // That the sixth entry holds says nothing of the first: its own break does.
    says: [/^The end was cut off: .* An older copy put back leaves the same trace\.$/],
    isBroken: true,
  },
  {
    what: 'one entry changed and all hashes from there on computed anew',
    text: textOf(recorded(4, [other(4), ...steps(5, 5).map((step) => content(step))])),
    state: 'rewritten',
    line: 10,
    lastHolding: 3,
    says: [
      /^The chain was rewritten: .* entry 10 is another one now\. Its timestamp is not later /,
      / Up to entry 3 it is as it was pinned on 29 Mar 2026 11:00:00 UTC\.$/,
    ],
  },
  {
    what: 'its last entry changed, its hash computed anew, and the chain gone on with',
    text: textOf(recorded(9, [other(9), laterContent(10)])),
    state: 'rewritten',
    line: 10,
    lastHolding: 6,
    says: [/^The chain was rewritten: .* entry 10 is another one now\. Its timestamp is not later /, SINCE_6],
  },
  {
    what: 'an older copy put back that ends at an older pin',
    text: textOf(CHAIN.slice(0, 6)),
    state: 'rolled_back',
    line: 6,
    lastHolding: 6,
    says: [
      /^An older copy was put back, or the end cut off there: .* ended when it was pinned on 29 Mar 2026 11:30:00 UTC with 6 entries/,
    ],
  },
  {
    what: 'an older copy put back with its time',
    text: textOf(CHAIN.slice(0, 8)),
    modified: BEFORE_PIN,
    state: 'rolled_back',
    line: 8,
    lastHolding: 6,
    says: [
      /^An older copy was put back: .* the file with its 8 entries says that it was last modified before, on 29 Mar 2026 11:45:00 UTC\./,
      SINCE_6,
    ],
  },
  {
    what: 'another chain put in its place',
    text: textOf(chainOfLength(12, { agent_id: 'somebody else' })),
    state: 'replaced',
    line: 1,
    lastHolding: null,
    says: [
      /^This is not the chain that was pinned: .* its first entry was another one\. Another chain was put in its place, or all of it was written anew\.$/,
    ],
  },
  {
    what: 'a new chain recorded in its place afterwards',
    text: textOf(chainOf(steps(0, 12).map((step) => laterContent(step)))),
    state: 'begun_anew',
    line: 1,
    lastHolding: null,
    says: [/^The chain begins anew: .* the first entry of this one was recorded later, by its timestamp\.$/],
  },
  {
    what: 'its first entries deleted',
    text: textOf(CHAIN.slice(2)),
    state: 'shifted',
    line: 8,
    lastHolding: null,
    foundAt: 8,
    says: [/ is out of its place: .* the last of them is entry 8 now\. Entries before it are gone or were put in\.$/],
    isBroken: true,
  },
  {
    what: 'an entry put in before its head',
    text: textOf([...CHAIN.slice(0, 5), ...recorded(5, [other(5)]).slice(-1), ...CHAIN.slice(5)]),
    state: 'shifted',
    line: 11,
    lastHolding: 3,
    foundAt: 11,
    says: [/ is out of its place: .* the last of them is entry 11 now\. Entries before it are gone or were put in\.$/],
    isBroken: true,
  },
  {
    what: 'something that is no chain put in its place',
    text: 'nothing to see\nhere\n',
    state: 'replaced',
    line: 1,
    lastHolding: null,
    says: [/^This is not the chain that was pinned: .* no line of the file is an entry\.$/],
    isBroken: true,
  },
];

function saidOf(report: ChainReport): string {
  return [verdictLine(report), verdictSentence(report), tailSentence(report)].join('\n');
}

describe('A pinned chain', () => {
  const folder = temporaryFolder();

  for (const attack of ATTACKS) {
    it(`that had ${attack.what} is ${WORDS[attack.state]}`, async () => {
      const report = await verifyModified(attack.text, attack.modified ?? AFTER_PIN, { pins: PINS });
      const pin = report.pin!;
      assert.deepEqual([report.valid, pin.state], [false, attack.state]);
      assert.match(tailSentence(report), /\b10 entries were pinned on 29 Mar 2026 12:00:00 UTC\b/);
      for (const sentence of attack.says) assert.match(tailSentence(report), sentence);
      assert.equal(
        tailSentence(report).includes('Up to entry'),
        attack.says.some(({ source }) => source.includes('Up to')),
      );
      assert.equal(pin.pin, AT_10);
      assert.deepEqual(
        [pin.line, pin.lastHolding?.count ?? null, pin.foundAt, pin.entries],
        [attack.line, attack.lastHolding, attack.foundAt ?? null, report.entries],
      );
      assert.equal(report.appended, null);
      assert.notEqual(report.tail, 'as_expected');
      assert.equal(report.explanation.total > 0, attack.isBroken === true);
      assert.ok(verdictLine(report).includes(WORDS[attack.state]), verdictLine(report));
      assert.doesNotMatch(saidOf(report), /intact|\bas pinned\b|\bnot pinned\b/i);
    });

    it(`that had ${attack.what} is told the same of a file, read on another thread`, async () => {
      const file = path.join(folder(), 'chain.jsonl');
      const modified = attack.modified ?? AFTER_PIN;
      fs.writeFileSync(file, attack.text);
      fs.utimesSync(file, new Date(modified), new Date(modified));
      const workerScript = path.resolve('dist/chain-worker.js');
      assert.deepEqual(
        await verifyChainFile(file, { algorithm: 'auto', pins: PINS, workerScript, offThread: true }),
        await verifyModified(attack.text, modified, { pins: PINS }),
      );
    });

    it(`that had ${attack.what} is not called complete by who does not know the pin`, async () => {
      const report = await verifyModified(attack.text, attack.modified ?? AFTER_PIN, {});
      assert.deepEqual([report.pin, report.tail, report.valid], [null, 'unpinned', attack.isBroken !== true]);
      assert.equal(
        tailSentence(report),
        'The tail is not pinned: a chain alone cannot show that entries were cut off its end.',
      );
      if (report.entries > 0) assert.match(verdictLine(report), /, tail not pinned: /);
      assert.doesNotMatch(saidOf(report), /complete|as pinned|as expected|expected head|up to date/i);
    });
  }

  it('of which there is no file any more is gone', () => {
    const report = reportOfGone(judgeGone(PINS));
    assert.deepEqual([report.valid, report.pin?.state, report.pin?.pin], [false, 'gone', AT_10]);
    assert.equal(verdictLine(report), 'Pinned file is gone: 10 entries were pinned.');
    assert.equal(verdictSentence(report), 'Pinned file is gone: 10 entries were pinned.');
    assert.equal(tailSentence(report), 'The file is gone: 10 entries were pinned on 29 Mar 2026 12:00:00 UTC.');
  });

  it('of one entry is told of in the singular', async () => {
    const pins = [pinOf(CHAIN.slice(0, 1))];
    assert.equal(verdictLine(reportOfGone(judgeGone(pins))), 'Pinned file is gone: 1 entry was pinned.');
    const emptied = await verifyInMemory('', { pins });
    assert.equal(verdictLine(emptied), 'Chain emptied since it was pinned: 0 entries now, 1 was pinned.');
    assert.equal(
      tailSentence(emptied),
      'The file was emptied: 1 entry was pinned on 29 Mar 2026 12:00:00 UTC, and none is left.',
    );
  });

  it('that only grew is as pinned, and what came since is told and not called pinned', async () => {
    const grown: [Line[], number, string, RegExp][] = [
      [
        CHAIN,
        0,
        'Chain intact, as pinned: 10 entries verified.',
        /^The chain ends at the head that was pinned on 29 Mar 2026 12:00:00 UTC \(10 entries\)\.$/,
      ],
      [
        recorded(10, [laterContent(10)]),
        1,
        'Chain intact, as pinned, with 1 entry since: 11 entries verified.',
        /^The chain has the head that was pinned on .* and 1 entry after it that no pin holds\.$/,
      ],
      [
        recorded(
          10,
          steps(10, 1200).map((step) => laterContent(step)),
        ),
        1200,
        'Chain intact, as pinned, with 1,200 entries since: 1,210 entries verified.',
        /^The chain has the head that was pinned on .* and 1,200 entries after it that no pin holds\.$/,
      ],
    ];
    for (const [lines, appended, line, sentence] of grown) {
      const report = await verifyInMemory(textOf(lines), { pins: PINS });
      assert.deepEqual(
        [report.valid, report.pin?.state, report.pin?.line, report.appended, report.pin?.entries],
        [true, 'holds', null, appended, lines.length],
      );
      assert.equal(verdictLine(report), line);
      assert.match(tailSentence(report), sentence);
    }
  });

  it('is as pinned however its lines end and wherever blank ones stand, for the entries are what was pinned', async () => {
    for (const text of [textOf(CHAIN).replaceAll('\n', '\r\n'), `\n\n${textOf(CHAIN)}\n`, textOf(CHAIN).trimEnd()])
      assert.equal((await verifyInMemory(text, { pins: PINS })).pin?.state, 'holds');
  });

  it('is told how far back it is as it was: the newest of the older pins that still holds', async () => {
    const holding = async (changed: number): Promise<number | null> => {
      const lines = recorded(changed - 1, [
        other(changed - 1),
        ...steps(changed, 10 - changed).map((step) => content(step)),
      ]);
      const { pin } = await verifyInMemory(textOf(lines), { pins: PINS });
      assert.equal(pin?.state, changed === 1 ? 'replaced' : 'rewritten');
      return pin?.lastHolding?.count ?? null;
    };
    assert.deepEqual(await Promise.all(steps(1, 10).map(holding)), [null, null, null, 3, 3, 3, 6, 6, 6, 6]);
  });

  it('with the content of an entry changed in place still has its pinned head, and is broken', async () => {
    for (const at of steps(0, 9)) {
      const lines = CHAIN.map((line, i) => (i === at ? altered(line, { action_target: 'nothing' }) : line));
      const report = await verifyInMemory(textOf(lines), { pins: PINS });
      assert.deepEqual([report.valid, report.pin?.state, report.appended], [false, 'holds', 0]);
      assert.deepEqual(
        report.explanation.breaks.map(({ kind, line }) => [kind, line]),
        [['modified', at + 1]],
      );
      assert.match(verdictLine(report), /^Chain broken, pinned head in place: 1 break /);
    }
  });

  it('with its last entry changed in place does not have its pinned head, whatever hash the entry states', async () => {
    const lines = [...CHAIN.slice(0, 9), altered(CHAIN[9], { action_target: 'nothing' })];
    const report = await verifyInMemory(textOf(lines), { pins: PINS });
    assert.deepEqual([report.valid, report.pin?.state, report.pin?.line], [false, 'rewritten', 10]);
  });

  it('is told by timestamps only where they can be read and are later, in any offset', async () => {
    const states: [string, PinState][] = [
      ['2026-03-29T12:00:00.000001+00:00', 'continued'],
      ['2026-03-29T12:00:00.000000+00:00', 'rewritten'],
      ['2026-03-29T13:59:59+02:00', 'rewritten'],
      ['2026-03-29T14:00:01+02:00', 'continued'],
      ['2026-03-29T11:30:00-01:00', 'continued'],
      ['2026-03-29T12:00:01', 'continued'],
      ['2026-03-29T12:00:01Z', 'continued'],
      ['yesterday', 'rewritten'],
      ['', 'rewritten'],
      ['9999', 'rewritten'],
    ];
    for (const [timestamp, state] of states) {
      const text = textOf(recorded(9, [content(9, { timestamp })]));
      assert.equal((await verifyInMemory(text, { pins: PINS })).pin?.state, state, timestamp);
    }
  });

  it('with fewer entries than were pinned is an older copy only where the file is older than the pin', async () => {
    for (const [modified, state] of [
      ['2026-03-29T11:59:57.999Z', 'rolled_back'],
      // File systems round times down, by up to two seconds.
      ['2026-03-29T11:59:58.000Z', 'cut'],
      ['2026-03-29T11:59:59.999Z', 'cut'],
      [PINNED_AT, 'cut'],
      [AFTER_PIN, 'cut'],
    ])
      assert.equal((await verifyModified(textOf(CHAIN.slice(0, 8)), modified, { pins: PINS })).pin?.state, state);
    const onStandardInput = await verifyInMemory(textOf(CHAIN.slice(0, 8)), { pins: PINS });
    assert.equal(onStandardInput.pin?.state, 'cut');
  });

  it('may be of SHA3-256', async () => {
    const lines = chainOf(
      steps(0, 5).map((step) => content(step)),
      HASHES.sha3_256,
    );
    const pins = [pinOf(lines.slice(0, 4), { algorithm: 'sha3_256' })];
    assert.equal((await verifyInMemory(textOf(lines), { pins })).pin?.state, 'holds');
    assert.equal((await verifyInMemory(textOf(lines.slice(0, 3)), { pins })).pin?.state, 'cut');
    const rehashed = chainOf(steps(0, 5).map((step) => content(step)));
    assert.equal((await verifyInMemory(textOf(rehashed), { pins })).pin?.state, 'replaced');
  });
});

type Change = { readonly at: number } & (
  | { readonly do: 'edit' | 'delete' | 'swap' | 'cut' }
  | { readonly do: 'insert' | 'rewrite'; readonly contents: readonly EntryContent[] }
);

const anyNew = fc
  .record({ step: fc.nat({ max: 3000 }), isLater: fc.boolean() })
  .map(({ step, isLater }) => (isLater ? laterContent(step, { agent_id: 'new' }) : content(step, { agent_id: 'new' })));

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ do: fc.constantFrom('edit' as const, 'delete' as const, 'swap' as const, 'cut' as const), at: fc.nat() }),
  fc.record({
    do: fc.constantFrom('insert' as const, 'rewrite' as const),
    at: fc.nat(),
    contents: fc.array(anyNew, { minLength: 1, maxLength: 12 }),
  }),
);

/** Contents of which those up to the pinned one are not what they were. */
function changed(contents: readonly EntryContent[], pinned: number, change: Change): EntryContent[] {
  const at = change.at % pinned;
  const result = [...contents];
  switch (change.do) {
    case 'edit':
      return result.with(at, { ...result[at], decision: 'block' });
    case 'delete':
      return result.toSpliced(at, 1);
    case 'swap': {
      const to = (at + 1) % contents.length;
      return contents.length === 1 ? [] : result.with(at, contents[to]).with(to, contents[at]);
    }
    case 'cut':
      return result.slice(0, at);
    case 'insert':
      return result.toSpliced(at, 0, ...change.contents);
    case 'rewrite':
      return [...result.slice(0, at), ...change.contents];
  }
}

describe('Any chain that was pinned anywhere', () => {
  const anyPinned = fc.record({
    length: fc.integer({ min: 1, max: 8 }),
    position: fc.nat(),
    algorithm: fc.constantFrom(...ALGORITHMS),
  });

  it('never holds once what was pinned is another chain, though all its hashes fit', async () => {
    const seen = new Map<PinState, number>();
    await fc.assert(
      fc.asyncProperty(anyPinned, change, async ({ length, position, algorithm }, change) => {
        const contents = steps(0, length).map((step) => content(step));
        const hash = HASHES[algorithm];
        const pinned = 1 + (position % length);
        const pins = [pinOf(chainOf(contents, hash).slice(0, pinned), { algorithm })];
        const text = textOf(chainOf(changed(contents, pinned, change), hash));
        const report = await verifyInMemory(text, { pins });
        assert.equal(report.explanation.total, 0);
        assert.notEqual(report.pin?.state, 'holds');
        assert.equal(report.valid, false);
        assert.equal(report.appended, null);
        seen.set(report.pin!.state, (seen.get(report.pin!.state) ?? 0) + 1);
      }),
      { numRuns: 2000 },
    );
    assert.deepEqual([...seen.keys()].sort(), ['begun_anew', 'continued', 'cut', 'emptied', 'replaced', 'rewritten']);
  });

  it('holds after entries were appended, however many', async () => {
    await fc.assert(
      fc.asyncProperty(anyPinned, fc.array(anyNew, { maxLength: 12 }), async (pinned, contents) => {
        const hash = HASHES[pinned.algorithm];
        const before = steps(0, pinned.length).map((step) => content(step));
        const lines = chainOf([...before, ...contents], hash);
        const count = 1 + (pinned.position % pinned.length);
        const pins = [pinOf(lines.slice(0, count), { algorithm: pinned.algorithm })];
        const report = await verifyInMemory(textOf(lines), { pins });
        assert.deepEqual([report.valid, report.pin?.state, report.appended], [true, 'holds', lines.length - count]);
      }),
      { numRuns: 1000 },
    );
  });
});
