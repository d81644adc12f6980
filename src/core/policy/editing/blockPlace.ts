import { enter, ITEM, NOWHERE, TOP, type Container, type Step } from './containers';
import { beginsBlockText, isEmptyLine, keyAt, shapeOf, type TextLines } from './textLines';

/** Where a line stands, by the indentation of those above it. */
export interface BlockPlace {
  readonly container: Container;
  /** Column of the dash of the item that the line is in; undefined where it is in none. */
  readonly dash: number | undefined;
  /** The line with the key whose value this is part of; -1 for the whole text. */
  readonly parent: number;
}

/**
 * Finds what holds a line: each line above that begins farther left holds what is below it.
 *
 * @param column where the line begins, behind its dashes
 * @returns undefined inside a text over several lines.
 */
export function blockPlace(
  lines: TextLines,
  line: number,
  column: number,
  dashes: readonly number[],
): BlockPlace | undefined {
  /** From the innermost. */
  const steps: Step[] = [];
  let [dash, parent]: [number | undefined, number] = [undefined, -1];
  let inner = column;
  // A list may stand in the column of its key.
  let mayBeEqual = false;
  const takeItems = (all: readonly number[]): void => {
    if (steps.length === 0) dash = all.at(-1);
    for (let i = 0; i < all.length; i++) steps.push(ITEM);
    inner = all[0];
    mayBeEqual = true;
  };
  if (dashes.length > 0) takeItems(dashes);
  for (let above = line - 1; above >= 0 && (inner > 0 || mayBeEqual); above--) {
    const text = lines.text(above);
    if (isEmptyLine(text)) continue;
    const shape = shapeOf(text);
    const isOuter = shape.column < inner || (mayBeEqual && shape.column === inner && shape.dashes.length === 0);
    if (isOuter) {
      if (beginsBlockText(shape.content)) return undefined;
      const key = keyAt(shape.content);
      // A closing bracket, or what is no YAML yet.
      if (key === undefined) continue;
      if (beginsBlockText(key.rest)) return undefined;
      // Behind a value nothing can be indented.
      if (key.rest !== '' && !/^[#&!]/.test(key.rest)) return NOT_KNOWN;
      if (parent === -1) parent = above;
      steps.push(key.key);
      inner = shape.column;
      mayBeEqual = false;
    }
    if (shape.dashes.length > 0 && (isOuter || shape.column === inner)) takeItems(shape.dashes);
  }
  return { container: steps.reduceRight(enter, TOP), dash, parent };
}

const NOT_KNOWN: BlockPlace = { container: NOWHERE, dash: undefined, parent: -1 };

/** The column of the items of a list that stands below a line; undefined where it has none. */
export function itemColumn(lines: TextLines, parent: number): number | undefined {
  for (let below = parent + 1; below < lines.count; below++) {
    const text = lines.text(below);
    if (!isEmptyLine(text)) return shapeOf(text).dashes[0];
  }
  return undefined;
}

/** Whether something stands below a key that begins in a column and is its value. */
export function hasBlockBelow(lines: TextLines, line: number, column: number): boolean {
  for (let below = line + 1; below < lines.count; below++) {
    const text = lines.text(below);
    if (isEmptyLine(text)) continue;
    const shape = shapeOf(text);
    // A list may stand in the column of its key.
    return shape.dashes.length > 0 ? shape.dashes[0] >= column : shape.column > column;
  }
  return false;
}

/** The line with the last key of the top level above a line, where nothing stands on that line itself behind the key. */
export function topKeyAbove(lines: TextLines, line: number): number | undefined {
  for (let above = line - 1; above >= 0; above--) {
    const text = lines.text(above);
    if (isEmptyLine(text)) continue;
    const { column, dashes, content } = shapeOf(text);
    if (column > 0 || dashes.length > 0) continue;
    return keyAt(content)?.rest === '' ? above : undefined;
  }
  return undefined;
}

/** Whether the next line with something in it begins no farther right than a column: what is held by that column ends here. */
export function endsBehind(lines: TextLines, line: number, column: number): boolean {
  for (let below = line + 1; below < lines.count; below++) {
    const text = lines.text(below);
    if (isEmptyLine(text)) continue;
    const shape = shapeOf(text);
    return (shape.dashes[0] ?? shape.column) <= column;
  }
  return true;
}

/** Keys of the mapping that a line belongs to, above and below it. */
export function siblingsOf(lines: TextLines, line: number, column: number, dashes: readonly number[]): Set<string> {
  const names = new Set<string>();
  if (dashes.length === 0) {
    for (let above = line - 1; above >= 0; above--) {
      const text = lines.text(above);
      if (isEmptyLine(text)) continue;
      const shape = shapeOf(text);
      if (shape.column < column) break;
      if (shape.column === column) addKey(names, shape.content);
      if (shape.dashes.some((dash) => dash < column)) break;
    }
  }
  for (let below = line + 1; below < lines.count; below++) {
    const text = lines.text(below);
    if (isEmptyLine(text)) continue;
    const shape = shapeOf(text);
    // A list may stand in the column of its key.
    if (shape.column < column || shape.dashes.some((dash) => dash < column)) break;
    if (shape.column === column) addKey(names, shape.content);
  }
  return names;
}

function addKey(names: Set<string>, content: string): void {
  const key = keyAt(content);
  if (key !== undefined) names.add(key.key);
}
