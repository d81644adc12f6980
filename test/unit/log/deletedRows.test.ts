import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { countOf, gapsOf, gapsText } from '../../../src/core/log/deletedRows';
import { logOf } from './support/logs';

function gapsIn(ids: readonly (number | bigint)[], last?: bigint): ReturnType<typeof gapsOf> {
  return gapsOf(logOf(ids.map((key) => ({ key }))), last);
}

const spelt = (ids: readonly (number | bigint)[], last?: bigint): string[] =>
  gapsIn(ids, last).map(({ from, to, before }) => `${from}-${to}@${before}`);

describe('Deleted rows', () => {
  it('are the ids from 1 to the last one given that are not there, in order, before the row that follows them', () => {
    const ids = fc.uniqueArray(fc.integer({ min: -5, max: 40 }), { maxLength: 40 });
    fc.assert(
      fc.property(ids, fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }), (found, last) => {
        found.sort((a, b) => a - b);
        const end = Math.max(found.at(-1) ?? 0, last ?? 0);
        const wanted = Array.from({ length: Math.max(0, end) }, (_, i) => i + 1).filter((id) => !found.includes(id));
        const gaps = gapsIn(found, last === undefined ? undefined : BigInt(last));
        const told = gaps.flatMap(({ from, to, before }) =>
          Array.from({ length: Number(to - from) + 1 }, (_, i) => ({ id: Number(from) + i, before })),
        );
        assert.deepEqual(
          told.map(({ id }) => id),
          wanted,
        );
        for (const { id, before } of told) {
          assert.equal(before, found.filter((each) => each < id).length, `${id} does not stand where it was`);
        }
        assert.equal(countOf(gaps), BigInt(wanted.length));
        // One gap for ids that follow each other, or a row of its own would stand between them.
        for (let i = 1; i < gaps.length; i++) assert.ok(gaps[i].from > gaps[i - 1].to + 1n);
      }),
      { numRuns: 1000 },
    );
  });

  it('are told at the start, in the middle and at the end, and where all rows are gone', () => {
    assert.deepEqual(spelt([3, 4, 6, 9], 12n), ['1-2@0', '5-5@2', '7-8@3', '10-12@4']);
    assert.deepEqual(spelt([], 7n), ['1-7@0']);
    assert.deepEqual(spelt([], undefined), []);
    assert.deepEqual(spelt([], 0n), []);
    assert.deepEqual(spelt([1, 2, 3], 3n), []);
    assert.deepEqual(spelt([1, 2, 3], undefined), []);
  });

  it('are counted to the last, however large their ids are', () => {
    const last = 2n ** 63n - 1n;
    assert.deepEqual(spelt([1, last], last), [`2-${last - 1n}@1`]);
    assert.equal(countOf(gapsIn([1, last], last)), last - 2n);
    assert.deepEqual(spelt([1, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 53n + 3n]), [
      `2-${2n ** 53n - 2n}@1`,
      `${2n ** 53n + 2n}-${2n ** 53n + 2n}@4`,
    ]);
    // A counter that stands behind the rows says nothing of their end.
    assert.deepEqual(spelt([1, 2, 3], -5n), []);
  });

  it('are none below 1: nobody gave those ids', () => {
    assert.deepEqual(spelt([-(2n ** 63n), -7, 0, 1, 2]), []);
    assert.deepEqual(spelt([-7, 2]), ['1-1@1']);
  });

  it('are not told of a damaged log whose ids do not rise', () => {
    assert.deepEqual(spelt([1, 2, 2, 1, 3]), []);
    assert.deepEqual(spelt([1, 5, 3, 6]), ['2-4@1']);
  });

  it('are told in a sentence: how many, and which', () => {
    const text = (ids: readonly number[], last?: bigint): string | undefined => gapsText(gapsIn(ids, last));
    assert.equal(text([1, 2]), undefined);
    assert.equal(text([1, 3]), '1 row was deleted: its id is 2.');
    assert.equal(text([1, 4, 6]), '3 rows were deleted: their ids are 2 to 3, 5.');
    assert.equal(text([1], 1500n), '1,499 rows were deleted: their ids are 2 to 1500.');
    const even = (count: number): number[] => Array.from({ length: count }, (_, i) => i * 2 + 2);
    assert.equal(text(even(8)), '8 rows were deleted: their ids are 1, 3, 5, 7, 9, 11, 13, 15.');
    assert.equal(text(even(9)), '9 rows were deleted: their ids are 1, 3, 5, 7, 9, 11, 13, 15 and 1 more place.');
    assert.equal(
      text(even(2008)),
      '2,008 rows were deleted: their ids are 1, 3, 5, 7, 9, 11, 13, 15 and 2,000 more places.',
    );
  });
});
