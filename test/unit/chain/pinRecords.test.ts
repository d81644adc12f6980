import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ALGORITHMS } from '../../../src/core/chain/hash';
import { makePin } from '../../../src/core/chain/pins/makePin';
import { parsePins, pinLine, pinsInForce, type Pin, type PinRecord } from '../../../src/core/chain/pins/pin';
import { altered, chainOf, chainOfLength, content, textOf } from '../support/chains';
import { HASHES, verifyInMemory } from '../support/memoryChain';
import { pinOf } from '../support/pins';

const HOSTILE_PATHS = [
  '/evidence/two\nlines.jsonl',
  '/evidence/two\r\nlines.jsonl',
  '/evidence/\u2028separated\u2029\u0085.jsonl',
  '/evidence/\u202egpj.jsonl',
  '/evidence/\u001b[2J\u0000\u0007.jsonl',
  '/evidence/"quoted\\".jsonl',
  '/evidence/"}\n{"action":"unpin"}.jsonl',
  '/evidence/\ud800.jsonl',
  '/evidence/\ufeff\u200b.jsonl',
  ' ',
  '__proto__',
  'constructor',
  'C:\\evidence\\chain.jsonl',
  'vscode-vfs://github/someone/evidence/chain.jsonl',
];

const hash = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
const anyPath = fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom(...HOSTILE_PATHS));
const anyTime = fc
  .date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const PLAIN = { noNullPrototype: true } as const;

const anyPin: fc.Arbitrary<Pin> = fc.record(
  {
    path: anyPath,
    genesis: hash,
    algorithm: fc.constantFrom(...ALGORITHMS),
    count: fc.maxSafeInteger().map((count) => Math.abs(count) || 1),
    lastHash: hash,
    time: anyTime,
  },
  PLAIN,
);

const anyRecord: fc.Arbitrary<PinRecord> = fc.oneof(
  anyPin.map((pin) => ({ action: 'pin' as const, pin })),
  fc.record({ action: fc.constant('unpin' as const), path: anyPath, time: anyTime }, PLAIN),
);

const PIN = pinOf(chainOfLength(5));
const LINE = pinLine({ action: 'pin', pin: PIN });
const MEMBERS = JSON.parse(LINE) as Record<string, unknown>;

function having(over: Record<string, unknown>): string {
  return JSON.stringify({ ...MEMBERS, ...over });
}

function pinned(path: string, count: number, over: Partial<Pin> = {}): PinRecord {
  return { action: 'pin', pin: { ...PIN, path, count, lastHash: String(count % 10).repeat(64), ...over } };
}

function unpinned(path: string): PinRecord {
  return { action: 'unpin', path, time: PIN.time };
}

function countsInForce(records: readonly PinRecord[]): [string, number[]][] {
  return [...pinsInForce(records)].map(([path, pins]) => [path, pins.map(({ count }) => count)]);
}

