import type { Glob, GlobToken } from '../../glob';

/** A pattern with what is asked of it again and again. Of patterns that are written alike there is one. */
export interface Shape {
  readonly id: number;
  readonly glob: Glob;
  /** The one text that it matches; undefined where it has anything but literal characters. */
  readonly text: readonly number[] | undefined;
  readonly isEverything: boolean;
  /** The literal characters that everything begins with that it matches. */
  readonly prefix: readonly number[];
}

/** The patterns of one policy. */
export class Shapes {
  private readonly byKey = new Map<string, Shape>();
  private readonly byGlob = new Map<Glob, Shape>();

  shapeOf(glob: Glob): Shape {
    let shape = this.byGlob.get(glob);
    if (shape === undefined) this.byGlob.set(glob, (shape = this.made(glob)));
    return shape;
  }

  private made(glob: Glob): Shape {
    const key = glob.tokens.map(tokenKey).join(' ');
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const { tokens } = glob;
    const prefix: number[] = [];
    for (const token of tokens) {
      if (token.kind !== 'literal') break;
      prefix.push(token.point);
    }
    const shape: Shape = {
      id: this.byKey.size,
      glob,
      text: prefix.length === tokens.length ? prefix : undefined,
      isEverything: tokens.length === 1 && tokens[0].kind === 'run',
      prefix,
    };
    this.byKey.set(key, shape);
    return shape;
  }
}

function tokenKey(token: GlobToken): string {
  switch (token.kind) {
    case 'literal':
      return String(token.point);
    case 'any':
      return '?';
    case 'run':
      return '*';
    case 'set':
      return `${token.isNegated ? '!' : '='}${token.ranges.map((range) => range.join('-')).join()}`;
  }
}

/** Whether no text can match both, as far as their first characters tell. */
export function startDifferently(a: Shape, b: Shape): boolean {
  const [shorter, longer] = a.prefix.length < b.prefix.length ? [a, b] : [b, a];
  if (shorter.text !== undefined && shorter.prefix.length < longer.prefix.length) return true;
  return shorter.prefix.some((point, i) => longer.prefix[i] !== point);
}
