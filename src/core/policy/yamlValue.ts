import { keyIdentity } from './yamlKeys';
import type { MappingNode, PyMapping, PyValue, YamlNode } from './yamlTree';

/** Values of nodes that were made already: what an alias names is made once. */
export type ValueMemory = Map<YamlNode, PyValue>;

/** The value that the loader has for a node. Nodes that stand in several places give one value, which stands there, too. */
export function pyValueOf(node: YamlNode, memory: ValueMemory = new Map()): PyValue {
  if (node.kind === 'scalar') return node.value;
  const known = memory.get(node);
  if (known !== undefined) return known;
  const value = node.kind === 'sequence' ? node.items.map((item) => pyValueOf(item, memory)) : mappingOf(node, memory);
  memory.set(node, value);
  return value;
}

/** A key keeps its first place and spelling, and has its last value. */
function mappingOf({ entries }: MappingNode, memory: ValueMemory): PyMapping {
  const byKey = new Map<string, readonly [PyValue, PyValue]>();
  for (const { key, value } of entries) {
    const keyValue = pyValueOf(key, memory);
    const identity = keyIdentity(keyValue);
    if (identity === undefined) continue;
    byKey.set(identity, [byKey.get(identity)?.[0] ?? keyValue, pyValueOf(value, memory)]);
  }
  return { kind: 'mapping', entries: [...byKey.values()] };
}
