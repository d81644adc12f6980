import type { EntryRow, FromPage, ListRow, PageState, SourceFacts, ToPage } from '../../../src/shared/timeline';
import { PageModel } from '../../../src/webview/timeline/model/pageModel';

/** A host that answers when it is told to, out of rows that the test writes. */
export class FakeHost {
  readonly said: FromPage[] = [];
  readonly model: PageModel;
  remembered: PageState | undefined;
  /** Whether it knows any other time zone than UTC. */
  knowsZones = true;
  facts: SourceFacts = {
    name: 'aegis_audit.db',
    kind: 'database',
    session: null,
    total: 0,
    from: 0,
    to: 1,
    live: false,
    warnings: [],
    verdict: null,
    unread: null,
  };
  /** A view has the rows that were there when it was asked for. */
  private readonly views = new Map<number, readonly ListRow[]>();
  private answered = 0;

  constructor(public rows: readonly ListRow[]) {
    this.model = new PageModel(
      {
        post: (message) => this.said.push(message),
        remember: (state) => (this.remembered = state),
        timeZone: 'Asia/Kolkata',
      },
      100,
    );
  }

  /** The page opens, with room for ten rows. */
  static open(rows: readonly ListRow[], state: Partial<PageState> = {}, facts: Partial<SourceFacts> = {}): FakeHost {
    const host = new FakeHost(rows);
    host.facts = { ...host.facts, ...facts, total: rows.length };
    host.model.start(null);
    host.say({ type: 'source', state: { ...STATE, ...state }, facts: host.facts });
    host.model.measured(10);
    host.answer();
    return host;
  }

  say(message: ToPage): void {
    this.model.receive(message);
  }

  /** The log is another one now. */
  change(rows: readonly ListRow[]): void {
    this.rows = rows;
    this.facts = { ...this.facts, total: rows.length };
    this.say({ type: 'changed', facts: this.facts });
  }

  /** Answers what was asked, and what is asked thereupon; of some kinds only where they are given. */
  answer(...kinds: FromPage['type'][]): void {
    for (; this.answered < this.said.length; this.answered++) {
      const asked = this.said[this.answered];
      if (kinds.length > 0 && !kinds.includes(asked.type)) return;
      this.reply(asked);
    }
  }

  /** What was asked is not answered. */
  ignore(): void {
    this.answered = this.said.length;
  }

  all<Type extends FromPage['type']>(type: Type): Extract<FromPage, { type: Type }>[] {
    return this.said.filter((message): message is Extract<FromPage, { type: Type }> => message.type === type);
  }

  last<Type extends FromPage['type']>(type: Type): Extract<FromPage, { type: Type }> {
    return this.all(type).at(-1)!;
  }

  /** Keys of the rows in sight. */
  inSight(): (string | undefined)[] {
    const { list } = this.model;
    const from = Math.ceil(list.top);
    return Array.from({ length: Math.min(10, list.count) }, (_, i) => nameOf(list.row(from + i)));
  }

  private reply(asked: FromPage): void {
    switch (asked.type) {
      case 'view': {
        const timeZone = this.knowsZones ? asked.timeZone : 'UTC';
        if (asked.spec.filter.includes('wrong'))
          return this.say({ ...view(asked.query, 0), problem: { message: 'No such word.', from: 0, to: 5 }, timeZone });
        const rows = this.rows.filter((row) => row.kind !== 'entry' || row.type.includes(asked.spec.filter));
        this.views.set(asked.query, rows);
        return this.say({ ...view(asked.query, rows.length, this.rows.length), timeZone });
      }
      case 'rows':
        return this.say({
          type: 'rows',
          query: asked.query,
          from: asked.from,
          rows: this.rowsOf(asked.query).slice(asked.from, asked.to),
        });
      case 'place': {
        const index = this.rowsOf(asked.query).findIndex((row) => row.kind === 'entry' && row.key === asked.key);
        return this.say({ type: 'place', query: asked.query, key: asked.key, index: index < 0 ? null : index });
      }
      default:
    }
  }

  private rowsOf(query: number): readonly ListRow[] {
    return this.views.get(query) ?? [];
  }
}

export function view(query: number, rows: number, total = rows): Extract<ToPage, { type: 'view' }> {
  const histogram = { series: [], from: 0, step: 1, bins: [], timeless: 0, selected: null };
  return { type: 'view', query, rows, matched: rows, total, histogram, problem: null, timeZone: 'UTC', searched: 1 };
}

/** Entries with the keys from one to another. */
export function entries(from: number, to: number, type = 'read_file'): EntryRow[] {
  return Array.from({ length: to - from + 1 }, (_, i) => entry(String(from + i), type));
}

export function entry(key: string, type = 'read_file'): EntryRow {
  return {
    kind: 'entry',
    key,
    timestamp: '2026-03-29T10:30:02+00:00',
    at: 0,
    session: 's',
    type,
    target: 't',
    risk: 'LOW',
    approval: 'auto',
    status: 'success',
    outcome: 'success',
    rule: null,
    human: null,
    agent: null,
    depth: null,
    cut: false,
  };
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

function nameOf(row: ListRow | undefined): string | undefined {
  if (row?.kind === 'entry') return row.key;
  return row?.kind === 'group' ? `group ${row.id}` : row?.kind;
}

const STATE: PageState = {
  source: 'file:///w/aegis_audit.db',
  spec: { filter: '', group: 'none', closed: [], histogram: 'decision' },
  zone: 'utc',
  live: false,
};
