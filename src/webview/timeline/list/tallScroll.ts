/**
 * Where an element of limited height stands that stands for a list of any height. Browsers give no element more than 33.5
 * million device pixels, which is 760,000 rows on a screen of double density; others give less.
 *
 * Up to TALLEST pixels one is the other. Beyond, the scrollbar goes through the list in larger steps, and whoever scrolls by wheel or
 * key scrolls the list itself, which the scrollbar follows.
 */
const TALLEST = 8_000_000;

export interface TallScroll {
  /** Of the element that is scrolled, in pixels. */
  readonly height: number;
  /** Whether the element stands for more than it is high. */
  readonly isScaled: boolean;
  /** Scroll position of the element for one of the list. */
  toElement(offset: number): number;
  /** Scroll position of the list for one of the element. */
  fromElement(scrollTop: number): number;
}

/**
 * @param total height of the list, in pixels.
 * @param viewport height of what is in sight.
 */
export function tallScroll(total: number, viewport: number): TallScroll {
  const height = Math.min(total, TALLEST);
  const range = Math.max(0, total - viewport);
  const ratio = height < total ? range / (height - viewport) : 1;
  return {
    height,
    isScaled: ratio > 1,
    toElement: (offset) => offset / ratio,
    fromElement: (scrollTop) => Math.min(scrollTop * ratio, range),
  };
}
