import type { JsonNode } from '../../../shared/timeline';

/** A piece of JSON as a row of a tree. */
export interface JsonRow {
  /** Indices on the way to it, joined by points. */
  readonly path: string;
  readonly node: JsonNode;
  /** From 1. */
  readonly level: number;
  /** Its place among its siblings, from 1, and how many they are. */
  readonly position: number;
  readonly siblings: number;
  readonly isContainer: boolean;
  readonly isOpen: boolean;
}

/** Levels that are open at first, and how many members what is open at first may have. */
const OPEN_LEVELS = 2;
const MOST_OPEN = 50;

/** Paths of the containers that are open at first. */
export function openAtFirst(root: JsonNode): Set<string> {
  const open = new Set<string>();
  const visit = (node: JsonNode, path: string, level: number): void => {
    if (level > OPEN_LEVELS || node.children.length > MOST_OPEN) return;
    open.add(path);
    node.children.forEach((child, i) => isContainer(child) && visit(child, `${path}.${i}`, level + 1));
  };
  if (isContainer(root)) visit(root, '', 0);
  return open;
}

/** The rows that are in sight, top to bottom: the members of the root, or the root itself where it has none. */
export function jsonRows(root: JsonNode, open: ReadonlySet<string>): JsonRow[] {
  const rows: JsonRow[] = [];
  // With a stack of its own: the log decides how deep it is.
  const waiting: JsonRow[] = isContainer(root) ? members(root, '', 1, open) : [rowOf(root, '', 1, 1, 1, open)];
  waiting.reverse();
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    rows.push(row);
    if (row.isContainer && row.isOpen) waiting.push(...members(row.node, row.path, row.level + 1, open).reverse());
  }
  return rows;
}

function members(node: JsonNode, path: string, level: number, open: ReadonlySet<string>): JsonRow[] {
  return node.children.map((child, i) => rowOf(child, `${path}.${i}`, level, i + 1, node.children.length, open));
}

function rowOf(
  node: JsonNode,
  path: string,
  level: number,
  position: number,
  siblings: number,
  open: ReadonlySet<string>,
): JsonRow {
  return { path, node, level, position, siblings, isContainer: isContainer(node), isOpen: open.has(path) };
}

function isContainer(node: JsonNode): boolean {
  return node.children.length > 0;
}

/** The path of what the row is a member of; undefined for a member of the root. */
export function parentOf(path: string): string | undefined {
  const end = path.lastIndexOf('.');
  return end <= 0 ? undefined : path.slice(0, end);
}
