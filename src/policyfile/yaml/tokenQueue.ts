import type { MarkKind, Token } from './tokens';

/** Tokens that were found and not yet taken, and how many were taken. */
export class TokenQueue {
  private readonly tokens: Token[] = [];
  private head = 0;
  /** Tokens that were taken. */
  taken = 0;

  get isEmpty(): boolean {
    return this.head === this.tokens.length;
  }

  /** The number that the next token to be found will have, counted from the start of the text. */
  get next(): number {
    return this.taken + this.tokens.length - this.head;
  }

  peek(): Token {
    return this.tokens[this.head];
  }

  add(token: Token): void {
    this.tokens.push(token);
  }

  /** Puts a mark of no length before a token that was found already. */
  insert(kind: MarkKind, at: number, before: number): void {
    this.tokens.splice(this.head + before - this.taken, 0, { kind, start: at, end: at });
  }

  drop(): void {
    this.taken++;
    if (++this.head < 1024) return;
    this.tokens.splice(0, this.head);
    this.head = 0;
  }
}
