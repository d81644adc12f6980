import type { MappingEntry, MappingNode } from './yamlTree';

/** The member of a mapping that the loader keeps under a name; undefined where there is none. */
export function entryOf({ entries }: MappingNode, name: string): MappingEntry | undefined {
  return entries.findLast(({ key, isOverwritten }) => !isOverwritten && key.kind === 'scalar' && key.value === name);
}
