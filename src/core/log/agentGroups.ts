import type { EntryIndex } from './entryIndex';

/** The entries of one agent. */
export interface AgentGroup {
  /** Tells it from the others, over time. */
  readonly id: string;
  /** null: no agent was recorded. */
  readonly agent: string | null;
  /** How deep in the delegation: as recorded, else one deeper than who delegated to it. */
  readonly depth: number;
  /** Who delegated to it, where all of its entries that name somebody name the same. */
  readonly parent: string | null;
  readonly positions: Uint32Array;
}

/** Deeper than this nobody delegates; a log may state anything. */
const DEEPEST = 50;

/** Groups entries by agent: who delegated stands above those it delegated to, else in the order of first entries. */
export function agentGroupsOf(index: EntryIndex, positions: Uint32Array): AgentGroup[] {
  const { agent, parent } = index.columns;
  const found = new Map<number, Gathering>();
  for (const position of positions) {
    const id = agent.ids[position];
    let group = found.get(id);
    if (group === undefined) found.set(id, (group = new Gathering()));
    group.add(position, parent.dictionary.values[parent.ids[position]], index.depths[position]);
  }
  const groups = new Map<string | null, Gathering>();
  for (const [id, group] of found) groups.set(agent.dictionary.values[id], group);
  return inOrderOfDelegation(groups);
}

class Gathering {
  readonly positions: number[] = [];
  private readonly parents = new Set<string>();
  depth = -1;

  add(position: number, parent: string | null, depth: number): void {
    this.positions.push(position);
    if (parent !== null) this.parents.add(parent);
    if (depth >= 0 && (this.depth === -1 || depth < this.depth)) this.depth = depth;
  }

  get parent(): string | null {
    return this.parents.size === 1 ? [...this.parents][0] : null;
  }
}

function inOrderOfDelegation(groups: ReadonlyMap<string | null, Gathering>): AgentGroup[] {
  const children = new Map<string, (string | null)[]>();
  const roots: (string | null)[] = [];
  for (const [agent, { parent }] of groups) {
    if (parent === null || parent === agent || !groups.has(parent)) {
      roots.push(agent);
      continue;
    }
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [agent]);
    else siblings.push(agent);
  }
  const ordered: AgentGroup[] = [];
  const done = new Set<string | null>();
  const visit = (start: string | null, startDepth: number): void => {
    const stack: [agent: string | null, depth: number][] = [[start, startDepth]];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const [agent, depth] = next;
      if (done.has(agent)) continue;
      done.add(agent);
      const group = groups.get(agent)!;
      const shown = Math.min(DEEPEST, group.depth >= 0 ? group.depth : depth);
      ordered.push({
        id: agent === null ? 'none' : `agent ${agent}`,
        agent,
        depth: shown,
        parent: group.parent,
        positions: Uint32Array.from(group.positions),
      });
      if (agent !== null) {
        for (const child of (children.get(agent) ?? []).toReversed()) stack.push([child, shown + 1]);
      }
    }
  };
  for (const root of roots) visit(root, 0);
  // Those that delegated to each other in a circle have no root.
  for (const agent of groups.keys()) visit(agent, 0);
  return ordered;
}
