/** Longer words are no slips of what is known. */
const LONGEST = 40;

/**
 * The words nearest to one that is not among them, if they are near enough to be what was meant; several where they are equally near.
 * Case, hyphens and spaces count for nothing. What denies the nearest word, such as `disapprove`, is no slip of it, nor of any other.
 */
export function nearestWords(word: string, known: readonly string[]): readonly string[] {
  if (word.length > LONGEST) return [];
  const plain = plainWord(word);
  let nearest: string[] = [];
  let least = farthest(plain);
  for (const each of known) {
    const distance = editDistance(plain, plainWord(each));
    if (distance > least) continue;
    if (distance < least) nearest = [];
    least = distance;
    nearest.push(each);
  }
  return nearest.some((each) => isDenied(plain, plainWord(each))) ? [] : nearest;
}

/** What makes of a word its opposite, at the start of one of its parts. */
const DENIALS = /(?<=^|_)(?:no[nt]?_?|un|dis|never_?|n(?=[^_n]))/g;

/** Whether a word comes nearer to a known one by leaving out what denies it. */
function isDenied(word: string, known: string): boolean {
  const distance = editDistance(word, known);
  return [...word.matchAll(DENIALS)].some(
    ({ index, 0: denial }) => editDistance(word.slice(0, index) + word.slice(index + denial.length), known) < distance,
  );
}

function plainWord(word: string): string {
  return word.trim().toLowerCase().replace(/[-\s]/g, '_');
}

/** A slip in every third letter, and three at most. */
function farthest(word: string): number {
  return Math.max(1, Math.min(3, Math.floor(word.length / 3)));
}

/** How many letters are to be put in, left out, replaced, or swapped with their neighbour. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      row.push(Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1)));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length];
}
