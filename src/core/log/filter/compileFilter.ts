import type { EntryIndex, Indexed } from '../entryIndex';
import { ColumnCondition } from './columnCondition';
import { FoldedContent, YES, type Condition } from './condition';
import { ContentCondition, HasCondition } from './contentConditions';
import type { Filter, Term, EntryContent } from './filter';
import { NumberCondition, TimeCondition } from './numberConditions';
import { OutcomeCondition } from './outcomeCondition';
import { TextCondition } from './textCondition';

/**
 * A filter made ready for a log. The log may grow; what was learnt of its values is kept, so a filter should be compiled once
 * for all that is asked of it.
 */
export interface CompiledFilter {
  /** Whether there can be an entry of which only its content tells. */
  readonly needsContent: boolean;
  /** Whether an entry matches, as far as the index tells; undefined where its content must be looked at. */
  readonly byIndex: (position: number) => boolean | undefined;
  readonly byContent: (position: number, content: EntryContent) => boolean;
  /** What `byIndex` says of the entries from `from` to before `to`, and a good deal faster: NO, UNDECIDED or YES of each. */
  readonly judge: (from: number, to: number) => Uint8Array;
}

export function compileFilter(filter: Filter, index: EntryIndex): CompiledFilter {
  const conditions = conditionsOf(filter, index);
  return {
    needsContent: conditions.some(({ needsContent }) => needsContent),
    byIndex(position) {
      let isDecided = true;
      for (const condition of conditions) {
        const answer = condition.byIndex(position);
        if (answer === false) return false;
        isDecided &&= answer === true;
      }
      return isDecided ? true : undefined;
    },
    byContent(position, content) {
      const folded = new FoldedContent(content);
      return conditions.every((condition) => condition.byContent(position, folded));
    },
    judge(from, to) {
      const known = new Uint8Array(to - from).fill(YES);
      for (const condition of conditions) condition.lower(known, from);
      return known;
    },
  };
}

/** The cheapest first: each leaves fewer entries to the next. */
function conditionsOf({ terms }: Filter, index: EntryIndex): Condition[] {
  const ofKind = <K extends Term['kind']>(kind: K): Extract<Term, { kind: K }>[] =>
    terms.filter((term): term is Extract<Term, { kind: K }> => term.kind === kind);
  const columns = new Map<Indexed, Extract<Term, { kind: 'column' }>[]>();
  for (const term of ofKind('column')) columns.set(term.column, [...(columns.get(term.column) ?? []), term]);
  const texts = ofKind('text');
  return [
    ...[...columns].map(([name, asked]) => new ColumnCondition(index, name, asked)).sort((a, b) => a.values - b.values),
    ...ofKind('outcome').map((term) => new OutcomeCondition(index, term)),
    ...ofKind('time').map((term) => new TimeCondition(index, term)),
    ...ofKind('number').map((term) => new NumberCondition(index, term)),
    ...ofKind('has').map((term) => new HasCondition(index, term)),
    ...(texts.length === 0 ? [] : [new TextCondition(index, texts)]),
    ...ofKind('content').map((term) => new ContentCondition(term)),
  ];
}
