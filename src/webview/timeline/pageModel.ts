import type {
  EntryAction,
  FilterProblem,
  FromPage,
  Histogram,
  PageState,
  SourceFacts,
  ToPage,
  ViewSpec,
} from '../../shared/timeline';
import type { Reason } from './coming';
import { CompletionModel } from './completionModel';
import { Delay } from './delay';
import { DetailModel } from './detailModel';
import { ListModel } from './listModel';
import { PageMemory, type PagePort } from './pageMemory';
import { withTime, type TimeRange } from './timeTerm';
import { ViewQuestions } from './viewQuestions';

/** What the newest answered query found. */
export interface Findings {
  readonly matched: number;
  readonly total: number;
  readonly searched: number;
  readonly histogram: Histogram;
}

/** A sentence of the host's that nobody has put away yet. */
export interface Failure {
  readonly id: number;
  readonly message: string;
}

const TYPING_MS = 120;
const MOST_FAILURES = 3;
const MOST_BINS = 2000;

/** What the page shows and what it asks for. It draws nothing, and knows no document. */
export class PageModel {
  facts: SourceFacts | undefined;
  findings: Findings | undefined;
  problem: FilterProblem | null = null;
  failures: readonly Failure[] = [];
  /** The list does not have the selected entry. */
  isSelectedLeftOut = false;
  /** What a screen reader is to say: what came of the filter, not each entry of a log that grows. */
  announcement = '';
  readonly list: ListModel;
  readonly detail: DetailModel;
  readonly completion: CompletionModel;
  private readonly memory: PageMemory;
  private readonly questions: ViewQuestions;
  private failureCount = 0;
  private readonly typing = new Delay(TYPING_MS);
  private readonly listeners = new Set<() => void>();

  /** @param bins how many the histogram has room for, until that is measured. */
  constructor(
    private readonly port: PagePort,
    bins: number,
  ) {
    this.memory = new PageMemory(port);
    const post = (message: FromPage): void => port.post(message);
    const selected = (): string | undefined => this.state?.selected;
    this.detail = new DetailModel(post, selected);
    this.completion = new CompletionModel(post);
    this.list = new ListModel({
      post,
      selected,
      select: (key) => this.select(key),
      isLive: () => this.state?.live === true && this.facts?.live === true,
      rememberedTop: () => this.state?.top,
      settled: () => this.questions.settled(),
      placed: (isInList) => (this.isSelectedLeftOut = !isInList),
    });
    this.questions = new ViewQuestions(
      {
        post,
        spec: () => this.state?.spec,
        isWaiting: () => this.list.isWaiting,
        asked: (query, reason) => this.list.expect(query, reason),
      },
      bins,
    );
  }

