/** Characters of which one may stand where a set stands. */
export interface GlobSet {
  readonly kind: 'set';
  /** Any character but these. */
  readonly isNegated: boolean;
  /** From and to, both included. None of them, and nothing matches; none and negated, and any one does. */
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

/** Between two characters: a range. */
const TO = -1;

const [BANG, HYPHEN] = ['!', '-'].map((character) => character.charCodeAt(0));

/**
 * Reads what stands between the brackets of a set. Python first takes out ranges that run backwards, with both their ends, and then
 * looks whether what is left starts with `!`, so that `[z-a!x]` is any character but x. Where nothing is left nothing matches.
 */
export function readGlobSet(points: readonly number[]): GlobSet {
  const written = withRanges(withoutBackwardRanges(pieces(points)));
  const isNegated = written[0] === BANG;
  const ranges: [number, number][] = [];
  for (let at = isNegated ? 1 : 0; at < written.length; at++) {
    // (A hyphen that the negation has left alone at the start is one.)
    const first = written[at] === TO ? HYPHEN : written[at];
    const isRange = written[at] !== TO && written[at + 1] === TO;
    ranges.push([first, isRange ? written[at + 2] : first]);
    if (isRange) at += 2;
  }
  return { kind: 'set', isNegated, ranges };
}

/**
 * Cut at each hyphen that makes a range. One at the start or the end makes none, nor does one that follows the end of a range: the
 * search goes on two characters behind a hyphen that does.
 */
function pieces(points: readonly number[]): number[][] {
  const found: number[][] = [];
  let start = 0;
  let hyphen = points.indexOf(HYPHEN, points[0] === BANG ? 2 : 1);
  while (hyphen !== -1) {
    found.push(points.slice(start, hyphen));
    start = hyphen + 1;
    hyphen = points.indexOf(HYPHEN, hyphen + 3);
  }
  if (start < points.length) found.push(points.slice(start));
  else found.at(-1)?.push(HYPHEN);
  return found;
}

/** Joins two pieces, without the characters at the seam, where these would be a range that runs backwards. */
function withoutBackwardRanges(found: readonly number[][]): number[][] {
  const kept: number[][] = [];
  for (const piece of found.toReversed()) {
    const next = kept.at(-1);
    if (next !== undefined && piece.at(-1)! > next[0])
      kept[kept.length - 1] = [...piece.slice(0, -1), ...next.slice(1)];
    else kept.push(piece);
  }
  return kept.toReversed();
}

function withRanges(found: readonly number[][]): number[] {
  return found.flatMap((piece, i) => (i === 0 ? piece : [TO, ...piece]));
}
