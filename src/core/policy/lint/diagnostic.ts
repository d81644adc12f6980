import type { Span } from '../yamlTree';

/** What is found in a policy while it is written. */
export interface Diagnostic {
  readonly code: LintCode;
  readonly severity: Severity;
  /** What the loader or an evaluation does with what is written, and what to write. Text out of the file in it is made visible. */
  readonly message: string;
  /** Offsets in UTF-16 units, never across more than the offending word, or line where there is no such word. */
  readonly span: Span;
  /** Other places that have to do with it. */
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
}

/**
 * An error where the loader or an evaluation fails, a warning where something else happens than is written, information for the rest.
 */
export type Severity = 'error' | 'warning' | 'information';

export interface RelatedPlace {
  readonly span: Span;
  readonly message: string;
}

/** A change of the text that removes a finding. */
export interface Fix {
  /** In the imperative: `Write "18:00" in quotes`. */
  readonly title: string;
  /** They do not overlap. */
  readonly edits: readonly Edit[];
  /** The one to offer first, where several are offered. */
  readonly isPreferred: boolean;
  /**
   * May be applied without asking, for all findings of a file at once: where there is one thing that the person can have meant, and the
   * loader takes it for something else or refuses it. These are a time of day without quotes or minutes, a pattern without quotes that is
   * read as no text, a misspelt key or word with exactly one that is near it (of a key, one that
   * takes its value, and that no other key may mean), and a single day without the brackets of its list. Not among
   * them is all that takes a choice, such as which of two keys is meant, what has an anchor and may stand for something else, and all that removes or moves a rule.
   */
  readonly isSafe: boolean;
}

export interface Edit {
  /** What is replaced; empty where something is put in. */
  readonly span: Span;
  readonly text: string;
}

export type LintCode = (typeof LINT_CODES)[number];

export const LINT_CODES = [
  // The file as YAML.
  'yaml-syntax',
  'yaml-tab',
  'yaml-tag',
  'multiple-documents',
  'duplicate-key',
  // What stands where.
  'empty-policy',
  'no-rules',
  'not-a-mapping',
  'defaults-not-a-mapping',
  'empty-defaults',
  'rules-not-a-list',
  'rule-not-a-mapping',
  'match-not-a-mapping',
  'missing-match',
  'conditions-not-a-mapping',
  'empty-conditions',
  'invalid-plan-rules',
  'non-string',
  'missing-version',
  'invalid-version',
  'unknown-key',
  'invalid-risk-level',
  'invalid-approval',
  'unknown-condition',
  // What YAML 1.1 reads.
  'sexagesimal-time',
  'yaml-boolean',
  'yaml-octal',
  'yaml-date',
  // Patterns and the values of conditions.
  'literal-pattern',
  'invisible-character',
  'non-numeric-comparison',
  'invalid-time',
  'ignored-seconds',
  'weekday-out-of-range',
  'invalid-regex',
  'empty-time-window',
  'never-holds',
  // Rules among each other.
  'shadowed-rule',
  'duplicate-rule-name',
  // Where this linter gives up.
  'lint-limit',
] as const;
