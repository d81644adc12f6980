// A log that is made up while it is read: any number of entries, of which only the numbers are kept.

import type {
  EntryDetail,
  EntryRow,
  FieldValue,
  Histogram,
  ListRow,
  ToPage,
  ViewSpec,
} from '../../src/shared/timeline';

const RISKS = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const STATUSES = ['success', 'success', 'success', 'success', 'failed', 'denied', 'skipped', 'blocked'] as const;
const TYPES = ['read_file', 'run_command', 'update_deal', 'send_email', 'delete_user', 'http_request', 'write_file'];
const TARGETS = [
  'src/app.ts',
  'npm run build',
  'salesforce',
  'board@example.com',
  'production_db',
  'https://example.com/api',
];
const RULES = ['allow_reads', 'approve_crm_writes', 'block_prod_deletes', 'ask_before_mail', '<default>'];
export const AGENTS = ['planner', 'researcher', 'writer'];

/** When the first entry was made, and how far apart two are, in milliseconds. */
export const BEGINNING = Date.UTC(2026, 2, 29, 10, 30, 2, 114);

export interface PretendLogOptions {
  entries: number;
  /** Milliseconds between two. */
  apart?: number;
  /** What takes the place of parts of an entry. */
  change?: (index: number) => Partial<EntryRow>;
  /** What takes the place of parts of a detail. */
  detail?: (key: string) => Partial<EntryDetail>;
  /** Fields that a detail shows the beginning of. */
  whole?: (key: string, name: string) => FieldValue | undefined;
  /** Rows that are missing before these entries. */
  gaps?: ReadonlyMap<number, number>;
}

type View = Omit<Extract<ToPage, { type: 'view' }>, 'type' | 'query' | 'timeZone'>;

/** What a query found: which rows, told one by one. */
interface Answer {
  view: View;
  row(index: number): ListRow;
  place(key: string): number | null;
}

export class PretendLog {
  entries: number;
  private readonly apart: number;

  constructor(private readonly options: PretendLogOptions) {
    this.entries = options.entries;
    this.apart = options.apart ?? 37;
  }

  at(index: number): number {
    return BEGINNING + index * this.apart;
  }

  row(index: number): EntryRow {
    const { type, target, risk, status } = this.brief(index);
    const agent = AGENTS[mix(index * 17) % AGENTS.length];
    return {
      kind: 'entry',
      key: String(index + 1),
      timestamp: new Date(this.at(index)).toISOString().replace('Z', '000+00:00'),
      at: this.at(index),
      session: 'prod-agent-042',
      type,
      target,
      risk,
      approval: status === 'blocked' ? 'block' : status === 'denied' ? 'approve' : 'auto',
      status,
      outcome: status,
      rule: RULES[mix(index * 13) % RULES.length],
      human: status === 'denied' ? 'denied' : null,
      agent,
      depth: AGENTS.indexOf(agent),
      cut: false,
      ...this.options.change?.(index),
    };
  }

  /** What is filtered by. */
  private brief(index: number): Brief {
    return {
      type: TYPES[mix(index * 3) % TYPES.length],
      target: TARGETS[mix(index * 5) % TARGETS.length],
      risk: RISKS[mix(index * 11) % RISKS.length],
      status: STATUSES[mix(index * 7) % STATUSES.length],
    };
  }

