import { countOf, gapsText } from '../core/log/deletedRows';
import type { EntryIndex } from '../core/log/entryIndex';
import { sessionCount } from '../core/log/sessions';
import { actionCount } from '../core/log/statistics';
import { asNumber } from './entryFacts';
import type { LogKind, LogSource } from './logSource';

/** What a log is, in short. Times are in milliseconds since 1970. */
export interface LogSummary {
  readonly kind: LogKind;
  readonly entries: number;
  /** The same without the attempts whose outcome is an entry of its own. */
  readonly actions: number;
  /** How many; the sessions themselves stay with who read them, for there may be hundreds of thousands. */
  readonly sessions: number;
  readonly from: number | null;
  readonly to: number | null;
  /** Rows that were deleted, and a sentence that says where. */
  readonly deleted: number;
  readonly deletedText: string | undefined;
  readonly warnings: readonly string[];
  /** Only the newest entries have been counted so far. */
  readonly isPart: boolean;
}

export function summaryOf({ kind, index, gaps, warnings }: LogSource): LogSummary {
  return {
    kind,
    entries: index.size,
    actions: actionCount(index),
    sessions: sessionCount(index),
    ...timesOf(index),
    deleted: asNumber(countOf(gaps)),
    deletedText: gapsText(gaps),
    warnings,
    isPart: false,
  };
}

/** What is known from the newest entries of a database, before all are read. */
export function partOf(index: EntryIndex): LogSummary {
  const facts = { kind: 'database', deleted: 0, deletedText: undefined, warnings: [], isPart: true } as const;
  return { ...facts, entries: index.size, actions: index.size, sessions: sessionCount(index), ...timesOf(index) };
}

function timesOf({ times, size }: EntryIndex): { readonly from: number | null; readonly to: number | null } {
  let from = Infinity;
  let to = -Infinity;
  for (let i = 0; i < size; i++) {
    if (times[i] < from) from = times[i];
    if (times[i] > to) to = times[i];
  }
  return from > to ? { from: null, to: null } : { from: from / 1000, to: to / 1000 };
}
