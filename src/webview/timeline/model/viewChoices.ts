import type { PageState, ViewSpec } from '../../../shared/timeline';
import { withTime, type TimeRange } from '../time/timeTerm';
import type { Reason } from './coming';
import { Delay } from './delay';
import type { PageMemory } from './pageMemory';
import type { ViewQuestions } from './viewQuestions';

const TYPING_MS = 120;

/** What a person chooses to see, and how; each choice is a new question. */
export class ViewChoices {
  private readonly typing = new Delay(TYPING_MS);

  constructor(
    private readonly memory: PageMemory,
    private readonly questions: ViewQuestions,
    /** Nothing can be asked, so there is nothing to choose. */
    private readonly isFrozen: () => boolean,
    private readonly changed: () => void,
  ) {}

  /** What is typed. It is asked for when typing pauses. */
  setFilter(filter: string): void {
    this.set({ filter });
    this.typing.run(() => this.questions.ask('filter'));
  }

  /** Asks now for what was typed. */
  applyFilter(): void {
    this.typing.flush();
  }

  clearFilter(): void {
    this.choose({ filter: '' }, 'filter');
  }

  /** Only this stretch of time, or all of it. */
  brush(range: TimeRange | undefined): void {
    this.choose({ filter: withTime(this.memory.state?.spec.filter ?? '', range) }, 'filter');
  }

  group(group: ViewSpec['group']): void {
    this.choose({ group }, 'filter');
  }

  toggleGroup(id: string): void {
    const closed = this.memory.state?.spec.closed ?? [];
    this.choose({ closed: closed.includes(id) ? closed.filter((other) => other !== id) : [...closed, id] }, 'fold');
  }

  histogram(histogram: ViewSpec['histogram']): void {
    this.choose({ histogram }, 'refresh');
  }

  /** The clock by which times are shown, by which those of the filter are read, and by which the bins begin. */
  zone(zone: PageState['zone']): void {
    this.memory.update({ zone });
    this.changed();
    this.askNow('refresh');
  }

  /** What was typed for something else is not asked for any more. */
  forget(): void {
    this.typing.cancel();
  }

  private choose(change: Partial<ViewSpec>, reason: Reason): void {
    this.set(change);
    this.askNow(reason);
  }

  private askNow(reason: Reason): void {
    const wasTyped = this.typing.isWaiting;
    this.typing.cancel();
    this.questions.ask(wasTyped ? 'filter' : reason);
  }

  private set(change: Partial<ViewSpec>): void {
    const { state } = this.memory;
    if (state === undefined || this.isFrozen()) return;
    this.memory.update({ spec: { ...state.spec, ...change } });
    this.changed();
  }
}