  detail(key: string): EntryDetail {
    const row = this.row(Number(key) - 1);
    const text = (value: string | null): EntryDetail['fields'][number]['value'] =>
      value === null ? { kind: 'null' } : { kind: 'text', text: value, length: value.length, damaged: false };
    const params = '{"user_id": "42", "limits": {"rows": 1e3, "dry_run": false}, "tags": ["a", null]}';
    return {
      key,
      row,
      fields: [
        { name: 'id', value: { kind: 'number', text: key } },
        { name: 'session_id', value: text(row.session) },
        { name: 'timestamp', value: text(row.timestamp) },
        { name: 'action_type', value: text(row.type) },
        { name: 'action_target', value: text(row.target) },
        { name: 'action_params', value: text(params) },
        { name: 'action_desc', value: { kind: 'null' } },
        { name: 'risk_level', value: text(row.risk) },
        { name: 'approval', value: text(row.approval) },
        { name: 'matched_rule', value: text(row.rule) },
        { name: 'human_decision', value: text(row.human) },
        { name: 'result_status', value: text(row.status) },
        { name: 'agent_id', value: text(row.agent) },
        { name: 'chain_depth', value: { kind: 'absent' } },
      ],
      trees: [{ name: 'action_params', root: PARAMS, cut: false }],
      remarks: [],
      ...this.options.detail?.(key),
    };
  }

  /** A field in full. */
  whole(key: string, name: string): FieldValue {
    const value = this.options.whole?.(key, name);
    return value ?? this.detail(key).fields.find((field) => field.name === name)?.value ?? { kind: 'absent' };
  }

  /** A problem where the filter cannot be read. */
  ask(spec: ViewSpec, bins: number): Answer | { problem: NonNullable<View['problem']> } {
    const filter = readFilter(spec.filter);
    if ('problem' in filter) return filter;
    const { matches, from, to } = filter;
    const positions = new Uint32Array(this.entries);
    let matched = 0;
    const untimed = new Uint32Array(this.entries);
    let counted = 0;
    const isAll = matches.length === 0;
    for (let i = 0; i < this.entries; i++) {
      if (!isAll) {
        const row = this.brief(i);
        if (!matches.every((match) => match(row))) continue;
      }
      untimed[counted++] = i;
      const at = this.at(i);
      if (at >= from && at < to) positions[matched++] = i;
    }
    const histogram = this.histogram(untimed.subarray(0, counted), spec, bins, from, to);
    const rows = this.rowsOf(positions.subarray(0, matched), spec);
    const view = { rows: rows.count, matched, total: this.entries, histogram, problem: null, searched: 1 };
    return { view, row: rows.row, place: rows.place };
  }

  private rowsOf(
    positions: Uint32Array,
    spec: ViewSpec,
  ): { count: number; row: Answer['row']; place: Answer['place'] } {
    if (spec.group === 'agent') return this.groups(positions, spec);
    const gaps = [...(this.options.gaps ?? [])];
    if (gaps.length === 0)
      return {
        count: positions.length,
        row: (index) => this.row(positions[index]),
        place: (key) => placeIn(positions, Number(key) - 1),
      };
    const rows: ListRow[] = [];
    for (const position of positions) {
      const count = this.options.gaps?.get(position);
      if (count !== undefined) rows.push({ kind: 'gap', count, from: '25', to: String(24 + count) });
      rows.push(this.row(position));
    }
    return listed(rows);
  }

  private groups(
    positions: Uint32Array,
    spec: ViewSpec,
  ): { count: number; row: Answer['row']; place: Answer['place'] } {
    const rows: ListRow[] = [];
    const all = [...positions].map((position) => this.row(position));
    for (const [depth, agent] of AGENTS.entries()) {
      const own = all.filter((row) => row.agent === agent);
      const closed = spec.closed.includes(agent);
      rows.push({
        kind: 'group',
        id: agent,
        agent,
        depth,
        parent: AGENTS[depth - 1] ?? null,
        count: own.length,
        closed,
      });
      if (!closed) rows.push(...own);
    }
    return listed(rows);
  }

