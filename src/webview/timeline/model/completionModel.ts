import type { Completion, FromPage } from '../../../shared/timeline';

/** What may stand at the filter's cursor. Which of it fits is the host's answer; the page only offers it. */
export class CompletionModel {
  items: readonly Completion[] = [];
  private request = 0;
  private filter = '';

  constructor(private readonly post: (message: FromPage) => void) {}

  ask(filter: string, cursor: number): void {
    this.filter = filter;
    this.request++;
    this.post({ type: 'complete', request: this.request, filter, cursor });
  }

  receive(request: number, items: readonly Completion[]): void {
    if (request !== this.request) return;
    // What stands there already need not be offered.
    this.items = items.filter(({ insert, from, to }) => from <= to && this.filter.slice(from, to) !== insert);
  }

  /** Answers that are under way come too late. */
  close(): void {
    this.request++;
    this.items = [];
  }
}

/** The filter with the completion in it, and where the cursor stands then. */
export function accept(filter: string, { insert, from, to }: Completion): { filter: string; cursor: number } {
  return { filter: filter.slice(0, from) + insert + filter.slice(to), cursor: from + insert.length };
}
