import type { Completion, FromPage } from '../../../shared/timeline';

/** What may stand at the filter's cursor. Which of it fits is the host's answer; the page only offers it. */
export class CompletionModel {
  items: readonly Completion[] = [];
  /** Place of the item that Enter takes; -1 until somebody goes to one. */
  active = -1;
  private request = 0;
  private filter = '';
  /** Where somebody is in the filter; undefined where they are not. */
  private cursor: number | undefined;
  /** The filter that the items are for: somebody may have typed on since. */
  private answered = '';

  constructor(private readonly post: (message: FromPage) => void) {}

  ask(filter: string, cursor: number): void {
    this.filter = filter;
    this.cursor = cursor;
    this.request++;
    this.post({ type: 'complete', request: this.request, filter, cursor });
  }

  /** Somebody went to another place in the filter. */
  moved(cursor: number): void {
    this.cursor = cursor;
  }

  receive(request: number, items: readonly Completion[]): void {
    if (request !== this.request) return;
    const active = this.items[this.active]?.insert;
    this.answered = this.filter;
    // What stands there already need not be offered.
    this.items = items.filter(({ insert, from, to }) => from <= to && this.filter.slice(from, to) !== insert);
    // Who has gone to an item stays on it, wherever it stands now.
    this.active = this.items.findIndex(({ insert }) => insert === active);
  }

  /** Goes to the item below or above, and from the last to the first. */
  move(by: 1 | -1): void {
    const count = this.items.length;
    if (count === 0) return;
    if (this.active === -1) this.active = by === 1 ? 0 : count - 1;
    else this.active = (this.active + by + count) % count;
  }

  /** The filter with an item in it, and where the cursor stands then. */
  take(index: number): { filter: string; cursor: number } {
    return accept(this.answered, this.items[index]);
  }

  /** Whether somebody is at a part of the filter that is not complete yet: it is offered how it may go on, or nothing follows its colon. */
  isTyping({ from, to }: { readonly from: number; readonly to: number }, filter: string): boolean {
    const { cursor } = this;
    if (cursor === undefined || cursor < from || cursor > to) return false;
    return this.items.length > 0 || (cursor === to && /[:,=<>]$/.test(filter.slice(0, cursor)));
  }

  /** Answers that are under way come too late. */
  close(): void {
    this.request++;
    this.cursor = undefined;
    this.items = [];
    this.active = -1;
  }
}

/** The filter with the completion in it, and where the cursor stands then. */
export function accept(filter: string, { insert, from, to }: Completion): { filter: string; cursor: number } {
  return { filter: filter.slice(0, from) + insert + filter.slice(to), cursor: from + insert.length };
}
