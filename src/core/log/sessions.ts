import type { EntryIndex } from './entryIndex';
import { OUTCOMES, outcomesOf } from './outcomes';

/** Risk words of the format, lowest first. */
export const RISKS = ['low', 'medium', 'high', 'critical'] as const;
export type Risk = (typeof RISKS)[number];

/** What a session did, in numbers. Times are in milliseconds since 1970, null where no entry has one. */
export interface Session {
  /** null: the entries that name no session. */
  readonly id: string | null;
  readonly entries: number;
  readonly blocked: number;
  readonly denied: number;
  readonly failed: number;
  /** Attempts whose outcome was not recorded. */
  readonly open: number;
  /** The highest of the four known words; null where there is none. */
  readonly risk: Risk | null;
  readonly from: number | null;
  readonly to: number | null;
  /** Who acted, in the order of their first entries; no more than MOST_AGENTS, of `agentsTotal`. */
  readonly agents: readonly string[];
  readonly agentsTotal: number;
  /** Positions of the first and the last entry. */
  readonly first: number;
  readonly last: number;
}

export const MOST_AGENTS = 10;

/**
 * The sessions of a log, in the order of their first entries, counted in one pass.
 *
 * @param positions which entries count; all of them where it is left out.
 */
export function sessionsOf(index: EntryIndex, positions?: Uint32Array): Session[] {
  const { columns, times } = index;
  const outcomeAt = outcomesOf(index);
  const risks = ranksOf(columns.risk.dictionary.values);
  const counts = new Map<number, Counting>();
  const sessionIds = columns.session.ids;
  const riskIds = columns.risk.ids;
  const agentIds = columns.agent.ids;
  const end = positions?.length ?? index.size;
  let last: Counting | undefined;
  for (let i = 0; i < end; i++) {
    const position = positions?.[i] ?? i;
    const id = sessionIds[position];
    if (last?.id !== id) {
      last = counts.get(id);
      if (last === undefined) counts.set(id, (last = new Counting(id, position)));
    }
    last.entries++;
    last.last = position;
    last.outcomes[outcomeAt(position)]++;
    const risk = risks[riskIds[position]];
    if (risk < RISKS.length && risk > last.risk) last.risk = risk;
    const time = times[position];
    if (time < last.from) last.from = time;
    if (time > last.to) last.to = time;
    const agent = agentIds[position];
    if (agent !== last.agent) {
      last.agent = agent;
      last.agents.add(agent);
    }
  }
  return [...counts.values()].map((each) => each.session(index));
}

/** For each value of a dictionary which of the risk words it is, in any case; behind them any other, and nothing. */
function ranksOf(values: readonly (string | null)[]): Uint8Array {
  return Uint8Array.from(values, (value) => {
    const known = value !== null && value.length <= 20;
    const found = known ? (RISKS as readonly string[]).indexOf(value.toLowerCase()) : -1;
    return found === -1 ? RISKS.length : found;
  });
}

class Counting {
  entries = 0;
  /** How many entries have which of the outcomes. */
  readonly outcomes = OUTCOMES.map(() => 0);
  risk = -1;
  from = Infinity;
  to = -Infinity;
  agent = -1;
  readonly agents = new Set<number>();
  last: number;

  constructor(
    readonly id: number,
    readonly first: number,
  ) {
    this.last = first;
  }

  session({ columns }: EntryIndex): Session {
    const agents = [...this.agents].map((id) => columns.agent.dictionary.values[id]).filter((name) => name !== null);
    return {
      id: columns.session.dictionary.values[this.id],
      entries: this.entries,
      blocked: this.outcomes[OUTCOMES.indexOf('blocked')],
      denied: this.outcomes[OUTCOMES.indexOf('denied')],
      failed: this.outcomes[OUTCOMES.indexOf('failed')],
      open: this.outcomes[OUTCOMES.indexOf('open')],
      risk: this.risk === -1 ? null : RISKS[this.risk],
      from: this.from === Infinity ? null : this.from / 1000,
      to: this.to === -Infinity ? null : this.to / 1000,
      agents: agents.slice(0, MOST_AGENTS),
      agentsTotal: agents.length,
      first: this.first,
      last: this.last,
    };
  }
}
