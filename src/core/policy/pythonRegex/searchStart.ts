import { firstCharactersOf } from './firstCharacters';
import type { SearchText } from './searchText';
import { testOf, type CharacterTest } from './characterTest';
import { Flag, flagsWithin, haveSameClasses } from './flags';
import { foldOf } from './letterCase';
import type { ParsedPattern } from './parsePattern';
import { placeTestOf } from './placeTest';
import type { Sequence, Unit } from './syntax';

/** Where in a text a match may begin. */
export class SearchStart {
  /** Only at the start of the text. */
  private readonly isAnchored: boolean;
  /**
   * Only before such a character. Python looks for the first character of a match with the classes of the whole pattern,
   * also where the pattern's start has others: `(?a:\D)` finds no Arabic digit.
   */
  private readonly required: CharacterTest | undefined;
  /** What the pattern itself can begin with. */
  private readonly tests: readonly CharacterTest[] | undefined;
  /** For each ASCII character, whether it passes one of the tests: 0 not asked yet, 1 no, 2 yes. */
  private readonly known = new Uint8Array(128);

  constructor({ sequence, flags }: ParsedPattern) {
    const node = sequence.nodes.at(0);
    const anchor = placeTestOf('start-of-text', flags);
    this.isAnchored = node?.op === 'at' && placeTestOf(node.place, flags) === anchor;
    this.required = requiredFirst(sequence, flags);
    this.tests = firstCharactersOf(sequence, flags);
  }

  /** Before the code point `at`. Says yes where it would take long to say. */
  admits(text: SearchText, at: number): boolean {
    if (this.isAnchored) return at === 0;
    if (this.tests === undefined) return true;
    if (at === text.length) return false;
    const point = text[at];
    if (this.required?.has(point) === false) return false;
    return point >= 128 || (this.known[point] ||= this.tests.some((test) => test.has(point)) ? 2 : 1) === 2;
  }
}

/** Source: `_get_charset_prefix` of Python 3.11's re/_compiler.py. */
function requiredFirst(pattern: Sequence, flags: number): CharacterTest | undefined {
  let sequence = pattern;
  let within = flags;
  for (;;) {
    const node = sequence.nodes.at(0);
    if (node?.op === 'set') {
      if (haveSameClasses(flags, within) || dependsOnCase(node, within)) return undefined;
      return testOf(node, flags & ~Flag.ignoreCase);
    }
    if (node?.op !== 'group') return undefined;
    within = flagsWithin(within, node.add, node.remove);
    sequence = node.body;
  }
}

function dependsOnCase({ items }: Extract<Unit, { op: 'set' }>, flags: number): boolean {
  const fold = foldOf(flags);
  if (fold === undefined) return false;
  return items.some((item) => {
    if (item.op === 'class') return false;
    if (item.op === 'literal') return fold.hasCased(item.point, item.point);
    return item.high > 0xffff || fold.hasCased(item.low, item.high);
  });
}
