import * as assert from 'node:assert/strict';
import type { ListRow } from '../../../src/shared/timeline';
import { PAGE_ROWS, RowsCache } from '../../../src/webview/timeline/model/rowsCache';

const COUNT = 1_000_000;

function rowsFrom(from: number, length = PAGE_ROWS): ListRow[] {
  return Array.from({ length }, (_, i) => ({ kind: 'gap', count: 1, from: String(from + i), to: '' }));
}

function fill(cache: RowsCache, from: number): void {
  for (const wanted of cache.request({ from, to: from + 1 }, COUNT)) cache.put(wanted.from, rowsFrom(wanted.from));
}

describe('Rows that were fetched', () => {
  it('are asked for in pages, and once while they are under way', () => {
    const cache = new RowsCache();
    assert.deepEqual(cache.request({ from: 190, to: 230 }, COUNT), [
      { from: 0, to: 200 },
      { from: 200, to: 400 },
    ]);
    assert.deepEqual(cache.request({ from: 190, to: 230 }, COUNT), []);
    cache.put(200, rowsFrom(200));
    assert.equal(cache.row(203), cache.row(203));
    assert.deepEqual(cache.row(203), rowsFrom(203, 1)[0]);
    assert.equal(cache.row(3), undefined);
    assert.deepEqual(cache.request({ from: 190, to: 230 }, COUNT), [], 'one page is here, the other is under way');
  });

  it('end where the view ends', () => {
    const cache = new RowsCache();
    assert.deepEqual(cache.request({ from: 0, to: 1000 }, 250), [
      { from: 0, to: 200 },
      { from: 200, to: 250 },
    ]);
    assert.deepEqual(cache.request({ from: 0, to: 10 }, 0), []);
  });

  it('are asked for again where the view has more of them by now, and not where the answer was short', () => {
    const cache = new RowsCache();
    cache.request({ from: 0, to: 10 }, 10);
    cache.put(0, rowsFrom(0, 9));
    assert.deepEqual(cache.request({ from: 0, to: 10 }, 10), [], 'an answer that is short is an answer');
    assert.deepEqual(cache.request({ from: 0, to: 10 }, 12), [{ from: 0, to: 12 }]);
    assert.ok(cache.row(3), 'until then they stand');
  });

  it('are not asked for faster than they come, as while a scrollbar is dragged', () => {
    const cache = new RowsCache();
    let asked = 0;
    for (let from = 0; from < 100_000; from += 1000) asked += cache.request({ from, to: from + 100 }, COUNT).length;
    assert.ok(asked <= 4, `${asked} pages are under way`);
    cache.put(0, rowsFrom(0));
    assert.equal(cache.request({ from: 500_000, to: 500_100 }, COUNT).length, 1);
  });

  it('are forgotten, those that were looked at longest ago first', () => {
    const cache = new RowsCache();
    for (let page = 0; page < 80; page++) fill(cache, page * PAGE_ROWS);
    cache.request({ from: 0, to: 1 }, COUNT);
    fill(cache, 500_000);
    assert.ok(cache.row(0), 'looked at just now');
    assert.equal(cache.row(PAGE_ROWS), undefined, 'looked at longest ago');
    assert.ok(cache.row(500_000));
  });

  it('stand when they expired until their successors are here', () => {
    const cache = new RowsCache();
    fill(cache, 0);
    cache.expire();
    assert.deepEqual(cache.row(5), rowsFrom(5, 1)[0]);
    assert.deepEqual(cache.request({ from: 0, to: 10 }, COUNT), [{ from: 0, to: 200 }]);
    cache.put(0, rowsFrom(1000));
    assert.deepEqual(cache.row(5), rowsFrom(1005, 1)[0]);
    assert.deepEqual(cache.request({ from: 0, to: 10 }, COUNT), []);
  });

  it('are asked for again when their answers got lost, and rows that nobody asked for are left', () => {
    const cache = new RowsCache();
    cache.request({ from: 0, to: 10 }, COUNT);
    cache.forgetRequests();
    assert.equal(cache.request({ from: 0, to: 10 }, COUNT).length, 1);
    cache.put(7, rowsFrom(7));
    assert.equal(cache.row(8), undefined);
  });
});
