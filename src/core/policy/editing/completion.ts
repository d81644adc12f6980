import type { Span } from '../yamlTree';
import { cursorContext } from './cursorContext';
import { heldOffers } from './heldOffers';
import { indented, ruleSnippet, SEQUENCE_SNIPPET, snippet, type Insertion } from './insertions';
import { keyOffers } from './keyOffers';
import type { Offer, PolicyCompletion } from './offer';
import type { RecordedWords } from './recordedWords';
import { freeStart } from './ruleStarts';
import { TextLines } from './textLines';
import { valueOffers } from './valueOffers';
import type { CursorContext, NextItem } from './writtenPlace';

export type { PolicyCompletion };

/**
 * What can be written at a place of a policy that is being written: keys that the loader reads and that are not there yet, the words of
 * the two verdicts, what occurs in the recorded history, and another rule. Nothing in comments and in texts over several lines. Takes
 * time in proportion to the text, whatever it is.
 *
 * @param offset in UTF-16 units
 */
export function completePolicy(text: string, offset: number, recorded: RecordedWords): PolicyCompletion[] {
  if (!text.startsWith('\ufeff')) return completionsAt(text, offset, recorded);
  if (offset === 0) return [];
  return completionsAt(text.slice(1), offset - 1, recorded).map((found) => ({
    ...found,
    span: { start: found.span.start + 1, end: found.span.end + 1 },
  }));
}

function completionsAt(text: string, offset: number, recorded: RecordedWords): PolicyCompletion[] {
  const lines = new TextLines(text);
  const context = cursorContext(lines, text, offset);
  if (context === undefined) return [];
  const writer = new Writer(text, lines.start(lines.lineOf(offset)), offset, context);
  if (context.kind === 'key') writer.addAll(keyOffers(context, text));
  if (context.kind === 'value') writer.addAll(valueOffers(context, recorded));
  if (context.kind === 'value') writer.addHeld();
  if (context.kind === 'item') writer.addAll(valueOffers(context, recorded), '- ');
  if (context.nextItem !== undefined) writer.addItem(context.nextItem);
  return writer.all;
}

/** Fits what is offered into its line. */
class Writer {
  readonly all: PolicyCompletion[] = [];

  constructor(
    private readonly text: string,
    private readonly lineStart: number,
    private readonly offset: number,
    private readonly context: CursorContext,
  ) {}

  addAll(offers: readonly Offer[], lead = ''): void {
    const { span, column, isFlow } = this.context;
    // Right behind a colon or a dash a value is none.
    const isClose = /[:-]/.test(this.text[span.start - 1] ?? '');
    const space = isClose && (!isFlow || this.text[span.start - 1] === ':') ? ' ' : '';
    // What stands there may begin with a quote, which labels do not.
    const [quote] = /^["']?/.exec(this.text.slice(span.start, this.offset))!;
    for (const offer of offers) {
      const filter = offer.filter ?? `${quote}${offer.label.replace(/^["']/, '')}`;
      this.add({ ...offer, filter }, span, `${space}${lead}`, column + (isClose && !isFlow ? 1 : 0));
    }
  }

  /** What a key holds that is to hold keys or items, where nothing of it stands there. */
  addHeld(): void {
    const { span, column, isFlow, isItem, container } = this.context;
    const { definition, place } = container;
    if (definition === undefined || place === undefined || this.text.slice(span.start, span.end).trim() !== '') return;
    for (const offer of heldOffers({ definition, isItem, isFlow }, freeStart(this.text))) {
      const isBelow = offer.insert.startsWith('\n');
      const start = isBelow ? this.text.slice(0, span.start).trimEnd().length : span.start;
      const isClose = this.text[start - 1] === ':';
      this.add(offer, { start, end: span.end }, isClose && !isBelow ? ' ' : '', column);
    }
  }

  /** Another item of a list, in the column of the others. */
  addItem({ container, column }: NextItem): void {
    const { place, definition } = container;
    const content = place === 'rule' ? ruleSnippet(freeStart(this.text)) : place === 'sequence' ? SEQUENCE_SNIPPET : '';
    if (content === '' || definition === undefined) return;
    const at = this.offset - this.lineStart;
    const isMoved = column !== this.context.column;
    const span = isMoved ? { start: this.lineStart + Math.min(column, at), end: this.offset } : this.context.span;
    const what = place === 'rule' ? 'rule' : 'sequence';
    const insertion: Insertion = snippet(`- ${indented(content, 2)}`);
    this.add(
      { label: '- name', kind: 'rule', ...insertion, detail: `a new ${what}`, documentation: definition.meaning },
      span,
      ' '.repeat(Math.max(0, column - at)),
      column,
    );
  }

  /** @param column at which lines behind the first begin */
  private add(offer: Offer, span: Span, lead: string, column: number): void {
    const [white] = /^[ \t]*/.exec(this.text.slice(this.lineStart, span.start))!;
    const insert = lead + indented(offer.insert, Math.max(0, column - white.length));
    this.all.push({ filter: offer.label, ...offer, insert, span, order: this.all.length });
  }
}
