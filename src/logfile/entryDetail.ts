import { quantity } from '../core/text/quantity';
import { visible } from '../core/text/visible';
import { jsonTree, type JsonNode } from '../core/log/jsonTree';
import type { Row, RowCell } from '../core/log/exportRows';
import { entryFacts, type EntryFacts } from './entryFacts';
import { LogError, type LogSource } from './logSource';

/** A value as it was recorded. */
export type FieldFacts =
  | { readonly kind: 'null' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly length: number; readonly damaged: boolean }
  | { readonly kind: 'bytes'; readonly text: string; readonly length: number };

/** All that was recorded of an entry. */
export interface DetailFacts {
  readonly key: string;
  readonly row: EntryFacts;
  readonly fields: readonly { readonly name: string; readonly value: FieldFacts }[];
  readonly trees: readonly { readonly name: string; readonly root: JsonNode; readonly cut: boolean }[];
  readonly remarks: readonly string[];
}

/** Characters of a field that are shown before somebody asks for all of it, and then. */
const MOST_SHOWN = 20_000;
const MOST_IN_FULL = 8 << 20;

/** Pieces of a tree that a page draws, and of all trees of an entry. */
const MOST_NODES = 2000;
const MOST_NODES_IN_ALL = 5000;

/** Fields of an entry that a page lists. The reference's have 18: what has more is none of its. */
const MOST_FIELDS = 300;

/** Characters of a field's name. */
const MOST_NAME = 300;

/** Beyond this a text is not taken apart: nobody reads a tree of it. */
const MOST_FOR_TREE = 4 << 20;

export function detailOf(source: LogSource, position: number): DetailFacts {
  const whole = source.row(position);
  const row = { columns: whole.columns.slice(0, MOST_FIELDS), cells: whole.cells.slice(0, MOST_FIELDS) };
  const fields = row.columns.map((name, i) => ({
    name: name.length <= MOST_NAME ? name : `${name.slice(0, MOST_NAME)}…`,
    value: valueOf(row.cells[i], MOST_SHOWN),
  }));
  const absent = source.lacking
    .filter((name) => !whole.columns.includes(name))
    .map((name) => ({ name, value: { kind: 'absent' as const } }));
  return {
    key: source.index.key(position),
    row: entryFacts(source.index, position),
    fields: [...fields, ...absent],
    trees: treesOf(row),
    remarks: [...moreRemarks(whole.columns.length - row.columns.length), ...remarksOf(source, position)],
  };
}

/** A field as far as it can be shown at all. */
export function fieldInFull(source: LogSource, position: number, name: string): FieldFacts {
  const row = source.row(position);
  const column = row.columns.lastIndexOf(name);
  if (column === -1) throw new LogError(`The entry has no field ${visible(name, 60)}.`, 'missing');
  return valueOf(row.cells[column], MOST_IN_FULL);
}

function valueOf(cell: RowCell, most: number): FieldFacts {
  switch (cell.kind) {
    case 'null':
      return { kind: 'null' };
    case 'integer':
      return { kind: 'number', text: cell.text };
    case 'real':
      return { kind: 'number', text: String(cell.value) };
    case 'text':
      return { kind: 'text', text: cell.text.slice(0, most), length: cell.text.length, damaged: !cell.valid };
    case 'json':
      return { kind: 'text', text: cell.text.slice(0, most), length: cell.text.length, damaged: false };
    case 'blob':
      return {
        kind: 'bytes',
        text: Buffer.from(cell.bytes.subarray(0, 256)).toString('hex'),
        length: cell.bytes.length,
      };
  }
}

/** Fields that hold an object or a list. */
function treesOf(row: Row): DetailFacts['trees'] {
  let left = MOST_NODES_IN_ALL;
  return row.columns.flatMap((name, i) => {
    const cell = row.cells[i];
    if ((cell.kind !== 'text' && cell.kind !== 'json') || cell.text.length > MOST_FOR_TREE || left === 0) return [];
    if (!/^\s*[[{]/.test(cell.text.slice(0, 100))) return [];
    const tree = jsonTree(cell.text, Math.min(MOST_NODES, left));
    if (tree === undefined) return [];
    left -= nodesIn(tree.root);
    return [{ name, ...tree }];
  });
}

/** A tree is never deeper than it is drawn. */
function nodesIn(node: JsonNode): number {
  return node.children.reduce((sum, child) => sum + nodesIn(child), 1);
}

function moreRemarks(more: number): string[] {
  if (more === 0) return [];
  return [`The entry has ${quantity(more, 'more field')} than are listed here: copying it as JSON gives all of them.`];
}

function remarksOf({ gaps, index }: LogSource, position: number): string[] {
  const remarks: string[] = [];
  const before = gaps.find((gap) => gap.before === position);
  const after = gaps.find((gap) => gap.before === position + 1);
  if (before !== undefined) remarks.push(`Rows right before this one were deleted: ${rangeText(before)}.`);
  if (after !== undefined) remarks.push(`Rows right after this one were deleted: ${rangeText(after)}.`);
  if (Number.isNaN(index.times[position])) remarks.push('The timestamp is no time that can be read.');
  return remarks;
}

function rangeText({ from, to }: { from: bigint; to: bigint }): string {
  return from === to ? `id ${from}` : `ids ${from} to ${to}`;
}
