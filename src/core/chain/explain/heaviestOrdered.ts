/**
 * Of items that stand in some order and belong in another, finds those that may stay: the heaviest choice of which the
 * ranks ascend. The rest are the fewest (by weight) that must have been moved.
 *
 * @param ranks where each item belongs, all different, in the order in which they stand.
 * @returns for each item whether it stays. Of equal choices the one that keeps the later items.
 */
export function heaviestOrdered(ranks: readonly number[], weights: readonly number[]): boolean[] {
  const count = ranks.length;
  const place = new Map([...ranks].sort((a, b) => a - b).map((rank, index) => [rank, index + 1]));
  /** A Fenwick tree over places: of the items placed so far up to there, the one ending the heaviest choice. */
  const best = new Int32Array(count + 1).fill(-1);
  const sums = new Float64Array(count);
  const before = new Int32Array(count).fill(-1);
  let last = -1;
  for (let item = 0; item < count; item++) {
    const at = place.get(ranks[item])!;
    let previous = -1;
    for (let i = at - 1; i > 0; i -= i & -i)
      if (best[i] >= 0 && (previous < 0 || sums[best[i]] > sums[previous])) previous = best[i];
    before[item] = previous;
    sums[item] = weights[item] + (previous < 0 ? 0 : sums[previous]);
    for (let i = at; i <= count; i += i & -i) if (best[i] < 0 || sums[item] >= sums[best[i]]) best[i] = item;
    if (last < 0 || sums[item] >= sums[last]) last = item;
  }
  const stays = new Array<boolean>(count).fill(false);
  for (let item = last; item >= 0; item = before[item]) stays[item] = true;
  return stays;
}
