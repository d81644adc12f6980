import type { SessionTable } from './sessions';

/**
 * In which order sessions stand: by the time of the last entry, newest first; by the time of the first, oldest first; by the highest
 * risk; by how much was blocked, denied or failed; by the number of entries; by id, as the person's language orders texts. What is
 * equal stands by the time of the last entry, and then by its position.
 */
export type SessionOrder = 'newest' | 'oldest' | 'risk' | 'trouble' | 'actions' | 'name';

/** Below 0 where the session at the first place stands before the one at the second. */
type Compare = (a: number, b: number) => number;

/**
 * The places of the first sessions in an order, sorted. Of hundreds of thousands the first thousand are found without sorting the
 * rest, which would take a second.
 */
export function firstInOrder(table: SessionTable, order: SessionOrder, count: number): Uint32Array {
  const compare = compareBy(table, order);
  const length = Math.min(count, table.size);
  const best = new Uint32Array(length);
  if (length === 0) return best;
  // Most orders begin with what is newest: where that is looked at first, little is replaced.
  const placeAt = order === 'oldest' ? (i: number) => i : (i: number) => table.size - 1 - i;
  // A heap whose root is the last of those that were found.
  for (let i = 0; i < length; i++) best[i] = placeAt(i);
  for (let i = (length >>> 1) - 1; i >= 0; i--) sink(best, i, compare);
  for (let i = length; i < table.size; i++) {
    if (compare(placeAt(i), best[0]) > 0) continue;
    best[0] = placeAt(i);
    sink(best, 0, compare);
  }
  return best.sort(compare);
}

/** How many sessions stand before the one at a place. */
export function countBefore(table: SessionTable, order: SessionOrder, place: number): number {
  const compare = compareBy(table, order);
  let count = 0;
  for (let other = 0; other < table.size; other++) if (compare(other, place) < 0) count++;
  return count;
}

/** Moves what stands at `i` of a heap below all that stands behind it in the order. */
function sink(heap: Uint32Array, i: number, compare: Compare): void {
  const moved = heap[i];
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && compare(heap[child + 1], heap[child]) > 0) child++;
    if (compare(heap[child], moved) <= 0) break;
    heap[i] = heap[child];
    i = child;
  }
  heap[i] = moved;
}

function compareBy(table: SessionTable, order: SessionOrder): Compare {
  const { from, to, first, last, risks, entries } = table;
  const newest: Compare = (a, b) => (to[a] === to[b] ? last[b] - last[a] : to[b] - to[a]);
  switch (order) {
    case 'newest':
      return newest;
    case 'oldest':
      return (a, b) => (from[a] === from[b] ? first[a] - first[b] : from[a] - from[b]);
    case 'risk':
      return (a, b) => risks[b] - risks[a] || newest(a, b);
    case 'trouble':
      return (a, b) => table.trouble(b) - table.trouble(a) || newest(a, b);
    case 'actions':
      return (a, b) => entries[b] - entries[a] || newest(a, b);
    case 'name': {
      const { compare } = new Intl.Collator();
      return (a, b) => compare(nameOf(table, a), nameOf(table, b)) || newest(a, b);
    }
  }
}

/** Characters of an id that are compared: no list shows as many, and a log can have long ones that all begin alike. */
const MOST_NAME = 300;

function nameOf(table: SessionTable, place: number): string {
  const id = table.id(place) ?? '';
  return id.length > MOST_NAME ? id.slice(0, MOST_NAME) : id;
}