describe('A file of pins', () => {
  it('holds what was written to it, in its order, whatever paths there are', () => {
    fc.assert(
      fc.property(
        fc.array(anyRecord, { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n', '\n\n \n'),
        (records, lineEnd) => {
          const lines = records.map(pinLine);
          for (const line of lines) assert.doesNotMatch(line, /[\r\n]/);
          assert.deepEqual(parsePins(lines.map((line) => line + lineEnd).join('')), { records, problems: [] });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps hostile paths to the character, each on a line of its own', () => {
    const records = HOSTILE_PATHS.map((path) => pinned(path, 1));
    const text = records.map((record) => `${pinLine(record)}\n`).join('');
    assert.equal(text.split('\n').length, HOSTILE_PATHS.length + 1);
    assert.deepEqual([...pinsInForce(parsePins(text).records).keys()], HOSTILE_PATHS);
  });

  it('has equal lines for equal pins', () => {
    const { time, count, path, lastHash, algorithm, genesis } = PIN;
    assert.equal(pinLine({ pin: { time, count, path, lastHash, algorithm, genesis }, action: 'pin' }), LINE);
    assert.equal(
      LINE,
      `{"action":"pin","algorithm":"sha256","count":5,"genesis":"${genesis}","last_hash":"${lastHash}","path":"/evidence/chain.jsonl","time":"2026-03-29T12:00:00.000Z"}`,
    );
  });

  it('says of every line that is no pin what is wrong with it', () => {
    const wrong: [string, string][] = [
      ['{"action": "pin"', 'it is not JSON'],
      ['pin', 'it is not JSON'],
      [`\ufeff${LINE}`, 'it is not JSON'],
      [`${LINE}${LINE}`, 'it is not JSON'],
      ['7', 'it is no JSON object'],
      ['null', 'it is no JSON object'],
      ['"pin"', 'it is no JSON object'],
      ['[]', 'its action is neither "pin" nor "unpin"'],
      ['{}', 'its action is neither "pin" nor "unpin"'],
      [having({ action: 'Pin' }), 'its action is neither "pin" nor "unpin"'],
      [having({ action: ['pin'] }), 'its action is neither "pin" nor "unpin"'],
      [having({ path: undefined }), 'its path is missing'],
      [having({ path: '' }), 'its path is missing'],
      [having({ path: 7 }), 'its path is missing'],
      [having({ action: 'unpin', path: null }), 'its path is missing'],
      [having({ time: undefined }), 'its time is no ISO 8601 time in UTC'],
      [having({ time: 1774785600000 }), 'its time is no ISO 8601 time in UTC'],
      [having({ time: '2026-03-29' }), 'its time is no ISO 8601 time in UTC'],
      [having({ time: '2026-03-29T12:00:00+02:00' }), 'its time is no ISO 8601 time in UTC'],
      [having({ time: '2026-13-29T12:00:00Z' }), 'its time is no ISO 8601 time in UTC'],
      [having({ action: 'unpin', time: 'now' }), 'its time is no ISO 8601 time in UTC'],
      [having({ genesis: PIN.genesis.slice(1) }), 'its genesis is no hash of 64 hexadecimal digits'],
      [having({ genesis: null }), 'its genesis is no hash of 64 hexadecimal digits'],
      [having({ genesis: `${PIN.genesis}\n` }), 'its genesis is no hash of 64 hexadecimal digits'],
      [having({ last_hash: 'A'.repeat(64) }), 'its last_hash is no hash of 64 hexadecimal digits'],
      [having({ last_hash: undefined }), 'its last_hash is no hash of 64 hexadecimal digits'],
      [having({ algorithm: 'md5' }), 'its algorithm is neither "sha256" nor "sha3_256"'],
      [having({ algorithm: undefined }), 'its algorithm is neither "sha256" nor "sha3_256"'],
      [having({ count: 0 }), 'its count is no number of entries'],
      [having({ count: -1 }), 'its count is no number of entries'],
      [having({ count: 1.5 }), 'its count is no number of entries'],
      [having({ count: '5' }), 'its count is no number of entries'],
      [having({ count: 2 ** 53 }), 'its count is no number of entries'],
      [having({ count: undefined }), 'its count is no number of entries'],
    ];
    // A good line before and behind each: neither is lost, and the line number is the one in the file.
    const { records, problems } = parsePins(wrong.map(([line]) => `${LINE}\n\n${line}\n`).join('') + LINE);
    assert.deepEqual(
      problems,
      wrong.map(([, message], i) => ({ line: 3 * i + 3, message })),
    );
    assert.equal(records.length, wrong.length + 1);
  });

  it('passes over no line in silence, whatever its text', () => {
    const anyLine = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      anyRecord.map(pinLine),
      fc.tuple(anyRecord.map(pinLine), fc.nat()).map(([line, at]) => line.slice(0, at % line.length)),
    );
    fc.assert(
      fc.property(fc.array(anyLine), (given) => {
        const text = given.join('\n');
        const { records, problems } = parsePins(text);
        const filled = text.split(/\r?\n/).flatMap((line, i) => (line.trim() === '' ? [] : [i + 1]));
        assert.equal(records.length + problems.length, filled.length);
        for (const { line, message } of problems) {
          assert.ok(filled.includes(line));
          assert.match(message, /^it(s \w+)? (is|are) /);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes no part of a line for the whole: an append that was cut short is told', () => {
    for (let length = 1; length < LINE.length; length++)
      assert.deepEqual(parsePins(LINE.slice(0, length)), {
        records: [],
        problems: [{ line: 1, message: 'it is not JSON' }],
      });
  });

  it('has the pins of each path in force, oldest first, that were made since it was last unpinned', () => {
    const cases: [PinRecord[], [string, number[]][]][] = [
      [[], []],
      [
        [pinned('a', 1), pinned('b', 7), pinned('a', 2)],
        [
          ['a', [1, 2]],
          ['b', [7]],
        ],
      ],
      [[pinned('a', 1), pinned('a', 2), unpinned('a')], []],
      [
        [pinned('a', 1), pinned('b', 7), unpinned('a'), pinned('a', 3)],
        [
          ['b', [7]],
          ['a', [3]],
        ],
      ],
      [[unpinned('a'), pinned('a', 1), unpinned('b')], [['a', [1]]]],
      [[pinned('a', 1), unpinned('A')], [['a', [1]]]],
    ];
    for (const [records, inForce] of cases) assert.deepEqual(countsInForce(records), inForce);
  });

  it('lets no older state of a chain take the place of a newer one, though it was imported later', () => {
    assert.deepEqual(countsInForce([pinned('a', 5), pinned('a', 9), pinned('a', 3), pinned('a', 7)]), [
      ['a', [3, 5, 7, 9]],
    ]);
  });

  it('holds another chain that was pinned later under the same path for the one that is meant', () => {
    const genesis = 'f'.repeat(64);
    assert.deepEqual(countsInForce([pinned('a', 5), pinned('a', 2, { genesis }), pinned('a', 4, { genesis })]), [
      ['a', [5, 2, 4]],
    ]);
  });
});

describe('A pin', () => {
  const CHAIN = chainOfLength(5);
  const NOW = '2026-03-30T09:00:00.000Z';
  const PATH = '/evidence/chain.jsonl';

  it('is made of an intact chain: its first hash, its last hash, its length', async () => {
    const report = await verifyInMemory(textOf(CHAIN));
    assert.deepEqual(makePin(PATH, report, NOW), { pin: pinOf(CHAIN, { time: NOW }) });
    const sha3 = chainOf([content(0), content(1)], HASHES.sha3_256);
    assert.deepEqual(makePin(PATH, await verifyInMemory(textOf(sha3)), NOW), {
      pin: pinOf(sha3, { time: NOW, algorithm: 'sha3_256' }),
    });
  });

  it('is made anew of a chain that grew, and goes by the path that it went by', async () => {
    const pins = [pinOf(CHAIN.slice(0, 3), { path: '/linked/chain.jsonl' })];
    const report = await verifyInMemory(textOf(CHAIN), { pins });
    assert.deepEqual(makePin(PATH, report, NOW), {
      pin: pinOf(CHAIN, { time: NOW, path: '/linked/chain.jsonl' }),
    });
  });

  it('is not made of what is broken, empty, no chain, or not what was expected', async () => {
    const refused: [string, string][] = [
      [
        textOf([...CHAIN.slice(0, 4), altered(CHAIN[4], { decision: 'block' })]),
        'Not pinned: only a chain without breaks can be pinned.',
      ],
      [textOf(CHAIN.toSpliced(2, 1)), 'Not pinned: only a chain without breaks can be pinned.'],
      [textOf(CHAIN.slice(1)), 'Not pinned: only a chain without breaks can be pinned.'],
      [`${textOf(CHAIN)}{"half a line`, 'Not pinned: only a chain without breaks can be pinned.'],
      ['no chain\n', 'Not pinned: only a chain without breaks can be pinned.'],
      ['', 'Not pinned: the chain is empty, there is no entry to pin.'],
      ['\n\n', 'Not pinned: the chain is empty, there is no entry to pin.'],
    ];
    for (const [text, refusal] of refused)
      assert.deepEqual(makePin(PATH, await verifyInMemory(text), NOW), { refusal });
    const unexpected = await verifyInMemory(textOf(CHAIN), { expectation: { count: 6 } });
    assert.deepEqual(makePin(PATH, unexpected, NOW), { refusal: 'Not pinned: the chain is not what was expected.' });
  });

  it('is not made of what is not as it was pinned before: that would make what is wrong look right', async () => {
    const report = await verifyInMemory(textOf(CHAIN.slice(0, 4)), { pins: [pinOf(CHAIN)] });
    assert.deepEqual(makePin(PATH, report, NOW), {
      refusal:
        'Not pinned, because it is not as it was pinned before. The end was cut off: 5 entries were pinned on 29 Mar 2026 12:00:00 UTC, and 4 are there now. An older copy put back leaves the same trace. Unpin it first if that is in order.',
    });
    for (const lines of [[], chainOfLength(8, { agent_id: 'another' }), CHAIN.slice(1)]) {
      const made = makePin(PATH, await verifyInMemory(textOf(lines), { pins: [pinOf(CHAIN)] }), NOW);
      assert.match('refusal' in made ? made.refusal : '', /^Not pinned, because it is not as it was pinned before\. /);
    }
  });

  it('is not made a second time of the same head', async () => {
    const report = await verifyInMemory(textOf(CHAIN), { pins: [pinOf(CHAIN)] });
    assert.deepEqual(makePin(PATH, report, NOW), {
      refusal: 'It is pinned at this head already, since 29 Mar 2026 12:00:00 UTC (5 entries).',
    });
  });
});
