import type { EntryIndex } from '../entryIndex';
import { outcomeAt } from '../outcomes';
import { ColumnCondition } from './columnCondition';
import { Condition } from './condition';
import { isNothing, type Term } from './filter';

/** What a filter's term asks of an entry's status, and of the policy's decision where no status was recorded. */
export class OutcomeCondition extends Condition {
  readonly needsContent = false;
  private readonly recorded: ColumnCondition;
  private readonly without: readonly string[];
  private readonly isNegated: boolean;

  constructor(
    private readonly index: EntryIndex,
    { tests, without, isNegated }: Extract<Term, { kind: 'outcome' }>,
  ) {
    super();
    this.recorded = new ColumnCondition(index, 'status', [
      { kind: 'column', column: 'status', tests, isNegated: false },
    ]);
    this.without = without;
    this.isNegated = isNegated;
  }

  byIndex(position: number): boolean {
    return (this.recorded.byIndex(position) || this.isOneWithout(position)) !== this.isNegated;
  }

  byContent(position: number): boolean {
    return this.byIndex(position);
  }

  private isOneWithout(position: number): boolean {
    return isNothing(this.index.text(position, 'status')) && this.without.includes(outcomeAt(this.index, position));
  }
}
