import type { MatchPart } from '../policy';

/** Whether a text of a history matches a pattern. Zero stands for what is not known yet. */
export const NO = 1;
export const YES = 2;
/** The text was not recorded. */
export const MISSING = 3;
export type Match = typeof NO | typeof YES | typeof MISSING;

/** The column of patterns of which nothing is kept: it stays empty. */
export const NOT_KEPT = 0;
const FIRST = 1;

/** Bytes of answers about one part of actions. */
const MOST_BYTES = 32 << 20;

/**
 * Which texts of a history match which patterns, as it turned out so far. While a policy is edited the same patterns are held against the
 * same texts again and again; this remembers the answers from one text of the policy to the next. Of one history only: the numbers are
 * those of its texts.
 */
export class PatternAnswers {
  private readonly tables: Readonly<Record<MatchPart, AnswerTable>> = {
    type: new AnswerTable(),
    target: new AnswerTable(),
    agent: new AnswerTable(),
  };

  /**
   * The answers of some patterns that are in use together.
   *
   * @param patterns as they are written.
   * @param count numbers of texts are below it.
   */
  of(part: MatchPart, patterns: ReadonlySet<string>, count: number): Answers {
    return this.tables[part].of(patterns, count);
  }
}

/** A row for each text, in it a byte for each pattern: a text is held against one after the other. */
export interface Answers {
  readonly table: Uint8Array;
  /** Bytes of a row. */
  readonly stride: number;
  readonly columns: ReadonlyMap<string, number>;
}

class AnswerTable {
  private answers: Answers & { readonly columns: Map<string, number> } = NOTHING;
  private count = 0;

  of(patterns: ReadonlySet<string>, count: number): Answers {
    const { columns, stride } = this.answers;
    let more = 0;
    for (const pattern of patterns) if (!columns.has(pattern)) more++;
    if (count !== this.count || FIRST + columns.size + more > stride) this.answers = this.made(patterns, count);
    const { answers } = this;
    for (const pattern of patterns) {
      const column = FIRST + answers.columns.size;
      if (column >= answers.stride) break;
      if (!answers.columns.has(pattern)) answers.columns.set(pattern, column);
    }
    this.count = count;
    return answers;
  }

  /** A new table, with the answers of the old one that are of use. */
  private made(patterns: ReadonlySet<string>, count: number): typeof this.answers {
    const room = FIRST + Math.ceil(patterns.size * 1.25) + 16;
    const stride = Math.min(room, Math.floor(MOST_BYTES / Math.max(1, count)));
    if (stride <= FIRST) return NOTHING;
    const old = this.answers;
    const kept = count !== this.count ? [] : [...patterns].filter((pattern) => old.columns.has(pattern));
    const columns = new Map(kept.slice(0, stride - FIRST).map((pattern, i) => [pattern, FIRST + i]));
    const from = Int32Array.from(columns.keys(), (pattern) => old.columns.get(pattern)!);
    const table = new Uint8Array(count * stride);
    for (let number = 0; number < count; number++) {
      const [row, oldRow] = [number * stride, number * old.stride];
      for (let i = 0; i < from.length; i++) table[row + FIRST + i] = old.table[oldRow + from[i]];
    }
    return { table, stride, columns };
  }
}

const NOTHING = { table: new Uint8Array(0), stride: 0, columns: new Map<string, number>() };
