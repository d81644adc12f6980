import type {
  EntryAction,
  FilterProblem,
  FromPage,
  GapRow,
  Histogram,
  PageState,
  SourceFacts,
  ToPage,
} from '../../../shared/timeline';
import { CompletionModel } from './completionModel';
import { DetailModel } from './detailModel';
import { FailureList } from './failureList';
import { ListModel } from './listModel';
import { PageMemory, type PagePort } from './pageMemory';
import { ViewChoices } from './viewChoices';
import { ViewQuestions } from './viewQuestions';

/** What the newest answered query found. */
export interface Findings {
  readonly matched: number;
  readonly total: number;
  readonly searched: number;
  readonly histogram: Histogram;
}

/** What the page shows and what it asks for. It draws nothing, and knows no document. */
export class PageModel {
  facts: SourceFacts | undefined;
  findings: Findings | undefined;
  problem: FilterProblem | null = null;
  readonly failures = new FailureList();
  /** The list does not have the selected entry. */
  isSelectedLeftOut = false;
  /** What a screen reader is to say: what came of the filter, not each entry of a log that grows. */
  announcement = '';
  /** The list is to have the focus as soon as it is drawn. */
  isFocusDue = false;
  readonly list: ListModel;
  readonly detail: DetailModel;
  readonly completion: CompletionModel;
  readonly choices: ViewChoices;
  private readonly memory: PageMemory;
  private readonly questions: ViewQuestions;
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
        spec: () => (this.isFrozen ? undefined : this.state?.spec),
        timeZone: () => (this.state?.zone === 'local' ? port.timeZone : 'UTC'),
        isWaiting: () => this.list.isWaiting,
        asked: (query, reason) => this.list.expect(query, reason),
      },
      bins,
    );
    this.choices = new ViewChoices(
      this.memory,
      this.questions,
      () => this.isFrozen,
      () => this.changed(),
    );
  }

  /** From the host's first message on. */
  get state(): PageState | undefined {
    return this.memory.state;
  }

  /** What is wrong with the filter; nothing as long as somebody is at that part of it, and is offered how it may go on. */
  get shownProblem(): FilterProblem | null {
    const { problem, completion, state } = this;
    return problem !== null && completion.isTyping(problem, state?.spec.filter ?? '') ? null : problem;
  }

  /** The row of the cursor where that says that rows were deleted. */
  get gapAtCursor(): GapRow | undefined {
    const row = this.list.row(this.list.active);
    return row?.kind === 'gap' ? row : undefined;
  }

  /** The log cannot be read now: what is shown stays as it is. */
  get isFrozen(): boolean {
    return this.facts !== undefined && this.facts.unread !== null;
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
        this.change(message.facts);
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
      case 'gone':
        this.detail.receiveGone(message.key);
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
      case 'focus':
        this.isFocusDue = true;
        break;
      case 'failed':
        this.failures.add(message.message);
        this.questions.doubt();
        this.list.recover();
        break;
    }
    this.changed();
  }

  setZone(zone: PageState['zone']): void {
    this.choices.zone(zone);
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
    this.questions.setBins(bins);
  }

  complete(filter: string, cursor: number): void {
    this.completion.ask(filter, cursor);
  }

  /** Somebody went to another place in the filter, without typing. */
  cursorMoved(filter: string, cursor: number): void {
    if (this.completion.items.length > 0) return this.complete(filter, cursor);
    this.completion.moved(cursor);
    this.changed();
  }

  moveCompletion(by: 1 | -1): void {
    this.completion.move(by);
    this.changed();
  }

  closeCompletion(): void {
    const before = this.shownProblem;
    this.completion.close();
    if (before === null) this.announceProblem();
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
    this.failures.dismiss(id);
    this.changed();
  }

  private open(state: PageState, facts: SourceFacts): void {
    const isOther = state.source !== this.state?.source || state.session !== this.state.session;
    this.memory.replace(state);
    this.facts = facts;
    this.choices.forget();
    if (isOther) {
      this.list.forget();
      this.detail.forget();
      this.findings = undefined;
      this.problem = null;
    }
    this.questions.ask(isOther ? 'start' : 'filter');
    if (state.selected !== undefined && !this.isFrozen) this.detail.ask();
  }

  private change(facts: SourceFacts): void {
    this.facts = facts;
    if (facts.unread !== null) {
      this.list.giveUp();
      this.announcement = facts.warnings.at(0) ?? facts.unread.message;
      return;
    }
    if (this.findings === undefined) this.questions.ask('start');
    else this.questions.refresh();
    if (this.state?.selected !== undefined) this.detail.ask();
  }

  private select(key: string): void {
    if (this.state === undefined) return;
    this.isSelectedLeftOut = false;
    // What came of the filter is old news to who goes on from there.
    this.announcement = '';
    if (key === this.state.selected && this.detail.shown?.key === key) return;
    this.update({ selected: key });
    this.detail.isGone = false;
    if (this.isFrozen) this.detail.forget();
    else this.detail.ask();
  }

  private update(change: Partial<PageState>): void {
    this.memory.update(change);
    this.changed();
  }

  private rememberTop(): void {
    // Who follows the end is to be there again, wherever it is then.
    this.memory.updateSoon({ top: this.list.isFollowing ? undefined : Math.floor(this.list.top) });
    this.changed();
  }

  private receiveView(view: Extract<ToPage, { type: 'view' }>): void {
    const { last } = this.questions;
    if (view.query !== last?.query || this.state === undefined) return;
    this.problem = view.problem;
    if (view.timeZone !== last.timeZone) this.fallBackToUtc(last.timeZone);
    if (view.problem !== null) {
      this.announceProblem();
      this.list.refuse(view.query);
      this.questions.settled();
      return;
    }
    this.findings = view;
    if (last.reason !== 'refresh' && view.searched >= 1)
      this.announcement = `${view.matched === view.total ? '' : `${quantity(view.matched)} of `}${quantity(view.total)} entries`;
    this.list.answer(view.query, this.state.spec.group !== 'none', view.rows, view.searched);
  }

  private announceProblem(): void {
    if (this.shownProblem !== null) this.announcement = `Filter: ${this.shownProblem.message}`;
  }

  /** One clock for all that is shown and typed, even where it is not the person's own. */
  private fallBackToUtc(timeZone: string): void {
    if (this.state?.zone !== 'local') return;
    this.memory.update({ zone: 'utc' });
    this.failures.add(
      `The log is read where the time zone of this window, ${timeZone}, is not known. All times are in UTC.`,
    );
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

function quantity(number: number): string {
  return number.toLocaleString('en-US');
}
