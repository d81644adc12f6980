import type { MatchPart } from '../policy';
import type { Texts } from './judgedPolicy';

/**
 * Something for each different action, as far as some parts of actions tell them apart. The texts are not put together for it, which
 * would take most of the time.
 */
export class Cases<T> {
  private root = new Map<string | null, unknown>();
  private size = 0;
  private readonly outer: readonly MatchPart[];
  private readonly last: MatchPart;

  /** @param most are kept. */
  constructor(
    parts: readonly [MatchPart, ...MatchPart[]],
    private readonly most: number,
  ) {
    this.outer = parts.slice(0, -1);
    this.last = parts.at(-1)!;
  }

  of(texts: Texts, make: () => T): T {
    const known = this.level(texts).get(texts[this.last]);
    if (known !== undefined) return known;
    const made = make();
    if (this.size++ >= this.most) {
      this.root = new Map();
      this.size = 1;
    }
    this.level(texts).set(texts[this.last], made);
    return made;
  }

  private level(texts: Texts): Map<string | null, T> {
    let map = this.root;
    for (const part of this.outer) {
      let next = map.get(texts[part]) as Map<string | null, unknown> | undefined;
      if (next === undefined) map.set(texts[part], (next = new Map<string | null, unknown>()));
      map = next;
    }
    return map as Map<string | null, T>;
  }
}
