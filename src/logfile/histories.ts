import { PatternAnswers } from '../core/policy/impact/impact';
import { extentOf, type Extent } from './impactFigures';
import type { LogSource } from './logSource';
import { LoggedActions } from './recordedActions';

/** The actions of a log, with what was found of them that is of use for the next text of a policy. */
export interface History {
  readonly source: LogSource;
  readonly actions: LoggedActions;
  readonly answers: PatternAnswers;
  readonly extent: Extent;
}

/** Logs whose histories are kept: each can take 150 MB. */
const MOST_KEPT = 2;

/** The histories of the logs that were asked for last. A log that was read again has another one. */
export class Histories {
  /** By file; the latest last. */
  private readonly kept = new Map<string, { readonly source: LogSource; readonly history: Promise<History> }>();

  constructor(private readonly pause: () => Promise<void>) {}

  /** @throws LogError where the log is another one by now than the one that was read. */
  async of(file: string, source: LogSource): Promise<History> {
    let kept = this.kept.get(file);
    if (kept?.source !== source) kept = { source, history: this.gather(source) };
    this.kept.delete(file);
    this.kept.set(file, kept);
    if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value!);
    try {
      return await kept.history;
    } catch (error) {
      if (this.kept.get(file) === kept) this.kept.delete(file);
      throw error;
    }
  }

  forget(file: string): void {
    this.kept.delete(file);
  }

  /** Not given up where a question is: the next one needs it, too. */
  private async gather(source: LogSource): Promise<History> {
    const actions = await LoggedActions.of(source, undefined, this.pause);
    return { source, actions, answers: new PatternAnswers(), extent: extentOf(source, actions) };
  }
}
