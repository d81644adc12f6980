/** Of several characters that would do, a person reads letters best, then digits; these first. */
const LIKED = [
  ['a', 'z'],
  ['A', 'Z'],
  ['0', '9'],
  ['!', '~'],
  ['\u00e0', '\u00ff'],
  ['\u0100', '\u017f'],
].map(([first, last]) => [first.charCodeAt(0), last.charCodeAt(0)] as const);

/** A character from a range, both ends included: one that can be read, if there is any. */
export function nicestBetween(first: number, last: number): number {
  for (const [low, high] of LIKED) {
    const point = Math.max(first, low);
    if (point <= Math.min(last, high)) return point;
  }
  // Half a character is none: what can be had besides is better.
  if (first >= 0xd800 && first <= 0xdfff && last > 0xdfff) return 0xe000;
  return first;
}
