import type { KeyDefinition, ValueDefinition } from '../schema/definition';
import { blockContent, flowContent, flowItem, snippet } from './insertions';
import type { Offer } from './offer';
import type { RuleStart } from './ruleStarts';

/** What a key holds that is to hold a mapping or a list, where nothing stands behind it yet. */
export interface Held {
  readonly definition: KeyDefinition;
  /** Whether a single item of the list is begun, and not the list. */
  readonly isItem: boolean;
  readonly isFlow: boolean;
}

/** Lines below the key, each with a line break before it, and the same in brackets. In brackets there is only the latter. */
export function heldOffers({ definition, isItem, isFlow }: Held, start: RuleStart): Offer[] {
  const { value, meaning } = definition;
  if (value.kind !== 'mapping' && value.kind !== 'list') return [];
  const offer = (label: string, insert: string, detail: string): Offer => ({
    label,
    kind: value.kind === 'list' ? 'rule' : 'value',
    ...snippet(insert),
    detail,
    documentation: meaning,
  });
  if (isItem) return [offer('{ name }', flowItem(value, start), `a new ${value.of}`)];
  const first = FIRST[value.of] ?? 'name';
  const [label, brackets] = value.kind === 'list' ? [`- ${first}`, `[{ ${first} }]`] : [first, `{ ${first} }`];
  const flow = offer(
    brackets,
    value.kind === 'list' ? `[${flowItem(value, start)}]` : flowContent(value, start),
    ON_LINE,
  );
  return isFlow ? [flow] : [offer(label, `\n${blockContent(value, start)}`, 'in lines below'), flow];
}

const ON_LINE = 'on this line, in brackets';

/** The key that what is put in begins with. */
const FIRST: Readonly<Partial<Record<Extract<ValueDefinition, { kind: 'mapping' | 'list' }>['of'], string>>> = {
  match: 'type',
  defaults: 'risk_level',
  conditions: 'time_after',
  plan_rules: 'cumulative_risk',
  cumulative_risk: 'max_total_risk',
};
