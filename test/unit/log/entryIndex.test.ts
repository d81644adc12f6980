import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { EntryIndex, INDEXED } from '../../../src/core/log/entryIndex';
import { addTo, decode, logOf, type LogEntry } from './support/logs';

function shownOf(index: EntryIndex, position: number): unknown {
  const columns = INDEXED.map((column) => index.text(position, column));
  return [index.key(position), index.timestamp(position), index.depths[position], ...columns];
}

function entry(i: number): LogEntry {
  return {
    session: i % 3 === 0 ? null : `session ${i % 7}`,
    type: `type ${i % 11}`,
    target: `file ${i}`,
    // Every fifth is no time, every seventh spelt as the reference does not.
    timestamp:
      i % 5 === 0
        ? `moment ${i}`
        : new Date(1.7e12 + i * 1000).toISOString().replace('.000Z', i % 7 === 0 ? 'Z' : '+00:00'),
    ...(i % 2 === 0 ? { depth: i % 4 } : {}),
  };
}

describe('The index of a log', () => {
  it('has every entry of a log as it was recorded, however many there are', () => {
    const count = 5000;
    const entries = Array.from({ length: count }, (_, i) => entry(i));
    const index = logOf(entries);
    assert.equal(index.size, count);
    entries.forEach(({ session, type, target, timestamp, depth }, i) => {
      const nothing = [null, null, null, null, null, null, null, null];
      assert.deepEqual(shownOf(index, i), [String(i + 1), timestamp, depth ?? -1, session, type, target, ...nothing]);
      assert.equal(Number.isNaN(index.times[i]), i % 5 === 0);
      assert.equal(index.positionOf(String(i + 1)), i);
    });
    for (const none of ['0', '-1', String(count + 1), '1.5', '01', '1e3', 'x', '', 'NaN', 'Infinity']) {
      assert.equal(index.positionOf(none), undefined, none);
    }
  });

  it('finds entries by ids beyond 2^53 and below 0, each of them', () => {
    const keys = [
      -(2n ** 63n),
      -9007199254740993n,
      -9007199254740992n,
      -1n,
      0n,
      1n,
      9007199254740991n,
      9007199254740992n,
      9007199254740993n,
      9007199254740994n,
      2n ** 63n - 1025n,
      2n ** 63n - 2n,
      2n ** 63n - 1n,
    ];
    const index = logOf(keys.map((key) => ({ key })));
    keys.forEach((key, i) => {
      assert.equal(index.key(i), String(key));
      assert.equal(index.positionOf(String(key)), i);
    });
    for (const none of [-(2n ** 63n) + 1n, -2n, 2n, 9007199254740990n, 2n ** 63n - 3n, 2n ** 63n]) {
      assert.equal(index.positionOf(String(none)), undefined, String(none));
    }
  });

  it('that was cut goes on as one that never had what was cut off', () => {
    const lengths = fc.integer({ min: 0, max: 2200 });
    fc.assert(
      fc.property(lengths, lengths, lengths, (before, cut, after) => {
        const index = new EntryIndex(decode);
        for (let i = 0; i < before; i++) addTo(index, [{ ...entry(i), key: 2n ** 60n + BigInt(i) }]);
        index.truncate(cut);
        const left = Math.min(before, cut);
        assert.equal(index.size, left);
        if (left < before) assert.equal(index.positionOf(String(2n ** 60n + BigInt(left))), undefined);
        for (let i = 0; i < after; i++) addTo(index, [{ ...entry(i + 1), key: i + 1 }]);
        assert.equal(index.size, left + after);
        const fresh = logOf(Array.from({ length: after }, (_, i) => entry(i + 1)));
        for (let i = 0; i < after; i++) assert.deepEqual(shownOf(index, left + i), shownOf(fresh, i));
        if (left > 0) assert.equal(index.key(left - 1), String(2n ** 60n + BigInt(left - 1)));
      }),
      { numRuns: 12 },
    );
  });
});
