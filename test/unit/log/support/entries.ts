import { EntryIndex, INDEXED, type Indexed } from '../../../../src/core/log/entryIndex';
import type { EntryContent } from '../../../../src/core/log/filter/filter';

/** An entry as a test writes it: what is left out was not recorded. */
export type Recorded = Partial<Record<Indexed, string | null>> &
  Partial<EntryContent> & {
    readonly key?: number | bigint;
    readonly timestamp?: string;
    readonly depth?: number;
  };

export function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** The index of some entries. Those without a key are numbered from 1 on. */
export function indexOf(entries: readonly Recorded[]): EntryIndex {
  const index = new EntryIndex(decode);
  entries.forEach((entry, i) => addTo(index, entry, i + 1));
  return index;
}

export function addTo(index: EntryIndex, entry: Recorded, key: number): number {
  const position = index.add(entry.key ?? key);
  for (const column of INDEXED) {
    const { dictionary } = index.columns[column];
    const value = entry[column] ?? null;
    index.set(position, column, value === null ? dictionary.idOfNothing() : dictionary.idOfText(value));
  }
  if (entry.timestamp !== undefined) index.setTimestamp(position, entry.timestamp);
  if (entry.depth !== undefined) index.depths[position] = entry.depth;
  return position;
}

export function contentOf({ params, description, data, error }: Recorded): EntryContent {
  return { params: params ?? null, description: description ?? null, data: data ?? null, error: error ?? null };
}
