import { countOf } from '../core/log/deletedRows';
import type { EntryIndex, Indexed } from '../core/log/entryIndex';
import { outcomeAt, type Outcome } from '../core/log/outcomes';
import type { LogView } from './logView';

/** An entry, as far as a list shows it. */
export interface EntryFacts {
  /** Row id or line number, in decimal. */
  readonly key: string;
  readonly timestamp: string;
  /** Milliseconds since 1970; null where the timestamp is no time. */
  readonly at: number | null;
  readonly session: string | null;
  readonly type: string;
  readonly target: string;
  readonly risk: string;
  readonly approval: string;
  readonly status: string | null;
  /** What is known of how it ended. */
  readonly outcome: Outcome;
  readonly rule: string | null;
  readonly human: string | null;
  readonly agent: string | null;
  readonly depth: number | null;
  /** A text is longer than what is here. */
  readonly cut: boolean;
}

export type ListRowFacts =
  | ({ readonly kind: 'entry' } & EntryFacts)
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly agent: string | null;
      readonly depth: number;
      readonly parent: string | null;
      readonly count: number;
      readonly closed: boolean;
    }
  | { readonly kind: 'gap'; readonly count: number; readonly from: string; readonly to: string };

/** Characters of a text that a list gets. */
const MOST_TEXT = 300;

export function entryFacts(index: EntryIndex, position: number): EntryFacts {
  let cut = false;
  const text = (column: Indexed): string | null => {
    const value = index.text(position, column);
    if (value === null || value.length <= MOST_TEXT) return value;
    cut = true;
    return value.slice(0, MOST_TEXT);
  };
  const time = index.times[position];
  const depth = index.depths[position];
  const facts = {
    key: index.key(position),
    timestamp: index.timestamp(position).slice(0, MOST_TEXT),
    at: Number.isNaN(time) ? null : time / 1000,
    session: text('session'),
    type: text('type') ?? '',
    target: text('target') ?? '',
    risk: text('risk') ?? '',
    approval: text('approval') ?? '',
    status: text('status'),
    outcome: outcomeAt(index, position),
    rule: text('rule'),
    human: text('human'),
    agent: text('agent'),
    depth: depth < 0 ? null : depth,
  };
  return { ...facts, cut };
}

/** A line of a view's list. */
export function listRowOf(view: LogView, i: number): ListRowFacts {
  const row = view.row(i)!;
  switch (row.kind) {
    case 'entry':
      return { kind: 'entry', ...entryFacts(view.source.index, row.position) };
    case 'group': {
      const { id, agent, depth, parent, positions } = row.group;
      return { kind: 'group', id, agent, depth, parent, count: positions.length, closed: row.closed };
    }
    case 'gap': {
      const { from, to } = row.gap;
      return { kind: 'gap', count: asNumber(countOf([row.gap])), from: String(from), to: String(to) };
    }
  }
}

/** A count that is beyond exact numbers is one that nobody counts. */
export function asNumber(count: bigint): number {
  return count > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(count);
}
