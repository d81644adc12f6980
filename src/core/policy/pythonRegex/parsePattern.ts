import { joinAlternatives } from './alternatives';
import { parseEscape } from './escapes';
import { Flag } from './flags';
import { parseGroupOpening, type GroupOpening } from './groupOpening';
import { Groups } from './groups';
import { parseSet } from './parseSet';
import { InvalidPattern } from './patternProblem';
import { PatternReader } from './patternReader';
import { isQuantifierStart, parseCount, type Count } from './quantifier';
import { MAX_CALLS, tooDeep } from './recursion';
import { isPlainGroup, Sequence, type Node } from './syntax';

export interface ParsedPattern {
  readonly sequence: Sequence;
  /** Those of the whole pattern. */
  readonly flags: number;
  /** One more than the highest number of a group. */
  readonly groupCount: number;
}

/** Where an alternation or a sequence stands. */
interface Context {
  readonly isVerbose: boolean;
  /** How many calls deep Python's parser would be. */
  readonly calls: number;
}

/**
 * Reads a pattern as Python 3.11 does, refusing what it refuses in the order in which it does.
 *
 * Source: `_parse_sub`, `_parse` and `parse` of re/_parser.py.
 *
 * @throws InvalidPattern; UndecidedPattern where it names a character that is not known here.
 */
export function parsePattern(pattern: string): ParsedPattern {
  return new PatternParser(pattern).parse();
}

class PatternParser {
  private readonly reader: PatternReader;
  private readonly groups = new Groups();
  private flags = 0;

  constructor(pattern: string) {
    this.reader = new PatternReader(pattern);
  }

  parse(): ParsedPattern {
    const sequence = this.parseTop();
    if ((this.flags & Flag.ascii) === 0) this.flags |= Flag.unicode;
    else if ((this.flags & Flag.unicode) !== 0)
      throw InvalidPattern.near('ASCII and UNICODE flags are incompatible', 0, 'ValueError');
    if (this.reader.next !== undefined) throw this.reader.problem('unbalanced parenthesis');
    for (const [group, position] of this.groups.awaited)
      if (group >= this.groups.count) throw InvalidPattern.at(`invalid group reference ${group}`, position);
    return { sequence, flags: this.flags, groupCount: this.groups.count };
  }

  /** The alternatives that are in no group: global flags may stand at the start of the first. */
  private parseTop(): Sequence {
    const alternatives: Sequence[] = [];
    do {
      const context = { isVerbose: (this.flags & Flag.verbose) !== 0, calls: 2 };
      alternatives.push(this.parseSequence(context, alternatives.length === 0));
    } while (this.reader.match('|'));
    return joinAlternatives(alternatives);
  }

  private parseAlternation({ isVerbose, calls }: Context): Sequence {
    const alternatives: Sequence[] = [];
    do alternatives.push(this.parseSequence({ isVerbose, calls: calls + 2 }, false));
    while (this.reader.match('|'));
    return joinAlternatives(alternatives);
  }

  /** @param isFirst whether global flags may stand at its start */
  private parseSequence(context: Context, isFirst: boolean): Sequence {
    if (context.calls > MAX_CALLS) throw tooDeep(this.reader.position);
    const nodes: Node[] = [];
    let { isVerbose } = context;
    for (;;) {
      const token = this.reader.next;
      if (token === undefined || token === '|' || token === ')') break;
      const at = this.reader.position;
      this.reader.get();
      if (isVerbose && this.skipVerbose(token)) continue;
      if (isQuantifierStart(token)) this.parseQuantifier(token, nodes, at);
      else if (token === '(') {
        const opening = parseGroupOpening(this.reader, this.groups, at);
        if (opening.op !== 'flags') this.parseGroup(opening, nodes, at, { isVerbose, calls: context.calls });
        else {
          this.flags |= opening.change.add;
          if (!isFirst || nodes.length > 0)
            throw this.reader.problem('global flags not at the start of the expression', this.reader.position - at);
          isVerbose = (this.flags & Flag.verbose) !== 0;
        }
      } else nodes.push(this.parseItem(token));
    }
    return new Sequence(withoutPlainGroups(nodes));
  }

