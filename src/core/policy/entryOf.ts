import type { MappingEntry, MappingNode, PyValue } from './yamlTree';

/** The member of a mapping that the loader keeps under a name; undefined where there is none. */
export function entryOf(mapping: MappingNode, name: string): MappingEntry | undefined {
  const { entries } = mapping;
  if (entries.length > MOST_SEARCHED) return indexOf(mapping).get(name);
  return entries.findLast(({ key, isOverwritten }) => !isOverwritten && key.kind === 'scalar' && key.value === name);
}

/** A larger mapping gets an index: aliases can put it in thousands of places, and each asks it for its names. */
const MOST_SEARCHED = 40;

const indexes = new WeakMap<MappingNode, ReadonlyMap<PyValue, MappingEntry>>();

function indexOf(mapping: MappingNode): ReadonlyMap<PyValue, MappingEntry> {
  let index = indexes.get(mapping);
  if (index === undefined) {
    const kept = mapping.entries.filter(({ isOverwritten }) => !isOverwritten);
    index = new Map(kept.flatMap((entry) => (entry.key.kind === 'scalar' ? [[entry.key.value, entry]] : [])));
    indexes.set(mapping, index);
  }
  return index;
}
