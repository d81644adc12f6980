import { parsePattern } from '../../pythonRegex/parsePattern';
import type { Node, Sequence, SetItem, Unit } from '../../pythonRegex/syntax';
import { nicestBetween } from './characters';

/** Examples are shown to people. */
const LONGEST_EXAMPLE = 200;

/**
 * Texts that a regular expression probably finds something in; what it looks around for is not heeded, so they are to be tried.
 *
 * @param pattern one that Python takes
 */
export function regexExamples(pattern: string): readonly string[] {
  try {
    const { sequence } = parsePattern(pattern);
    return [...new Set([1, 0].map((atLeast) => new Example(atLeast).of(sequence)))];
  } catch {
    return [];
  }
}

/** Takes the first way through a pattern. */
class Example {
  private readonly groups = new Map<number, string>();
  private length = 0;

  /** @param atLeast how often is repeated what may be left out */
  constructor(private readonly atLeast: number) {}

  of({ nodes }: Sequence): string {
    return nodes.map((node) => this.ofNode(node)).join('');
  }

  private ofNode(node: Node): string {
    switch (node.op) {
      case 'literal':
      case 'any':
      case 'set':
        this.length++;
        return String.fromCodePoint(unitPoint(node));
      case 'repeat': {
        const times = Math.min(Math.max(node.min, this.atLeast), node.max);
        let text = '';
        for (let i = 0; i < times && this.length < LONGEST_EXAMPLE; i++) text += this.of(node.body);
        return text;
      }
      case 'group': {
        const text = this.of(node.body);
        if (node.number !== undefined) this.groups.set(node.number, text);
        return text;
      }
      case 'atomic':
        return this.of(node.body);
      case 'branch':
        return this.of(node.alternatives[0]);
      case 'reference':
        return this.groups.get(node.group) ?? '';
      case 'condition':
        if (this.groups.has(node.group)) return this.of(node.yes);
        return node.no === undefined ? '' : this.of(node.no);
      case 'look':
        return node.isNegated ? '' : this.of(node.body);
      case 'at':
        return '';
    }
  }
}

const CODE = { a: 0x61, one: 0x31, space: 0x20 };

/** Tried where it is said which characters are not taken. */
const COMMON = Array.from('ab1 _-.\n\u00e9\u2603', (character) => character.codePointAt(0)!);

function unitPoint(unit: Unit): number {
  if (unit.op === 'any') return CODE.a;
  if (unit.op === 'literal') return unit.isNegated ? COMMON.find((point) => point !== unit.point)! : unit.point;
  if (!unit.isNegated) return itemPoint(unit.items[0]);
  return COMMON.find((point) => !unit.items.some((item) => isInItem(item, point))) ?? CODE.a;
}

function itemPoint(item: SetItem): number {
  switch (item.op) {
    case 'literal':
      return item.point;
    case 'range':
      return nicestBetween(item.low, item.high);
    case 'class':
      return COMMON.find((point) => isInItem(item, point))!;
  }
}

function isInItem(item: SetItem, point: number): boolean {
  switch (item.op) {
    case 'literal':
      return item.point === point;
    case 'range':
      return item.low <= point && point <= item.high;
    case 'class': {
      const of = { digit: /\d/, space: /\s/, word: /[\w\u00e9]/ }[item.name];
      return of.test(String.fromCodePoint(point)) !== item.isNegated;
    }
  }
}
