import { parseSetEscape } from './escapes';
import type { PatternReader } from './patternReader';
import type { SetItem, Unit } from './syntax';

/** Reads a set after its `[` to behind its `]`. */
export function parseSet(reader: PatternReader): Unit {
  const start = reader.position - 1;
  const items: SetItem[] = [];
  const isNegated = reader.match('^');
  for (;;) {
    const token = takeOf(reader, start);
    // Right at the start it is a character like others.
    if (token === ']' && items.length > 0) break;
    const item = itemOf(reader, token);
    if (!reader.match('-')) {
      items.push(item);
      continue;
    }
    const end = takeOf(reader, start);
    if (end === ']') {
      items.push(item, { op: 'literal', point: 0x2d });
      break;
    }
    items.push(rangeOf(reader, item, itemOf(reader, end), `${token}-${end}`));
  }
  const distinct = distinctItems(items);
  const [only] = distinct;
  if (distinct.length === 1 && only.op === 'literal') return { op: 'literal', point: only.point, isNegated };
  return { op: 'set', items: distinct, isNegated };
}

function takeOf(reader: PatternReader, start: number): string {
  const token = reader.get();
  if (token === undefined) throw reader.problem('unterminated character set', reader.position - start);
  return token;
}

function itemOf(reader: PatternReader, token: string): SetItem {
  if (token.startsWith('\\')) return parseSetEscape(reader, token);
  return { op: 'literal', point: token.codePointAt(0)! };
}

function rangeOf(reader: PatternReader, low: SetItem, high: SetItem, written: string): SetItem {
  if (low.op !== 'literal' || high.op !== 'literal' || high.point < low.point)
    throw reader.problem(`bad character range ${written}`, Array.from(written).length);
  return { op: 'range', low: low.point, high: high.point };
}

export function distinctItems(items: readonly SetItem[]): SetItem[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

/** Equal for equal items. */
export function keyOf(item: SetItem): string {
  switch (item.op) {
    case 'literal':
      return `${item.point}`;
    case 'range':
      return `${item.low}-${item.high}`;
    case 'class':
      return item.isNegated ? `not ${item.name}` : item.name;
  }
}
