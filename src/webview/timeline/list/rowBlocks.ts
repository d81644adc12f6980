import { Virtualizer, observeElementRect, type VirtualizerOptions } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useState } from 'preact/hooks';

/**
 * Rows are drawn in blocks of so many. The virtualizer measures each of its items whenever their number changes: for a
 * million rows, that would be 40 ms for each entry that is added to a log.
 */
export const BLOCK_ROWS = 16;
const OVERSCAN = 1;

export interface Blocks {
  readonly first: number;
  /** The last one to draw; before `first` where there is none. */
  readonly last: number;
}

interface Place {
  offset: number;
  tell?: ((offset: number) => void) | undefined;
  /** The virtualizer is asked anyway. */
  isDrawing: boolean;
}

/**
 * Which blocks are to be drawn.
 *
 * @param pane what the rows are seen through.
 * @param offset of the list at the pane's upper edge, in pixels.
 */
export function useRowBlocks(
  pane: RefObject<HTMLElement | null>,
  rows: number,
  rowHeight: number,
  offset: number,
): Blocks {
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  const [place] = useState<Place>(() => ({ offset: 0, isDrawing: true }));
  place.isDrawing = true;
  const options: VirtualizerOptions<HTMLElement, HTMLElement> = {
    count: Math.ceil(rows / BLOCK_ROWS),
    getScrollElement: () => pane.current,
    estimateSize: () => BLOCK_ROWS * rowHeight,
    overscan: OVERSCAN,
    observeElementRect,
    // The list's own position, which is not that of an element: see tallScroll.
    observeElementOffset: (_, tell) => {
      place.tell = (moved) => tell(moved, false);
      place.tell(place.offset);
      return () => (place.tell = undefined);
    },
    scrollToFn: () => undefined,
    onChange: () => {
      if (!place.isDrawing) redraw(undefined);
    },
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  virtualizer.setOptions(options);
  if (place.offset !== offset) {
    place.offset = offset;
    place.tell?.(offset);
  }
  useEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  const items = virtualizer.getVirtualIndexes();
  place.isDrawing = false;
  return { first: items[0] ?? 0, last: items.at(-1) ?? -1 };
}
