import { CONDITION_KEYS } from '../conditions/condition';

/** The keys that the loader reads, by what they stand in. It ignores all others in silence. */
export const KNOWN_KEYS = {
  policy: ['version', 'defaults', 'rules', 'scope', 'scope_id', 'plan_rules'],
  defaults: ['risk_level', 'approval'],
  rule: ['name', 'match', 'risk_level', 'approval', 'conditions'],
  match: ['type', 'target', 'agent'],
  conditions: CONDITION_KEYS,
  plan_rules: ['sequence_patterns', 'cumulative_risk'],
  sequence: ['name', 'steps', 'approval', 'risk_level', 'window', 'description'],
  cumulative_risk: ['name', 'max_total_risk', 'on_exceed'],
} as const satisfies Record<string, readonly string[]>;

export type KeyPlace = keyof typeof KNOWN_KEYS;

/** For people: where keys stand. */
export const PLACE_NAMES: Readonly<Record<KeyPlace, string>> = {
  policy: 'the top level of a policy',
  defaults: '"defaults"',
  rule: 'a rule',
  match: '"match"',
  conditions: '"conditions"',
  plan_rules: '"plan_rules"',
  sequence: 'a sequence pattern',
  cumulative_risk: '"cumulative_risk"',
};

/** Places of a policy proper at which a key that was put elsewhere is looked for. */
const PLACES: readonly KeyPlace[] = ['rule', 'match', 'conditions', 'policy'];

/** Where a key would be read; undefined where it would be nowhere. */
export function placeOfKey(key: string): KeyPlace | undefined {
  return PLACES.find((place) => isKnownKey(place, key));
}

export function isKnownKey(place: KeyPlace, key: unknown): boolean {
  return (KNOWN_KEYS[place] as readonly unknown[]).includes(key);
}

/** Keys under which people write what is for people: nothing is lost where the loader ignores them. */
const REMARKS = new Set(
  'annotations author comment comments contact created date description docs documentation id justification labels last_updated link links maintainer metadata note notes owner reason rationale reference references reviewed see severity_note summary tags team ticket title todo updated url'.split(
    ' ',
  ),
);

export function isRemark(key: string): boolean {
  return REMARKS.has(key.toLowerCase());
}

/** By this start people say that a key is not for the loader. */
export function isOwnKey(key: string): boolean {
  return /^(?:x[-_]|\.)/i.test(key);
}
