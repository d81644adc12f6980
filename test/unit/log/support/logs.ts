import { EntryIndex, INDEXED, type Indexed } from '../../../../src/core/log/entryIndex';
import type { EntryContent } from '../../../../src/core/log/filter/filter';

/** An entry as a test describes it; what it leaves out was not recorded. */
export interface LogEntry extends Partial<Record<Indexed, string | null>>, Partial<EntryContent> {
  readonly key?: number | bigint;
  readonly timestamp?: string;
  readonly depth?: number;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** The entries under keys from 1 on, where they have none of their own. */
export function logOf(entries: readonly LogEntry[]): EntryIndex {
  const index = new EntryIndex(decode);
  addTo(index, entries);
  return index;
}

export function addTo(index: EntryIndex, entries: readonly LogEntry[]): void {
  for (const entry of entries) {
    const position = index.add(entry.key ?? index.size + 1);
    for (const column of INDEXED) {
      const value = entry[column] ?? null;
      const { dictionary } = index.columns[column];
      index.set(position, column, value === null ? dictionary.idOfNothing() : dictionary.idOfText(value));
    }
    if (entry.timestamp !== undefined) index.setTimestamp(position, entry.timestamp);
    if (entry.depth !== undefined) index.depths[position] = entry.depth;
  }
}

export function contentOf(entry: LogEntry): EntryContent {
  const { params = null, description = null, data = null, error = null } = entry;
  return { params, description, data, error };
}
