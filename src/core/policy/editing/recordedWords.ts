/** A text that occurs in a log, and in how many of its entries. */
export interface RecordedWord {
  readonly text: string;
  readonly count: number;
}

/** What occurs in the recorded history, the most frequent first: what a person who writes a pattern may have in mind. */
export interface RecordedWords {
  readonly types: readonly RecordedWord[];
  readonly targets: readonly RecordedWord[];
  readonly agents: readonly RecordedWord[];
}
