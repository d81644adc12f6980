import type { EntryIndex, Indexed } from '../entryIndex';
import { Condition, NO, UNDECIDED, type FoldedContent } from './condition';
import { CONTENT_FIELDS, isNothing, type ContentField, type Term, type EntryContent } from './filter';
import { partMatcher, type Matcher } from './textPattern';

/** What a filter's term asks of one part of an entry's content. */
export class ContentCondition extends Condition {
  readonly needsContent = true;
  private readonly field: ContentField;
  private readonly matchers: readonly Matcher[];
  private readonly isNegated: boolean;

  constructor({ field, patterns, isNegated }: Extract<Term, { kind: 'content' }>) {
    super();
    this.field = field;
    this.matchers = patterns.map(partMatcher);
    this.isNegated = isNegated;
  }

  byIndex(): undefined {
    return undefined;
  }

  byContent(_: number, content: FoldedContent): boolean {
    const text = content.part(this.field);
    return (text !== null && this.matchers.some((matches) => matches(text))) !== this.isNegated;
  }

  override lower(known: Uint8Array): void {
    for (let i = 0; i < known.length; i++) if (known[i] !== NO) known[i] = UNDECIDED;
  }
}

/** Whether something was recorded in one of some fields. */
export class HasCondition extends Condition {
  readonly needsContent: boolean;
  private readonly columns: readonly Indexed[];
  private readonly parts: readonly ContentField[];
  private readonly isNegated: boolean;

  constructor(
    private readonly index: EntryIndex,
    { fields, isNegated }: Extract<Term, { kind: 'has' }>,
  ) {
    super();
    this.columns = fields.filter((field) => !isContent(field));
    this.parts = fields.filter(isContent);
    this.isNegated = isNegated;
    this.needsContent = this.parts.length > 0;
  }

  byIndex(position: number): boolean | undefined {
    if (this.columns.some((name) => !isNothing(this.index.text(position, name)))) return !this.isNegated;
    return this.needsContent ? undefined : this.isNegated;
  }

  byContent(position: number, { written }: FoldedContent): boolean {
    const isThere = this.parts.some((part) => isRecorded(part, written));
    return this.byIndex(position) ?? isThere !== this.isNegated;
  }
}

function isContent(field: Indexed | ContentField): field is ContentField {
  return (CONTENT_FIELDS as readonly string[]).includes(field);
}

/** The reference writes `{}` where there were no parameters. */
function isRecorded(part: ContentField, content: EntryContent): boolean {
  const text = content[part];
  return !isNothing(text) && !(part === 'params' && text === '{}');
}
