import type { Indexed } from '../entryIndex';
import type { ContentField } from './filter';

export type FieldKind =
  /**
   * `isPart`: a value without wildcards may stand anywhere in what was recorded. `isOutcome`: its words also name what an entry without
   * a status counts as.
   */
  | { readonly kind: 'column'; readonly column: Indexed; readonly isPart?: true; readonly isOutcome?: true }
  | { readonly kind: 'risk' }
  | { readonly kind: 'number'; readonly of: 'id' | 'depth' }
  | { readonly kind: 'time' }
  | { readonly kind: 'text' }
  | { readonly kind: 'content'; readonly content: ContentField }
  | { readonly kind: 'has' };

/** A name that may stand before a colon. */
export interface Field {
  readonly name: string;
  /** Other names by which people know it: those of the columns and of the reference's flags among them. */
  readonly aliases: readonly string[];
  readonly is: FieldKind;
  /** What it means, with an example. */
  readonly meaning: string;
  /** What the format writes there. */
  readonly words?: readonly string[];
}

/** All fields, in the order in which they are offered. */
export const FIELDS: readonly Field[] = [
  {
    name: 'risk',
    aliases: ['risk_level'],
    is: { kind: 'risk' },
    meaning: 'how risky it was: risk:critical, risk:>=high',
    words: ['low', 'medium', 'high', 'critical'],
  },
  {
    name: 'status',
    aliases: ['result', 'result_status'],
    is: { kind: 'column', column: 'status', isOutcome: true },
    meaning:
      'how it ended: status:blocked,denied. Where no outcome was recorded: status:none; of those, status:block where the policy decided to block, else status:open',
    words: ['success', 'failed', 'blocked', 'denied', 'skipped'],
  },
  {
    name: 'type',
    aliases: ['action', 'action_type'],
    is: { kind: 'column', column: 'type' },
    meaning: 'the whole type of the action; with * a part: type:delete_user, type:delete*',
  },
  {
    name: 'target',
    aliases: ['action_target'],
    is: { kind: 'column', column: 'target', isPart: true },
    meaning: 'part of what it acted on; with * or = all of it: target:src/, target:*.ts, target:=production_db',
  },
  {
    name: 'agent',
    aliases: ['agent_id'],
    is: { kind: 'column', column: 'agent' },
    meaning: 'who acted: agent:crm-agent, agent:none',
  },
  {
    name: 'decision',
    aliases: ['approval'],
    is: { kind: 'column', column: 'approval' },
    meaning: 'what the policy asked for: decision:auto, approve or block',
    words: ['auto', 'approve', 'block'],
  },
  {
    name: 'rule',
    aliases: ['matched_rule'],
    is: { kind: 'column', column: 'rule' },
    meaning: 'the rule that decided: rule:block_prod_deletes, rule:none',
  },
  {
    name: 'human',
    aliases: ['human_decision'],
    is: { kind: 'column', column: 'human' },
    meaning: 'what a person decided: human:none where nobody did',
  },
  {
    name: 'time',
    aliases: ['timestamp'],
    is: { kind: 'time' },
    meaning:
      'when: time:2026-03-29 (all day), time:>=-15m, time:2026-03-29T10:30..2026-03-29T10:45 (before its end; a day at the end counts)',
  },
  {
    name: 'session',
    aliases: ['session_id'],
    is: { kind: 'column', column: 'session' },
    meaning: 'the session: session:prod-agent-042',
  },
  { name: 'text', aliases: [], is: { kind: 'text' }, meaning: 'anywhere in the entry, as a word without a field' },
  {
    name: 'params',
    aliases: ['action_params'],
    is: { kind: 'content', content: 'params' },
    meaning: 'part of the parameters, as they were written: params:user_id',
  },
  {
    name: 'error',
    aliases: ['result_error'],
    is: { kind: 'content', content: 'error' },
    meaning: 'part of the error: error:timeout',
  },
  {
    name: 'data',
    aliases: ['result_data'],
    is: { kind: 'content', content: 'data' },
    meaning: 'part of the result, as it was written',
  },
  {
    name: 'desc',
    aliases: ['description', 'action_desc'],
    is: { kind: 'content', content: 'description' },
    meaning: 'part of the description',
  },
  {
    name: 'has',
    aliases: [],
    is: { kind: 'has' },
    meaning: 'something was recorded there: has:error',
    words: ['params', 'description', 'data', 'error', 'human', 'agent', 'rule', 'status', 'session', 'parent', 'chain'],
  },
  {
    name: 'id',
    aliases: ['line', 'row'],
    is: { kind: 'number', of: 'id' },
    meaning: 'number of the row or line: id:17, id:>=17, id:100..200 (both included)',
  },
  {
    name: 'depth',
    aliases: ['chain_depth'],
    is: { kind: 'number', of: 'depth' },
    meaning: 'how often it was delegated: depth:>=1',
  },
  {
    name: 'parent',
    aliases: ['parent_agent_id'],
    is: { kind: 'column', column: 'parent' },
    meaning: 'the agent that delegated it: parent:planner, parent:none',
  },
  {
    name: 'chain',
    aliases: ['chain_id'],
    is: { kind: 'column', column: 'chain' },
    meaning: 'the chain of delegation: chain:none',
  },
];

const BY_NAME = new Map(FIELDS.flatMap((field) => [field.name, ...field.aliases].map((name) => [name, field])));

/** In any case; undefined where there is none. */
export function fieldOf(name: string): Field | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** What `has:` asks for by that name. */
export function contentOrColumn(name: string): Indexed | ContentField | undefined {
  const found = fieldOf(name)?.is;
  if (found?.kind === 'content') return found.content;
  return found?.kind === 'column' ? found.column : undefined;
}

/** The name that a misspelt one most likely stands for; undefined where none is near. */
export function nearestName(misspelt: string): string | undefined {
  return nearestWord(misspelt, [...BY_NAME.keys()]);
}

/** The one of some words that a misspelt one most likely stands for; undefined where none is near. */
export function nearestWord(misspelt: string, words: readonly string[]): string | undefined {
  if (misspelt.length > LONGEST_NAME + 2) return undefined;
  const word = misspelt.toLowerCase();
  let nearest: string | undefined;
  let least = Math.min(3, Math.ceil(word.length / 2));
  for (const name of words) {
    const distance = editDistance(word, name);
    if (distance < least) [nearest, least] = [name, distance];
  }
  return nearest;
}

const LONGEST_NAME = Math.max(...[...BY_NAME.keys()].map(({ length }) => length));

/** How many letters must be put in, taken out, replaced or swapped with their neighbour. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? beforeLast[j - 2] + 1 : Infinity;
      row.push(Math.min(last[j] + 1, row[j - 1] + 1, replaced, swapped));
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length];
}
