import type { EntryIndex, Indexed } from '../entryIndex';
import { RISKS } from '../sessions';
import { Condition, NO } from './condition';
import { isNothing, type Term, type ValueTest } from './filter';
import { folded, partMatcher, wholeMatcher, type Matcher } from './textPattern';

/** What is known of a value. */
const [UNKNOWN, FAILS, PASSES] = [0, 1, 2];

/** All that a filter asks of one column. Each different value is judged once, when an entry that has it comes. */
export class ColumnCondition extends Condition {
  readonly needsContent = false;
  /** By number of the value. */
  private verdicts = new Uint8Array(0);
  private readonly terms: readonly ((value: string | null, text: string) => boolean)[];

  constructor(
    private readonly index: EntryIndex,
    private readonly name: Indexed,
    terms: readonly Extract<Term, { kind: 'column' }>[],
  ) {
    super();
    this.terms = terms.map(({ tests, isNegated }) => {
      const compiled = tests.map(compile);
      return (value, text) => compiled.some((holds) => holds(value, text)) !== isNegated;
    });
  }

  /** How many values may have to be judged. */
  get values(): number {
    return this.index.columns[this.name].dictionary.values.length;
  }

  byIndex(position: number): boolean {
    const id = this.index.columns[this.name].ids[position];
    const verdict = id < this.verdicts.length ? this.verdicts[id] : UNKNOWN;
    return (verdict === UNKNOWN ? this.judge(id) : verdict) === PASSES;
  }

  byContent(position: number): boolean {
    return this.byIndex(position);
  }

  override lower(known: Uint8Array, from: number): void {
    const { ids } = this.index.columns[this.name];
    this.makeRoom(this.values);
    const { verdicts } = this;
    for (let i = 0; i < known.length; i++) {
      if (known[i] === NO) continue;
      const id = ids[from + i];
      let verdict = verdicts[id];
      if (verdict === UNKNOWN) verdict = this.judge(id);
      if (verdict === FAILS) known[i] = NO;
    }
  }

  private judge(id: number): number {
    this.makeRoom(id + 1);
    const value = this.index.columns[this.name].dictionary.values[id] ?? null;
    const text = value === null ? '' : folded(value);
    return (this.verdicts[id] = this.terms.every((holds) => holds(value, text)) ? PASSES : FAILS);
  }

  private makeRoom(length: number): void {
    if (length <= this.verdicts.length) return;
    const longer = new Uint8Array(Math.max(length, this.verdicts.length * 2, 64));
    longer.set(this.verdicts);
    this.verdicts = longer;
  }
}

function compile(test: ValueTest): (value: string | null, text: string) => boolean {
  switch (test.kind) {
    case 'none':
      return isNothing;
    case 'whole':
      return recorded(wholeMatcher(test.pattern));
    case 'part':
      return recorded(partMatcher(test.pattern));
    case 'rank':
      return recorded((text) => {
        const rank = (RISKS as readonly string[]).indexOf(text);
        return rank !== -1 && rank >= test.from && rank <= test.to;
      });
  }
}

function recorded(matcher: Matcher): (value: string | null, text: string) => boolean {
  return (value, text) => value !== null && matcher(text);
}
