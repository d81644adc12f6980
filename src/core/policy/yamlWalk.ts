import type { YamlNode } from './yamlTree';

/**
 * Visits each node below and including `root` once, each before what it holds, in the order of the text. Aliases let a small file stand
 * for more nodes than could ever be visited, so walk a tree of somebody else's only with this or to a depth that is known.
 *
 * @param visit returns false where nothing below the node is of interest.
 */
export function walkYaml(root: YamlNode, visit: (node: YamlNode) => boolean | undefined): void {
  const seen = new Set<YamlNode>();
  const waiting: YamlNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (visit(node) === false) continue;
    const below = childrenOf(node);
    for (let i = below.length - 1; i >= 0; i--) waiting.push(below[i]);
  }
}

function childrenOf(node: YamlNode): readonly YamlNode[] {
  switch (node.kind) {
    case 'scalar':
      return [];
    case 'sequence':
      return node.items;
    case 'mapping':
      return node.entries.flatMap(({ key, value }) => [key, value]);
  }
}
