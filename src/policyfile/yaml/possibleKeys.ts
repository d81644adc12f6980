import type { Cursor } from './cursor';
import { YamlFault, problemAt } from './fault';

/** A place where a key may have begun: only a colon behind it tells. */
export interface PossibleKey {
  /** How many brackets it is in. There is at most one for each level. */
  readonly level: number;
  /** Of its first token, counted from the start of the text. */
  readonly token: number;
  /** Nothing else can stand there. */
  readonly isRequired: boolean;
  /** In characters. */
  readonly index: number;
  readonly line: number;
  readonly column: number;
  readonly at: number;
}

/** A key without `?` is on one line and has at most so many characters before its colon. */
const MOST_CHARACTERS = 1024;

/** The places that are not decided yet, by rising level, which is their order in the text. */
export class PossibleKeys {
  /** Those from `first` on and before `behind`: to shorten an array for each would take most of the time of a scan. */
  private readonly keys: PossibleKey[] = [];
  private first = 0;
  private behind = 0;

  constructor(private readonly cursor: Cursor) {}

  /** The number of the token that waits for a decision. */
  firstToken(): number | undefined {
    return this.first < this.behind ? this.keys[this.first].token : undefined;
  }

  /** Gives up those that the cursor has left too far behind. */
  dropStale(): void {
    for (; this.first < this.behind; this.first++) {
      const key = this.keys[this.first];
      if (key.line === this.cursor.line && this.cursor.index - key.index <= MOST_CHARACTERS) return;
      if (key.isRequired) throw this.missingColon(key);
    }
    this.clear();
  }

  add(key: PossibleKey): void {
    this.drop(key.level);
    this.keys[this.behind++] = key;
  }

  /** Gives up the one of a level. */
  drop(level: number): void {
    const key = this.take(level);
    if (key?.isRequired === true) throw this.missingColon(key);
  }

  /** The one of a level, which is one no more. */
  take(level: number): PossibleKey | undefined {
    if (this.first === this.behind || this.keys[this.behind - 1].level !== level) return undefined;
    return this.keys[--this.behind];
  }

  clear(): void {
    this.first = this.behind = 0;
  }

  private missingColon(key: PossibleKey): YamlFault {
    const message =
      'This stands where a key must be, and there is no colon behind it on its line. Write the colon and a space behind it, ' +
      'or indent the line further if it goes on with the value above.';
    return new YamlFault(problemAt(key.at, this.cursor.lineEnd(key.at), message), key.at, key.at);
  }
}
