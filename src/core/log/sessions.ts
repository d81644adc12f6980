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
  /** The same without the attempts whose outcome is an entry of its own. */
  readonly actions: number;
  readonly blocked: number;
  readonly denied: number;
  readonly failed: number;
  /** Attempts whose outcome was not recorded. */
  readonly open: number;
  /** Of these, the ones that the policy decided to block. */
  readonly openBlocks: number;
  /** The highest of the four known words; null where there is none. */
  readonly risk: Risk | null;
  readonly from: number | null;
  readonly to: number | null;
  /** Who acted, in the order of their first entries, long names cut; no more than MOST_AGENTS, of `agentsTotal`. */
  readonly agents: readonly string[];
  readonly agentsTotal: number;
  /** Positions of the first and the last entry. */
  readonly first: number;
  readonly last: number;
}

export const MOST_AGENTS = 10;

/** Characters of an agent's name: more are not shown. */
const MOST_AGENT = 300;

const BLOCKED = OUTCOMES.indexOf('blocked');
const DENIED = OUTCOMES.indexOf('denied');
const FAILED = OUTCOMES.indexOf('failed');
const BLOCK = OUTCOMES.indexOf('block');
const OPEN = OUTCOMES.indexOf('open');
const ATTEMPT = OUTCOMES.indexOf('attempt');

/** How many sessions a log has; the entries that name none are one. */
export function sessionCount({ columns, size }: EntryIndex): number {
  const { ids, dictionary } = columns.session;
  const isThere = new Uint8Array(dictionary.values.length);
  let count = 0;
  for (let i = 0; i < size; i++) {
    if (isThere[ids[i]] === 1) continue;
    isThere[ids[i]] = 1;
    count++;
  }
  return count;
}

/**
 * The sessions of a log, in the order of their first entries, counted in one pass. They stand in columns, each session at its
 * place: a log can have hundreds of thousands of them, of which somebody looks at a few.
 */
export class SessionTable {
  /** How many sessions there are; only so many places count. */
  readonly size: number;
  readonly entries: Uint32Array;
  /** How many entries have which of the OUTCOMES, for one place after the other. */
  private readonly outcomes: Uint32Array;
  /** The highest risk as its place in RISKS, -1 where there is none. */
  readonly risks: Int8Array;
  /** Microseconds since 1970; Infinity where no entry has a time. */
  readonly from: Float64Array;
  /** The same; -Infinity where no entry has a time. */
  readonly to: Float64Array;
  /** Positions of the first and the last entry. */
  readonly first: Uint32Array;
  readonly last: Uint32Array;
  /** By the number of a session's id, one more than its place; 0 where it has no entry. */
  private readonly places: Uint32Array;
  /** How many entries were counted. */
  private readonly end: number;

  /** @param positions which entries count; all of them where it is left out. */
  constructor(
    private readonly index: EntryIndex,
    private readonly positions?: Uint32Array,
  ) {
    const { columns, times } = index;
    const end = positions?.length ?? index.size;
    const most = Math.min(end, columns.session.dictionary.values.length);
    this.end = end;
    this.entries = new Uint32Array(most);
    this.outcomes = new Uint32Array(most * OUTCOMES.length);
    this.risks = new Int8Array(most).fill(-1);
    this.from = new Float64Array(most).fill(Infinity);
    this.to = new Float64Array(most).fill(-Infinity);
    this.first = new Uint32Array(most);
    this.last = new Uint32Array(most);
    this.places = new Uint32Array(columns.session.dictionary.values.length);
    const outcomeAt = outcomesOf(index);
    const ranks = ranksOf(columns.risk.dictionary.values);
    const riskIds = columns.risk.ids;
    const sessionIds = columns.session.ids;
    let size = 0;
    for (let i = 0; i < end; i++) {
      const position = positions === undefined ? i : positions[i];
      let place = this.places[sessionIds[position]] - 1;
      if (place === -1) {
        place = size++;
        this.places[sessionIds[position]] = size;
        this.first[place] = position;
      }
      this.entries[place]++;
      this.last[place] = position;
      this.outcomes[place * OUTCOMES.length + outcomeAt(position)]++;
      const rank = ranks[riskIds[position]];
      if (rank > this.risks[place]) this.risks[place] = rank;
      const time = times[position];
      if (time < this.from[place]) this.from[place] = time;
      if (time > this.to[place]) this.to[place] = time;
    }
    this.size = size;
  }

  id(place: number): string | null {
    return this.index.text(this.first[place], 'session');
  }

  /** undefined where there is no such session. */
  placeOf(id: string | null): number | undefined {
    const number = this.index.columns.session.dictionary.values.indexOf(id);
    // Ids that came later have no place.
    const isCounted = number !== -1 && number < this.places.length && this.places[number] > 0;
    return isCounted ? this.places[number] - 1 : undefined;
  }

  /** How many entries were blocked, denied, or failed, or should have been blocked and have no outcome. */
  trouble(place: number): number {
    const recorded = this.count(place, BLOCKED) + this.count(place, DENIED) + this.count(place, FAILED);
    return recorded + this.count(place, BLOCK);
  }

  private count(place: number, outcome: number): number {
    return this.outcomes[place * OUTCOMES.length + outcome];
  }

  /** The sessions at some places, in their order. */
  at(places: Uint32Array): Session[] {
    const agents = this.agentsAt(places);
    const milliseconds = (time: number): number | null => (Number.isFinite(time) ? time / 1000 : null);
    return Array.from(places, (place, i) => ({
      id: this.id(place),
      entries: this.entries[place],
      actions: this.entries[place] - this.count(place, ATTEMPT),
      blocked: this.count(place, BLOCKED),
      denied: this.count(place, DENIED),
      failed: this.count(place, FAILED),
      open: this.count(place, OPEN) + this.count(place, BLOCK),
      openBlocks: this.count(place, BLOCK),
      risk: this.risks[place] === -1 ? null : RISKS[this.risks[place]],
      from: milliseconds(this.from[place]),
      to: milliseconds(this.to[place]),
      agents: agents[i].slice(0, MOST_AGENTS).map((name) => name.slice(0, MOST_AGENT)),
      agentsTotal: agents[i].length,
      first: this.first[place],
      last: this.last[place],
    }));
  }

  /** Who acted in some of the sessions. That takes a set a session, so it is not kept for all of them. */
  private agentsAt(places: Uint32Array): string[][] {
    const { agent, session } = this.index.columns;
    const found = Array.from(places, () => new Set<number>());
    const setOf = new Map<number, Set<number>>();
    places.forEach((place, i) => setOf.set(place, found[i]));
    const isWanted = new Uint8Array(this.size);
    for (const place of places) isWanted[place] = 1;
    for (let i = 0; i < this.end; i++) {
      const position = this.positions === undefined ? i : this.positions[i];
      const place = this.places[session.ids[position]] - 1;
      if (isWanted[place] === 1) setOf.get(place)!.add(agent.ids[position]);
    }
    return found.map((ids) => [...ids].map((id) => agent.dictionary.values[id]).filter((name) => name !== null));
  }
}

/** For each value of a dictionary which of the risk words it is, in any case; -1 for any other, and for nothing. */
function ranksOf(values: readonly (string | null)[]): Int8Array {
  return Int8Array.from(values, (value) => {
    const isShort = value !== null && value.length <= 20;
    return isShort ? (RISKS as readonly string[]).indexOf(value.toLowerCase()) : -1;
  });
}
