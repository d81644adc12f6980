import type { Diagnostic, Fix, LintCode, RelatedPlace, Severity } from './diagnostic';
import type { Span } from '../yamlTree';
import type { Source } from './source';

/** More than these are not told. */
const MOST_FINDINGS = 3000;

export interface Finding {
  readonly message: string;
  readonly span: Span;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
}

/** Gathers what is found. What an alias names is met in several places and told once. */
export class Findings {
  private readonly found = new Map<string, Diagnostic>();
  private isCut = false;

  constructor(private readonly source: Source) {}

  /** Whether no more are told, so that there is no use in looking for them. */
  get isFull(): boolean {
    return this.found.size >= MOST_FINDINGS;
  }

  error(code: LintCode, finding: Finding): void {
    this.add(code, 'error', finding);
  }

  warning(code: LintCode, finding: Finding): void {
    this.add(code, 'warning', finding);
  }

  information(code: LintCode, finding: Finding): void {
    this.add(code, 'information', finding);
  }

  add(code: LintCode, severity: Severity, { message, span, related = [], fixes = [] }: Finding): void {
    const key = `${code} ${span.start} ${span.end}`;
    if (this.found.has(key)) return;
    if (!this.isFull) this.found.set(key, { code, severity, message, span, related, fixes: this.helpful(fixes) });
    else this.isCut = true;
  }

  /** A tag goes on to say what is read: `!!int "5"` is no text. So where one is written, that value is left to the person. */
  private helpful(fixes: readonly Fix[]): readonly Fix[] {
    return fixes.filter(({ edits }) => !edits.some(({ span, text }) => !/^[\r\n]/.test(text) && this.isTagged(span)));
  }

  private isTagged({ start }: Span): boolean {
    return /(?:^|[\s,[{:])!\S*\s*(?:&\S+\s+)?$/.test(
      this.source.slice({ start: Math.max(0, start - 200), end: start }),
    );
  }

  /** In the order of the text. */
  inOrder(): Diagnostic[] {
    const all = [...this.found.values()].sort((one, other) => one.span.start - other.span.start);
    if (this.isCut || this.isFull)
      all.push({
        code: 'lint-limit',
        severity: 'information',
        message: `No more than ${MOST_FINDINGS.toLocaleString('en-US')} findings of one file are told. There may be more.`,
        span: all[all.length - 1].span,
        related: [],
        fixes: [],
      });
    return all;
  }
}
