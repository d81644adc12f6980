import type { Indexed } from '../entryIndex';

/** What an entry holds beyond the index: read only where a filter asks for it. */
export interface EntryContent {
  readonly params: string | null;
  readonly description: string | null;
  readonly data: string | null;
  readonly error: string | null;
}

export type Field =
  | { readonly kind: 'column'; readonly column: Indexed; readonly contains: boolean }
  | { readonly kind: 'risk' }
  | { readonly kind: 'number'; readonly of: 'id' | 'depth' }
  | { readonly kind: 'time' }
  | { readonly kind: 'content'; readonly of: readonly (keyof EntryContent)[] }
  | { readonly kind: 'text' };

interface Described {
  readonly field: Field;
  readonly meaning: string;
}

const column = (name: Indexed, meaning: string, contains = false): Described => ({
  field: { kind: 'column', column: name, contains },
  meaning,
});

/** The fields of the filter, with what each means, in the order in which they are offered. */
export const FIELDS: Readonly<Record<string, Described>> = {
  risk: { field: { kind: 'risk' }, meaning: 'low, medium, high or critical; risk:>=high' },
  status: column('status', 'success, failed, blocked, denied or skipped; none: no outcome recorded'),
  type: column('type', 'the action’s type; type:delete*'),
  target: column('target', 'what it acted on, or a part of that', true),
  rule: column('rule', 'the policy rule that matched'),
  decision: column('approval', 'auto, approve or block'),
  agent: column('agent', 'who acted; none: not recorded'),
  human: column('human', 'what a person decided; none: nobody was asked'),
  session: column('session', 'the session'),
  time: { field: { kind: 'time' }, meaning: 'time:>=2026-03-29T10:30, time:FROM..TO, time:>=-15m' },
  text: { field: { kind: 'text' }, meaning: 'anywhere in the entry; the same as a bare word' },
  params: { field: { kind: 'content', of: ['params'] }, meaning: 'in the parameters' },
  error: { field: { kind: 'content', of: ['error'] }, meaning: 'in the error' },
  data: { field: { kind: 'content', of: ['data'] }, meaning: 'in the result' },
  desc: { field: { kind: 'content', of: ['description'] }, meaning: 'in the description' },
  id: { field: { kind: 'number', of: 'id' }, meaning: 'row or line; id:100..200' },
  depth: { field: { kind: 'number', of: 'depth' }, meaning: 'depth of delegation; depth:>=1' },
  parent: column('parent', 'the agent that delegated'),
  chain: column('chain', 'the chain of delegation'),
};

/** Other names under which people look for them. */
export const ALIASES: Readonly<Record<string, string>> = {
  approval: 'decision',
  result: 'status',
  line: 'id',
  row: 'id',
  action: 'type',
  action_type: 'type',
  action_target: 'target',
  agent_id: 'agent',
  session_id: 'session',
  matched_rule: 'rule',
  risk_level: 'risk',
  result_status: 'status',
  timestamp: 'time',
};

export function fieldOf(name: string): Field | undefined {
  const own = Object.hasOwn(FIELDS, name) ? name : Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined;
  return own === undefined ? undefined : FIELDS[own].field;
}

/** The field whose name is nearest to a misspelt one; undefined where none is near. */
export function nearestField(name: string): string | undefined {
  const near = [...Object.keys(FIELDS), ...Object.keys(ALIASES)]
    .map((known) => ({ known, distance: editDistance(name, known) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return near.distance <= Math.max(1, Math.floor(name.length / 3)) ? near.known : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}
