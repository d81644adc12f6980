/** What the controls and the summary count of a log, whether its rows or the entries of its chain. */
export interface EntryFigures {
  /** Actions: an attempt and its outcome are one. */
  readonly actions: number;
  readonly sessions: number;
  /** ISO texts in UTC; null where no entry has a time that can be read. */
  readonly firstTime: string | null;
  readonly lastTime: string | null;
}
