import { visible } from '../../text/visible';
import { shownValue } from '../shownValue';
import type { MappingEntry, MappingNode, PyValue } from '../yamlTree';
import type { Fix } from './diagnostic';
import { isKnownKey, isOwnKey, isRemark, KNOWN_KEYS, PLACE_NAMES, placeOfKey, type KeyPlace } from './knownKeys';
import type { LintContext } from './lintContext';
import { nearestWords } from './nearest';
import { wordFixes } from './rewrite';

/** The keys of a mapping. */
type Names = ReadonlySet<PyValue | undefined>;

/** Keys that the loader ignores; those in conditions, which nothing fulfils. */
export function findKeys(context: LintContext, mapping: MappingNode, place: KeyPlace): void {
  const names = new Set(mapping.entries.map(({ key }) => (key.kind === 'scalar' ? key.value : undefined)));
  for (const entry of mapping.entries) {
    if (context.findings.isFull) return;
    if (entry.key.kind === 'scalar' && isKnownKey(place, entry.key.value)) continue;
    if (!context.isNewAs(`key of ${place}`, entry.key)) continue;
    if (place === 'conditions') findCondition(context, entry, names);
    else findKey(context, entry, names, place);
  }
}

function findKey(context: LintContext, { key }: MappingEntry, names: Names, place: KeyPlace): void {
  const span = context.source.firstLine(key.span);
  const value = context.value(key);
  const among = `The keys of ${PLACE_NAMES[place]} are ${KNOWN_KEYS[place].join(', ')}.`;
  if (typeof value !== 'string') {
    const message = `The loader ignores this key, which it reads as ${shownValue(value)}. ${among}`;
    context.findings.warning('unknown-key', { message, span });
    return;
  }
  if (isOwnKey(value)) return;
  const ignored = `The loader ignores the key "${visible(value, 60)}"`;
  const near = nearestWords(value, KNOWN_KEYS[place]);
  const elsewhere = placeOfKey(value);
  if (elsewhere !== undefined) {
    const message = `${ignored} here: it is read only in ${PLACE_NAMES[elsewhere]}. Move it there.`;
    context.findings.warning('unknown-key', { message, span });
  } else if (near.length > 0) {
    const message = `${ignored}${withoutIt(names, near, place)}. Did you mean ${near.map((word) => `"${word}"`).join(' or ')}?`;
    context.findings.warning('unknown-key', { message, span, fixes: keyFixes(names, key, near) });
  } else {
    const severity = isRemark(value) ? 'information' : 'warning';
    context.findings.add('unknown-key', severity, { message: `${ignored}. ${among}`, span });
  }
}

/** What the loader takes instead of what was meant. */
function withoutIt(names: Names, [near, ...others]: readonly string[], place: KeyPlace): string {
  if (others.length > 0 || names.has(near)) return '';
  const instead = INSTEAD[place]?.[near];
  return instead === undefined ? '' : `, so ${instead}`;
}

const EVERYTHING = 'the rule matches every';

const INSTEAD: Partial<Record<KeyPlace, Partial<Record<string, string>>>> = {
  policy: {
    defaults: 'actions that no rule matches get the risk level medium and are blocked',
    rules: 'there are no rules and every action gets the defaults',
  },
  defaults: { approval: 'actions that no rule matches are blocked', risk_level: 'they have the risk level medium' },
  rule: {
    approval: 'the approval of this rule is approve',
    risk_level: 'the risk level of this rule is medium',
    match: 'the rule matches everything',
    conditions: 'the rule has no conditions',
  },
  match: { type: `${EVERYTHING} type`, target: `${EVERYTHING} target`, agent: `${EVERYTHING} agent` },
};

function findCondition(context: LintContext, { key }: MappingEntry, names: Names): void {
  const span = context.source.firstLine(key.span);
  const value = context.value(key);
  const shown = typeof value === 'string' ? `"${visible(value, 60)}"` : shownValue(value);
  const never = `There is no condition ${shown}: the loader takes it, and the rule never matches.`;
  const near = typeof value === 'string' ? nearestWords(value, KNOWN_KEYS.conditions) : [];
  if (near.length > 0) {
    const message = `${never} Did you mean ${near.map((word) => `"${word}"`).join(' or ')}?`;
    context.findings.warning('unknown-condition', { message, span, fixes: keyFixes(names, key, near) });
  } else {
    const message = `${never} The conditions are ${KNOWN_KEYS.conditions.join(', ')}.`;
    context.findings.warning('unknown-condition', { message, span });
  }
}

/** A key that is there already is not put in a second time. */
function keyFixes(names: Names, key: MappingEntry['key'], near: readonly string[]): Fix[] {
  if (key.kind !== 'scalar' || !/^[\w-]/.test(key.text)) return [];
  const free = near.filter((word) => !names.has(word));
  return wordFixes(key, free, near.length === 1);
}
