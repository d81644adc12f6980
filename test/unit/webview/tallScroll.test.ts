import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { tallScroll } from '../../../src/webview/timeline/list/tallScroll';

const ROW = 22;

describe('A list that is higher than an element may be', () => {
  it('is the element where that is high enough', () => {
    const scroll = tallScroll(1000 * ROW, 500);
    assert.equal(scroll.height, 1000 * ROW);
    assert.ok(!scroll.isScaled);
    assert.equal(scroll.toElement(777), 777);
    assert.equal(scroll.fromElement(777), 777);
  });

  it('begins and ends where the element does, with ten million rows too', () => {
    for (const rows of [1_000_000, 10_000_000]) {
      const scroll = tallScroll(rows * ROW, 500);
      assert.ok(scroll.height <= 8_000_000 && scroll.isScaled);
      assert.equal(scroll.fromElement(0), 0);
      assert.equal(scroll.fromElement(scroll.height - 500), rows * ROW - 500);
      assert.ok(Math.abs(scroll.toElement(rows * ROW - 500) - (scroll.height - 500)) < 0.001);
    }
  });

  it('is where it was after a way to the element and back', () => {
    fc.assert(
      fc.property(fc.nat({ max: 20_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (rows, part) => {
        const scroll = tallScroll(rows * ROW, 500);
        const offset = part * Math.max(0, rows * ROW - 500);
        assert.ok(Math.abs(scroll.fromElement(scroll.toElement(offset)) - offset) < 0.01);
      }),
    );
  });
});
