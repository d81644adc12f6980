import type { Place } from '../schema/definition';
import { KEY_DEFINITIONS } from '../schema/keys';
import { REMARK_WORDS } from '../schema/remarks';

export type KeyPlace = Place;

/** The keys that the loader reads, by what they stand in. It ignores all others in silence. */
export const KNOWN_KEYS: Readonly<Record<KeyPlace, readonly string[]>> = {
  policy: namesOf('policy'),
  defaults: namesOf('defaults'),
  rule: namesOf('rule'),
  match: namesOf('match'),
  conditions: namesOf('conditions'),
  plan_rules: namesOf('plan_rules'),
  sequence: namesOf('sequence'),
  cumulative_risk: namesOf('cumulative_risk'),
};

function namesOf(place: Place): readonly string[] {
  return KEY_DEFINITIONS[place].map(({ name }) => name);
}

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
  return typeof key === 'string' && KNOWN_KEYS[place].includes(key);
}

const REMARKS: ReadonlySet<string> = new Set(REMARK_WORDS);

export function isRemark(key: string): boolean {
  return REMARKS.has(key.toLowerCase());
}

/** By this start people say that a key is not for the loader. */
export function isOwnKey(key: string): boolean {
  return /^(?:x[-_]|\.)/i.test(key);
}