  private histogram(positions: Uint32Array, spec: ViewSpec, wanted: number, from: number, to: number): Histogram {
    const series = spec.histogram === 'risk' ? RISKS : ['success', 'skipped', 'failed', 'denied', 'blocked'];
    const end = this.at(this.entries - 1) + 1;
    const count = this.entries === 0 ? 0 : Math.min(wanted, 400);
    const step = count === 0 ? 1 : (end - BEGINNING) / count;
    const bins = Array.from({ length: count }, () => new Array<number>(series.length).fill(0));
    // One in so many is enough to draw: a million rows made up for each key would be all that the machine does.
    const stride = Math.max(1, Math.floor(positions.length / 20_000));
    for (let i = 0; i < positions.length; i += stride) {
      const row = this.brief(positions[i]);
      const bin = bins[Math.min(count - 1, Math.floor((this.at(positions[i]) - BEGINNING) / step))];
      const s = series.indexOf(spec.histogram === 'risk' ? row.risk : row.status);
      if (s >= 0) bin[s] += stride;
    }
    const isWhole = from === -Infinity && to === Infinity;
    return { series, from: BEGINNING, step, bins, timeless: 0, selected: isWhole ? null : { from, to } };
  }
}

type Brief = Pick<EntryRow, 'type' | 'target' | 'risk'> & { status: (typeof STATUSES)[number] };

interface Filter {
  matches: ((row: Brief) => boolean)[];
  from: number;
  to: number;
}

/** As much of the filter's language as the page's tests type. */
function readFilter(filter: string): Filter | { problem: NonNullable<View['problem']> } {
  const read: Filter = { matches: [], from: -Infinity, to: Infinity };
  for (const found of filter.matchAll(/\S+/g)) {
    const [term] = found;
    const [, field, value] = /^(\w+):(.*)$/.exec(term) ?? [undefined, undefined, term];
    const at = found.index + term.length - value.length;
    if (field === 'risk') {
      const word = value.replace(/^>=/, '').toUpperCase();
      if (!RISKS.includes(word)) {
        const message = `There is no risk level "${value.replace(/^>=/, '')}": low, medium, high, critical.`;
        return { problem: { message, from: at, to: at + value.length } };
      }
      const least = RISKS.indexOf(word);
      read.matches.push((row) => (value.startsWith('>=') ? RISKS.indexOf(row.risk) >= least : row.risk === word));
    } else if (field === 'status') read.matches.push((row) => row.status === value);
    else if (field === 'type') read.matches.push((row) => row.type.startsWith(value.replace('*', '')));
    else if (field === 'time') {
      const [from, to] = value.split('..').map((text) => Date.parse(text));
      read.from = from;
      read.to = to;
    } else read.matches.push((row) => `${row.type} ${row.target}`.includes(term));
  }
  return read;
}

function placeIn(positions: Uint32Array, wanted: number): number | null {
  let low = 0;
  let high = positions.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (positions[middle] === wanted) return middle;
    if (positions[middle] < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}

function listed(rows: ListRow[]): { count: number; row: Answer['row']; place: Answer['place'] } {
  return {
    count: rows.length,
    row: (index) => rows[index],
    place: (key) => {
      const index = rows.findIndex((row) => row.kind === 'entry' && row.key === key);
      return index < 0 ? null : index;
    },
  };
}

/** The same number for the same one, and no pattern that one could see. */
function mix(number: number): number {
  let x = Math.imul(number + 1, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 15), 0x85ebca6b);
  return (x ^ (x >>> 13)) >>> 0;
}

const PARAMS: EntryDetail['trees'][number]['root'] = {
  name: null,
  kind: 'object',
  text: '3 members',
  children: [
    { name: 'user_id', kind: 'string', text: '42', children: [] },
    {
      name: 'limits',
      kind: 'object',
      text: '2 members',
      children: [
        { name: 'rows', kind: 'number', text: '1e3', children: [] },
        { name: 'dry_run', kind: 'literal', text: 'false', children: [] },
      ],
    },
    {
      name: 'tags',
      kind: 'array',
      text: '2 elements',
      children: [
        { name: '0', kind: 'string', text: 'a', children: [] },
        { name: '1', kind: 'literal', text: 'null', children: [] },
      ],
    },
  ],
};
