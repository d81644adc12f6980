import type { FromPage, ViewSpec } from '../../../shared/timeline';
import type { Reason } from './coming';

export interface QuestionSurroundings {
  post(message: FromPage): void;
  /** What is to be shown; undefined before the page is of anything. */
  spec(): ViewSpec | undefined;
  /** The zone in which times are shown. */
  timeZone(): string;
  /** Whether the rows of the last question are not on the screen yet. */
  isWaiting(): boolean;
  /** A question was asked whose rows are to take the place of those that are shown. */
  asked(query: number, reason: Reason): void;
}

/** No more than the protocol allows. */
const MOST_BINS = 2000;

/** The questions for views: each has a number, and only the answer to the last one counts. */
export class ViewQuestions {
  /** The last one that was asked. */
  last: { readonly query: number; readonly reason: Reason; readonly timeZone: string } | undefined;
  private query = 0;
  /** What is shown is to be asked for once more as soon as what is under way is here. */
  private isRefreshDue = false;
  /** What is under way may have failed. */
  private isInDoubt = false;

  private bins: number;

  /** @param bins how many the histogram has room for. */
  constructor(
    private readonly around: QuestionSurroundings,
    bins: number,
  ) {
    this.bins = allowed(bins);
  }

  ask(reason: Reason): void {
    const spec = this.around.spec();
    if (spec === undefined) return;
    this.isRefreshDue = false;
    this.isInDoubt = false;
    const timeZone = this.around.timeZone();
    this.last = { query: ++this.query, reason, timeZone };
    this.around.asked(this.query, reason);
    this.around.post({ type: 'view', query: this.query, spec, bins: this.bins, timeZone });
  }

  /** Another number of them fits. */
  setBins(bins: number): void {
    if (allowed(bins) === this.bins) return;
    this.bins = allowed(bins);
    if (this.last !== undefined) this.refresh();
  }

  /** One question at a time: a log that is written faster than it can be shown must not keep its rows from being shown. */
  refresh(): void {
    if (this.around.isWaiting() && !this.isInDoubt) this.isRefreshDue = true;
    else this.ask('refresh');
  }

  /** What was under way is here. */
  settled(): void {
    if (this.isRefreshDue) this.ask('refresh');
  }

  /** Something failed; it is not known what. */
  doubt(): void {
    this.isInDoubt = true;
  }
}

function allowed(bins: number): number {
  return Math.max(1, Math.min(MOST_BINS, Math.floor(bins)));
}
