import type { EntryIndex } from '../core/log/entryIndex';
import { compileFilter } from '../core/log/filter/compileFilter';
import { YES } from '../core/log/filter/condition';
import type { Filter } from '../core/log/filter/filter';
import { countBefore, firstInOrder, type SessionOrder } from '../core/log/sessionOrder';
import { SessionTable, type Session } from '../core/log/sessions';
import type { LogSource } from './logSource';

/** A stretch of the sessions of a log in an order. */
export interface ListedSessions {
  readonly sessions: Session[];
  /** How many there are of them, with those that were not asked for. */
  readonly total: number;
}

/** The sessions of logs. Those of a whole log are counted once; what is asked for again and again is taken from there. */
export class SessionLists {
  private readonly whole = new WeakMap<LogSource | EntryIndex, SessionTable>();

  /** All sessions of a log. */
  of(source: LogSource): SessionTable {
    return this.counted(source, source.index);
  }

  /**
   * The sessions of a part of a log.
   *
   * @returns undefined where only the content of entries tells what the filter lets through, which a part does not have.
   */
  ofPart(index: EntryIndex, filter: Filter): SessionTable | undefined {
    if (filter.terms.length === 0) return this.counted(index, index);
    const { needsContent, judge } = compileFilter(filter, index);
    if (needsContent) return undefined;
    const states = judge(0, index.size);
    return new SessionTable(
      index,
      Uint32Array.from(states.keys()).filter((position) => states[position] === YES),
    );
  }

  private counted(owner: LogSource | EntryIndex, index: EntryIndex): SessionTable {
    const known = this.whole.get(owner);
    if (known !== undefined) return known;
    const table = new SessionTable(index);
    this.whole.set(owner, table);
    return table;
  }
}

/** Sessions from the `from`-th to before the `to`-th in an order. */
export function listedSessions(table: SessionTable, order: SessionOrder, from: number, to: number): ListedSessions {
  return { sessions: table.at(firstInOrder(table, order, to).subarray(from)), total: table.size };
}

/** undefined where there is none of that id. */
export function sessionOf(table: SessionTable, id: string | null): Session | undefined {
  const place = table.placeOf(id);
  return place === undefined ? undefined : table.at(Uint32Array.of(place))[0];
}

/** How many sessions stand before one; null where that is none of them. */
export function sessionsBefore(table: SessionTable, order: SessionOrder, id: string | null): number | null {
  const place = table.placeOf(id);
  return place === undefined ? null : countBefore(table, order, place);
}