  /** From the host's first message on. */
  get state(): PageState | undefined {
    return this.memory.state;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(saved: PageState | null): void {
    this.port.post({ type: 'ready', state: saved });
  }

  receive(message: ToPage): void {
    switch (message.type) {
      case 'source':
        this.open(message.state, message.facts);
        break;
      case 'changed':
        this.facts = message.facts;
        this.questions.refresh();
        if (this.state?.selected !== undefined) this.detail.ask();
        break;
      case 'view':
        this.receiveView(message);
        break;
      case 'rows':
        this.list.rows(message.query, message.from, message.rows);
        break;
      case 'place':
        this.list.placed(message.query, message.key, message.index);
        break;
      case 'detail':
        this.detail.receive(message.detail);
        break;
      case 'field':
        this.detail.receiveField(message.key, message.name, message.value);
        break;
      case 'completions':
        this.completion.receive(message.request, message.items);
        break;
      case 'select':
        this.select(message.key);
        this.list.showSelected();
        break;
      case 'failed':
        this.fail(message.message);
        break;
    }
    this.changed();
  }

  /** What is typed. Rows are asked for when typing pauses. */
  setFilter(filter: string): void {
    this.setSpec({ filter }, 'filter', TYPING_MS);
  }

  /** Asks now for what was typed. */
  applyFilter(): void {
    this.typing.flush();
  }

  setGroup(group: ViewSpec['group']): void {
    this.setSpec({ group }, 'filter');
  }

  setHistogram(histogram: ViewSpec['histogram']): void {
    this.setSpec({ histogram }, 'refresh');
  }

  toggleGroup(id: string): void {
    const closed = this.state?.spec.closed ?? [];
    this.setSpec({ closed: closed.includes(id) ? closed.filter((other) => other !== id) : [...closed, id] }, 'fold');
  }

  /** Takes only this stretch of time, or all of it. */
  brush(range: TimeRange | undefined): void {
    this.setSpec({ filter: withTime(this.state?.spec.filter ?? '', range) }, 'filter');
  }

  setZone(zone: PageState['zone']): void {
    this.update({ zone });
  }

  setSplit(split: number): void {
    this.update({ split: Math.min(0.9, Math.max(0.1, split)) });
  }

  /** Follows the end; where it does so already, stops. */
  toggleLive(): void {
    const isOn = this.state?.live === true && this.list.isAtEnd;
    if (!isOn) this.list.scrollTo(this.list.count);
    this.update({ live: !isOn });
  }

  /** @param top row at the upper edge. */
  scrollTo(top: number): void {
    this.list.scrollTo(top);
    this.rememberTop();
  }

  measured(fits: number): void {
    this.list.measured(fits);
    this.changed();
  }

  moveTo(index: number): void {
    this.list.moveTo(index);
    this.rememberTop();
  }

  step(direction: -1 | 1): void {
    this.list.step(direction);
    this.rememberTop();
  }

  /** How many bins the histogram has room for. */
  setBins(bins: number): void {
    const fitting = Math.max(1, Math.min(MOST_BINS, Math.floor(bins)));
    if (fitting === this.questions.bins) return;
    this.questions.bins = fitting;
    if (this.questions.last !== undefined) this.questions.refresh();
  }

  complete(filter: string, cursor: number): void {
    this.completion.ask(filter, cursor);
  }

  closeCompletion(): void {
    this.completion.close();
    this.changed();
  }

  act(action: EntryAction, key = this.state?.selected): void {
    if (key !== undefined) this.port.post({ type: 'entry', action, key });
  }

  showWhole(name: string): void {
    this.detail.askWhole(name);
  }

  shorten(name: string): void {
    this.detail.shorten(name);
    this.changed();
  }

  exportEntries(): void {
    this.port.post({ type: 'export' });
  }

  verify(): void {
    this.port.post({ type: 'verify' });
  }

  dismiss(id: number): void {
    this.failures = this.failures.filter((failure) => failure.id !== id);
    this.changed();
  }

  private open(state: PageState, facts: SourceFacts): void {
    const isOther = state.source !== this.state?.source || state.session !== this.state.session;
    this.memory.replace(state);
    this.facts = facts;
    this.typing.cancel();
    if (isOther) {
      this.list.forget();
      this.detail.forget();
      this.findings = undefined;
      this.problem = null;
    }
    this.questions.ask(isOther ? 'start' : 'filter');
    if (state.selected !== undefined) this.detail.ask();
  }

  private select(key: string): void {
    if (this.state === undefined) return;
    this.isSelectedLeftOut = false;
    if (key === this.state.selected && this.detail.shown?.key === key) return;
    this.update({ selected: key });
    this.detail.ask();
  }

  private setSpec(change: Partial<ViewSpec>, reason: Reason, delay = 0): void {
    if (this.state === undefined) return;
    this.update({ spec: { ...this.state.spec, ...change } });
    if (delay > 0) {
      this.typing.run(() => this.questions.ask(reason));
      return;
    }
    const wasTyped = this.typing.isWaiting;
    this.typing.cancel();
    this.questions.ask(wasTyped ? 'filter' : reason);
  }

  private update(change: Partial<PageState>): void {
    this.memory.update(change);
    this.changed();
  }

  private rememberTop(): void {
    this.memory.updateSoon({ top: Math.floor(this.list.top) });
    this.changed();
  }

  private receiveView(view: Extract<ToPage, { type: 'view' }>): void {
    const { last } = this.questions;
    if (view.query !== last?.query || this.state === undefined) return;
    this.problem = view.problem;
    if (view.problem !== null) {
      this.announcement = `Filter: ${view.problem.message}`;
      this.list.refuse(view.query);
      this.questions.settled();
      return;
    }
    this.findings = view;
    if (last.reason !== 'refresh' && view.searched >= 1)
      this.announcement = `${quantity(view.matched)} of ${quantity(view.total)} entries`;
    this.list.answer(view.query, this.state.spec.group !== 'none', view.rows, view.searched);
  }

  private fail(message: string): void {
    this.failures = [...this.failures, { id: this.failureCount++, message }].slice(-MOST_FAILURES);
    this.questions.doubt();
    this.list.recover();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

function quantity(number: number): string {
  return number.toLocaleString('en-US');
}
