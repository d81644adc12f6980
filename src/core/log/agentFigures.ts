import type { EntryIndex } from './entryIndex';
import { OUTCOMES, outcomesOf, type Outcome } from './outcomes';

/** What an agent did, in numbers. Times are in milliseconds since 1970, null where no entry has one. */
export interface AgentFigures {
  /** null: the actions of which no agent was recorded. */
  readonly agent: string | null;
  readonly actions: number;
  /** How many ended how; `open` are those of which nothing was recorded. */
  readonly ended: Readonly<Record<Exclude<Outcome, 'attempt'>, number>>;
  readonly from: number | null;
  readonly to: number | null;
}

/** The agents of a log, the one that acted last first. */
export function agentFigures(index: EntryIndex): AgentFigures[] {
  const { ids, dictionary } = index.columns.agent;
  const size = dictionary.values.length;
  const counts = new Uint32Array(size * OUTCOMES.length);
  const from = new Float64Array(size).fill(Infinity);
  const to = new Float64Array(size).fill(-Infinity);
  const outcomeAt = outcomesOf(index);
  for (let i = 0; i < index.size; i++) {
    const id = ids[i];
    counts[id * OUTCOMES.length + outcomeAt(i)]++;
    const time = index.times[i];
    if (time < from[id]) from[id] = time;
    if (time > to[id]) to[id] = time;
  }
  const order = [...dictionary.values.keys()].sort((one, other) => (to[other] > to[one] ? 1 : -1));
  return order.flatMap((id) => {
    const own = OUTCOMES.map((name, i) => [name, counts[id * OUTCOMES.length + i]] as const);
    // What was attempted is counted as what it ended as.
    const ended = own.filter(([name]) => name !== 'attempt');
    const actions = ended.reduce((sum, [, count]) => sum + count, 0);
    if (actions === 0) return [];
    return {
      agent: dictionary.values[id],
      actions,
      ended: Object.fromEntries(ended) as AgentFigures['ended'],
      from: Number.isFinite(from[id]) ? from[id] / 1000 : null,
      to: Number.isFinite(to[id]) ? to[id] / 1000 : null,
    };
  });
}
