import type { FilterProblem } from './filter';
import { ANY, ONE, type Piece } from './textPattern';

/** How a value is compared where it does not simply have to be that value. */
export type Operator = '' | '=' | '<' | '<=' | '>' | '>=';

/** A value as it was written. Places are in the filter's text. */
export interface WrittenValue {
  /** Operator and quotes included. */
  readonly from: number;
  readonly to: number;
  readonly operator: Operator;
  /** Where it begins behind the operator. */
  readonly start: number;
  readonly pattern: readonly Piece[];
  /** The same as one text, wildcards as their characters. */
  readonly text: string;
  readonly isQuoted: boolean;
}

/** A term as it was written. */
export interface WrittenTerm {
  /** Its minus included. */
  readonly from: number;
  readonly to: number;
  readonly isNegated: boolean;
  /** undefined for a bare word, which has one value. */
  readonly field: { readonly name: string; readonly from: number; readonly to: number } | undefined;
  readonly values: readonly WrittenValue[];
  /** What is wrong with its quotes. */
  readonly problem: FilterProblem | undefined;
  /** It ends in a quote that is not closed. */
  readonly isOpen: boolean;
}

/**
 * Takes a filter apart where there is white space outside of quotes. Any text has terms; whether they mean something is not looked
 * at here.
 *
 * Within quotes everything stands for itself, and `""` for a quote. A quote opens at the start of a value, and beside a wildcard or
 * `..`; a backslash is a backslash, for paths have many.
 */
export function splitTerms(text: string): WrittenTerm[] {
  const terms: WrittenTerm[] = [];
  const splitter = new Splitter(text);
  for (let term = splitter.next(); term !== undefined; term = splitter.next()) terms.push(term);
  return terms;
}

class Splitter {
  private at = 0;
  private problem: FilterProblem | undefined;
  private isOpen = false;

  constructor(private readonly text: string) {}

  next(): WrittenTerm | undefined {
    const { text } = this;
    while (this.at < text.length && isSpace(text[this.at])) this.at++;
    if (this.at === text.length) return undefined;
    this.problem = undefined;
    this.isOpen = false;
    const from = this.at;
    // Two of them are how options are written on a command line, and one alone is a text.
    const isNegated = text[from] === '-' && text[from + 1] !== '-' && !this.endsAt(from + 1);
    if (isNegated) this.at++;
    const field = this.field();
    const values = [this.value(field !== undefined)];
    while (field !== undefined && text[this.at] === ',') {
      this.at++;
      values.push(this.value(true));
    }
    return { from, to: this.at, isNegated, field, values, problem: this.problem, isOpen: this.isOpen };
  }

  private endsAt(place: number): boolean {
    return place >= this.text.length || isSpace(this.text[place]);
  }

  /** A word of letters with a colon behind it. */
  private field(): WrittenTerm['field'] {
    const from = this.at;
    let to = from;
    while (to < this.text.length && /[A-Za-z_]/.test(this.text[to])) to++;
    if (to === from || this.text[to] !== ':') return undefined;
    this.at = to + 1;
    return { name: this.text.slice(from, to), from, to };
  }

  private value(isInField: boolean): WrittenValue {
    const { text } = this;
    const from = this.at;
    const operator = isInField ? operatorAt(text, from) : '';
    const start = (this.at += operator.length);
    const pattern: Piece[] = [];
    const written: string[] = [];
    const add = (piece: Piece, as: string): void => {
      pattern.push(piece);
      written.push(as);
    };
    let isQuoted = false;
    while (!this.endsAt(this.at) && !(isInField && text[this.at] === ',')) {
      const character = text[this.at];
      if (character === '"' && this.mayOpen(start)) {
        isQuoted = true;
        const quoted = this.quoted();
        if (quoted !== '') add(quoted, quoted);
        if (!this.mayClose(isInField)) this.complain('The text in quotes ends in the middle of a value.', from);
      } else if (character === '*' || character === '?') {
        add(character === '*' ? ANY : ONE, character);
        this.at++;
      } else {
        if (character === '"') this.complain('A quote stands in the middle of a value.', from);
        const plain = this.plain(isInField);
        add(plain, plain);
      }
    }
    return { from, to: this.at, operator, start, pattern, text: written.join(''), isQuoted };
  }

  /** The text up to what may be special, at least one character. */
  private plain(isInField: boolean): string {
    const from = this.at++;
    while (!this.endsAt(this.at)) {
      const character = this.text[this.at];
      if (character === '*' || character === '?' || character === '"' || (isInField && character === ',')) break;
      this.at++;
    }
    return this.text.slice(from, this.at);
  }

  private quoted(): string {
    const from = this.at++;
    const parts: string[] = [];
    for (;;) {
      const end = this.text.indexOf('"', this.at);
      if (end === -1) {
        parts.push(this.text.slice(this.at));
        this.at = this.text.length;
        this.isOpen = true;
        this.problem ??= { message: 'A quote is opened here and not closed.', from, to: this.at };
        return parts.join('');
      }
      parts.push(this.text.slice(this.at, end));
      this.at = end + 1;
      if (this.text[this.at] !== '"') return parts.join('');
      parts.push('"');
      this.at++;
    }
  }

  private mayOpen(start: number): boolean {
    if (this.at === start) return true;
    const before = this.text[this.at - 1];
    return before === '*' || before === '?' || this.text.slice(Math.max(start, this.at - 2), this.at) === '..';
  }

  private mayClose(isInField: boolean): boolean {
    const next = this.text[this.at];
    const goesOn = next === '*' || next === '?' || (isInField && next === ',');
    return goesOn || this.endsAt(this.at) || this.text.startsWith('..', this.at);
  }

  private complain(what: string, from: number): void {
    const message = `${what} Put all of the value in quotes, and write "" for a quote in it.`;
    this.problem ??= { message, from, to: this.at + 1 };
  }
}

function operatorAt(text: string, place: number): Operator {
  const character = text[place];
  if (character === '=') return '=';
  if (character !== '<' && character !== '>') return '';
  return text[place + 1] === '=' ? `${character}=` : character;
}

function isSpace(character: string): boolean {
  return /\s/.test(character);
}
