import type { EntryIndex, Indexed } from '../entryIndex';
import { RISKS } from '../sessions';
import type { EntryContent, Field } from './fields';
import { matchesGlob } from './glob';
import type { Filter, NumberRange, Pattern, Term } from './parse';

/** What the index alone says of an entry. */
export const NO = 0;
export const YES = 1;
/** Only the entry's content can tell. */
export const UNDECIDED = 2;

/** A filter made ready for one log. The log may grow meanwhile. */
export interface CompiledFilter {
  /** Whether the index can leave an entry undecided at all. */
  readonly needsContent: boolean;
  /** For the entries from `from` to before `to`: NO, YES or UNDECIDED. */
  readonly judge: (from: number, to: number) => Uint8Array;
  /** Decides an entry that was left undecided. */
  readonly byContent: (position: number, content: EntryContent) => boolean;
}

export function compileFilter(filter: Filter, index: EntryIndex): CompiledFilter {
  const terms = filter.terms.map((term) => compileTerm(term, index));
  return {
    needsContent: terms.some(({ content }) => content !== undefined),
    judge(from, to) {
      const states = new Uint8Array(to - from).fill(YES);
      for (const { narrow } of terms) narrow(states, from);
      return states;
    },
    byContent: (position, content) => terms.every((term) => term.holds(position, content)),
  };
}

interface CompiledTerm {
  /** Lowers each state to what this term says, where it says less. */
  readonly narrow: (states: Uint8Array, from: number) => void;
  readonly holds: (position: number, content: EntryContent) => boolean;
  /** The parts of the content that it looks at; undefined where the index is enough. */
  readonly content: readonly (keyof EntryContent)[] | undefined;
}

/** Where a bare word is looked for: in what a list shows first, then in the content. */
const TEXT_COLUMNS: readonly Indexed[] = ['type', 'target', 'rule', 'agent', 'session', 'status', 'human'];
const TEXT_CONTENT: readonly (keyof EntryContent)[] = ['params', 'description', 'data', 'error'];

function compileTerm({ negated, test }: Term, index: EntryIndex): CompiledTerm {
  switch (test.kind) {
    case 'patterns':
      return patternsTerm(test.field, test.patterns, negated, index);
    case 'ranks': {
      const inRange = (value: string | null): boolean => {
        const rank = value === null ? -1 : (RISKS as readonly string[]).indexOf(value.toLowerCase());
        return rank !== -1 && isIn(rank, test.ranges);
      };
      return columnsTerm(['risk'], inRange, negated, index);
    }
    case 'numbers': {
      const number = test.of === 'id' ? (i: number) => index.keyNumber(i) : (i: number) => index.depths[i];
      return entryTerm((i) => (test.of === 'depth' && number(i) < 0 ? false : isIn(number(i), test.ranges)), negated);
    }
    case 'times':
      // The time is compared as a number: NaN, which is no time, is in no stretch.
      return entryTerm(
        (i) => test.ranges.some(({ from, to }) => index.times[i] >= from && index.times[i] < to),
        negated,
      );
  }
}

function isIn(number: number, ranges: readonly NumberRange[]): boolean {
  return ranges.some(({ from, to }) => number >= from && number <= to);
}

function entryTerm(matches: (position: number) => boolean, negated: boolean): CompiledTerm {
  return {
    content: undefined,
    narrow(states, from) {
      for (let i = 0; i < states.length; i++) if (states[i] !== NO && matches(from + i) === negated) states[i] = NO;
    },
    holds: (position) => matches(position) !== negated,
  };
}

function patternsTerm(field: Field, patterns: readonly Pattern[], negated: boolean, index: EntryIndex): CompiledTerm {
  const matches = (value: string | null): boolean => matchesAny(value, patterns);
  if (field.kind === 'column') return columnsTerm([field.column], matches, negated, index);
  const columns = field.kind === 'text' ? TEXT_COLUMNS : [];
  const content = field.kind === 'content' ? field.of : TEXT_CONTENT;
  const indexed = columnsTerm(columns, matches, false, index);
  return {
    content,
    narrow(states, from) {
      const found = new Uint8Array(states.length).fill(YES);
      indexed.narrow(found, from);
      for (let i = 0; i < states.length; i++) {
        if (states[i] === NO) continue;
        if (found[i] === NO) states[i] = UNDECIDED;
        else if (negated) states[i] = NO;
      }
    },
    holds(position, entry) {
      return (indexed.holds(position, entry) || content.some((part) => matches(entry[part]))) !== negated;
    },
  };
}

/** Any of the columns matches. Each different value is looked at once, when it is first met. */
function columnsTerm(
  names: readonly Indexed[],
  matches: (value: string | null) => boolean,
  negated: boolean,
  index: EntryIndex,
): CompiledTerm {
  const columns = names.map((name) => {
    const column = index.columns[name];
    /** By value: 0 where it is not known yet, else NO + 1 or YES + 1. */
    let verdicts = new Uint8Array(Math.max(16, column.dictionary.values.length));
    return (position: number): boolean => {
      const id = column.ids[position];
      if (id >= verdicts.length) {
        const longer = new Uint8Array(Math.max(id + 1, verdicts.length * 2));
        longer.set(verdicts);
        verdicts = longer;
      }
      if (verdicts[id] === 0) verdicts[id] = matches(column.dictionary.values[id]) ? YES + 1 : NO + 1;
      return verdicts[id] === YES + 1;
    };
  });
  return columns.length === 1
    ? entryTerm(columns[0], negated)
    : entryTerm((position) => columns.some((column) => column(position)), negated);
}

function matchesAny(value: string | null, patterns: readonly Pattern[]): boolean {
  if (value === null) return patterns.some(({ kind }) => kind === 'none');
  const lower = value.toLowerCase();
  return patterns.some(({ kind, text }) => {
    switch (kind) {
      case 'none':
        return false;
      case 'equals':
        return lower === text;
      case 'contains':
        return lower.includes(text);
      case 'glob':
        // A text of a megabyte and a pattern of many stars would take long together.
        return matchesGlob(text, lower.slice(0, MOST_FOR_GLOB));
    }
  });
}

const MOST_FOR_GLOB = 20_000;
