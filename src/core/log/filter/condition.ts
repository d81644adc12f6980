import { CONTENT_FIELDS, type ContentField, type EntryContent } from './filter';
import { folded } from './textPattern';

/** What is known of an entry; a condition can only lower it. */
export const NO = 0;
export const UNDECIDED = 1;
export const YES = 2;

/** Something that an entry must meet. */
export abstract class Condition {
  /** Whether there can be an entry of which the index alone does not tell. */
  abstract readonly needsContent: boolean;

  /** undefined where the entry's content must be looked at. */
  abstract byIndex(position: number): boolean | undefined;

  /** With the content at hand there always is an answer. */
  abstract byContent(position: number, content: FoldedContent): boolean;

  /** Lowers what is known of the entries from a position on to what `byIndex` says. */
  lower(known: Uint8Array, from: number): void {
    for (let i = 0; i < known.length; i++) {
      if (known[i] === NO) continue;
      const answer = this.byIndex(from + i);
      if (answer !== true) known[i] = answer === false ? NO : UNDECIDED;
    }
  }
}

/** The content of an entry, each part made fit to be compared when it is first asked for. */
export class FoldedContent {
  private readonly parts = new Map<ContentField, string | null>();

  constructor(readonly written: EntryContent) {}

  part(field: ContentField): string | null {
    let part = this.parts.get(field);
    if (part === undefined) {
      const text = this.written[field];
      this.parts.set(field, (part = text === null ? null : folded(text)));
    }
    return part;
  }

  /** Whether any part passes. */
  some(passes: (text: string) => boolean): boolean {
    return CONTENT_FIELDS.some((field) => {
      const text = this.part(field);
      return text !== null && passes(text);
    });
  }
}
