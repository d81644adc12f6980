import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Histogram } from '../../../src/shared/timeline';
import { barsOf } from '../../../src/webview/timeline/time/bars';
import { binAt, countsIn, rangeOf, selectedPart } from '../../../src/webview/timeline/time/brush';

function histogram(bins: number[][], change: Partial<Histogram> = {}): Histogram {
  return { series: ['success', 'blocked'], from: 1000, step: 10, bins, timeless: 0, selected: null, ...change };
}

/** Heights of the bars in a path, in the order in which they are drawn. */
function heights(path: string): number[] {
  return [...path.matchAll(/v([\d.]+)/g)].map(([, height]) => Number(height));
}

describe('The bars of the histogram', () => {
  it('are stacked in the order of the series', () => {
    const { paths, highest } = barsOf(histogram([[6, 2]]), 10, 64);
    assert.equal(highest, 8);
    assert.equal(paths[0], 'M0 16h9v48h-9z');
    assert.equal(paths[1], 'M0 0h9v16h-9z');
  });

  it('let one blocked action be seen among a million others', () => {
    const { paths } = barsOf(histogram([[1_000_000, 1]]), 10, 64);
    assert.deepEqual(heights(paths[1]), [2]);
    assert.deepEqual(heights(paths[0]), [62]);
  });

  it('do not make a peak of a single entry', () => {
    assert.deepEqual(heights(barsOf(histogram([[1, 0]]), 10, 64).paths[0]), [16]);
  });

  it('are none where there is nothing to count', () => {
    assert.deepEqual(barsOf(histogram([]), 100, 64), { paths: ['', ''], highest: 0 });
    assert.deepEqual(barsOf(histogram([[0, 0]]), 100, 64).paths, ['', '']);
  });

  it('never are higher than their field', () => {
    const bin = fc.array(fc.nat({ max: 1e9 }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(bin, { minLength: 1, maxLength: 50 }), (bins) => {
        const { paths } = barsOf(histogram(bins), 400, 64);
        for (const path of paths)
          for (const [, y] of path.matchAll(/M[\d.]+ (-?[\d.]+)h/g)) assert.ok(Number(y) >= -0.01);
      }),
    );
  });
});

describe('The brush', () => {
  it('takes whole bins, whichever way it is drawn', () => {
    const { from, step } = histogram([]);
    assert.deepEqual(rangeOf({ from: 2, to: 4 }, { from, step }), { from: 1020, to: 1050 });
    assert.deepEqual(rangeOf({ from: 4, to: 2 }, { from, step }), { from: 1020, to: 1050 });
    assert.deepEqual(rangeOf({ from: 0, to: 0 }, { from, step }), { from: 1000, to: 1010 });
  });

  it('finds the bin under the pointer, also where that is out of the field', () => {
    assert.deepEqual(
      [0, 49.9, 50, 99.9, 100, 500, -20].map((x) => binAt(x, 100, 2)),
      [0, 0, 1, 1, 1, 1, 0],
    );
    assert.equal(binAt(10, 0, 2), 0);
  });

  it('counts what is in it by series', () => {
    const counts = countsIn(
      histogram([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      { from: 1, to: 2 },
    );
    assert.deepEqual(counts, [
      { name: 'success', count: 8 },
      { name: 'blocked', count: 10 },
    ]);
  });

  it('shows what the filter keeps, as far as that is in sight', () => {
    const bins = Array.from({ length: 10 }, () => [0, 0]);
    const part = (selected: Histogram['selected']): unknown => selectedPart(histogram(bins, { selected }), 100);
    assert.equal(part(null), undefined);
    assert.deepEqual(part({ from: 1020, to: 1050 }), { x: 20, width: 30 });
    assert.deepEqual(part({ from: null, to: 1050 }), { x: 0, width: 50 });
    assert.deepEqual(part({ from: 1090, to: null }), { x: 90, width: 10 });
    assert.deepEqual(part({ from: 5000, to: 6000 }), { x: 100, width: 0 });
  });
});