  /** White space and comments, which mean nothing in a verbose pattern. */
  private skipVerbose(token: string): boolean {
    if (token === '#') {
      let skipped: string | undefined;
      do skipped = this.reader.get();
      while (skipped !== undefined && skipped !== '\n');
      return true;
    }
    return token.length === 1 && ' \t\n\r\v\f'.includes(token);
  }

  private parseItem(token: string): Node {
    if (token.startsWith('\\')) return parseEscape(this.reader, token, this.groups);
    if (token === '[') return parseSet(this.reader);
    if (token === '.') return { op: 'any' };
    if (token === '^') return { op: 'at', place: 'start' };
    if (token === '$') return { op: 'at', place: 'end' };
    return { op: 'literal', point: token.codePointAt(0)!, isNegated: false };
  }

  private parseQuantifier(token: string, nodes: Node[], at: number): void {
    const count = parseCount(this.reader, token);
    if (count === undefined) {
      nodes.push({ op: 'literal', point: token.codePointAt(0)!, isNegated: false });
      return;
    }
    const last = nodes.at(-1);
    if (last === undefined || last.op === 'at')
      throw this.reader.problem('nothing to repeat', this.reader.position - at);
    if (last.op === 'repeat') throw this.reader.problem('multiple repeat', this.reader.position - at);
    nodes[nodes.length - 1] = this.repeated(last, count, at);
  }

  private repeated(node: Node, { min, max }: Count, at: number): Node {
    const body = isPlainGroup(node) ? node.body : new Sequence([node]);
    const kind = this.reader.match('?') ? 'lazy' : this.reader.match('+') ? 'possessive' : 'greedy';
    return { op: 'repeat', kind, min, max, body, at };
  }

  private parseGroup(
    opening: Exclude<GroupOpening, { op: 'flags' }>,
    nodes: Node[],
    at: number,
    context: Context,
  ): void {
    switch (opening.op) {
      case 'comment':
        return;
      case 'reference':
        nodes.push(opening.node);
        return;
      case 'look':
        nodes.push(this.parseLook(opening, at, context));
        return;
      case 'condition':
        nodes.push(this.parseCondition(opening.group, at, context));
        return;
      case 'atomic':
        nodes.push({ op: 'atomic', body: this.parseBody(at, context) });
        return;
      case 'capture': {
        const number = this.groups.open(opening.name, this.reader);
        const body = this.parseBody(at, context);
        this.groups.close(number, body.width);
        nodes.push({ op: 'group', number, add: 0, remove: 0, body });
        return;
      }
      case 'plain': {
        const { add, remove } = opening;
        const isVerbose = (context.isVerbose || (add & Flag.verbose) !== 0) && (remove & Flag.verbose) === 0;
        const body = this.parseBody(at, { ...context, isVerbose });
        nodes.push({ op: 'group', number: undefined, add, remove, body });
      }
    }
  }

  private parseLook(
    { isBehind, isNegated }: { isBehind: boolean; isNegated: boolean },
    at: number,
    context: Context,
  ): Node {
    const leave = isBehind ? this.groups.enterLookbehind() : undefined;
    const body = this.parseAlternation(context);
    leave?.();
    this.expectEnd(at);
    return { op: 'look', isBehind, isNegated, body, at };
  }

  private parseCondition(group: number, at: number, { isVerbose, calls }: Context): Node {
    const within = { isVerbose, calls: calls + 1 };
    const yes = this.parseSequence(within, false);
    const no = this.reader.match('|') ? this.parseSequence(within, false) : undefined;
    if (no !== undefined && this.reader.next === '|')
      throw this.reader.problem('conditional backref with more than two branches');
    this.expectEnd(at);
    return { op: 'condition', group, yes, no };
  }

  private parseBody(at: number, context: Context): Sequence {
    const body = this.parseAlternation(context);
    this.expectEnd(at);
    return body;
  }

  private expectEnd(start: number): void {
    if (!this.reader.match(')'))
      throw this.reader.problem('missing ), unterminated subpattern', this.reader.position - start);
  }
}

function withoutPlainGroups(nodes: readonly Node[]): Node[] {
  return nodes.some(isPlainGroup)
    ? nodes.flatMap((node) => (isPlainGroup(node) ? node.body.nodes : [node]))
    : [...nodes];
}
