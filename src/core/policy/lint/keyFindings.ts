import { visible } from '../../text/visible';
import { shownValue } from '../shownValue';
import { APPROVAL_WORDS, RISK_WORDS } from '../schema/definition';
import { KEY_DEFINITIONS } from '../schema/keys';
import type { MappingEntry, MappingNode, PyValue, YamlNode } from '../yamlTree';
import type { Fix } from './diagnostic';
import { isKnownKey, isOwnKey, isRemark, KNOWN_KEYS, PLACE_NAMES, placeOfKey, type KeyPlace } from './knownKeys';
import type { LintContext } from './lintContext';
import { nearestWords } from './nearest';
import { wordFixes } from './rewrite';

/** The keys of a mapping. */
type Names = ReadonlySet<PyValue | undefined>;

/** A mapping with keys that are not known. */
interface Keyed {
  readonly names: Names;
  readonly place: KeyPlace;
  /** Words that several of the keys may mean; found out once. */
  readonly shared: () => ReadonlySet<string>;
}

/** Keys that the loader ignores; those in conditions, which nothing fulfils. */
export function findKeys(context: LintContext, mapping: MappingNode, place: KeyPlace): void {
  const names = new Set(mapping.entries.map(({ key }) => (key.kind === 'scalar' ? key.value : undefined)));
  let known: ReadonlySet<string> | undefined;
  const keyed: Keyed = { names, place, shared: () => (known ??= sharedWords(names, place)) };
  for (const entry of mapping.entries) {
    if (context.findings.isFull) return;
    if (entry.key.kind === 'scalar' && isKnownKey(place, entry.key.value)) continue;
    if (!context.isNewAs(`key of ${place}`, entry.key)) continue;
    if (place === 'conditions') findCondition(context, entry, keyed);
    else findKey(context, entry, keyed);
  }
}

function findKey(context: LintContext, entry: MappingEntry, keyed: Keyed): void {
  const { key } = entry;
  const { names, place } = keyed;
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
    context.findings.warning('unknown-key', { message, span, fixes: keyFixes(context, entry, keyed, near) });
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

function findCondition(context: LintContext, entry: MappingEntry, keyed: Keyed): void {
  const { key } = entry;
  const span = context.source.firstLine(key.span);
  const value = context.value(key);
  const shown = typeof value === 'string' ? `"${visible(value, 60)}"` : shownValue(value);
  const never = `There is no condition ${shown}: the loader takes it, and the rule never matches.`;
  const near = typeof value === 'string' ? nearestWords(value, KNOWN_KEYS.conditions) : [];
  if (near.length > 0) {
    const message = `${never} Did you mean ${near.map((word) => `"${word}"`).join(' or ')}?`;
    context.findings.warning('unknown-condition', { message, span, fixes: keyFixes(context, entry, keyed, near) });
  } else {
    const message = `${never} The conditions are ${KNOWN_KEYS.conditions.join(', ')}.`;
    context.findings.warning('unknown-condition', { message, span });
  }
}

/** A key that is there already is not put in a second time. */
function keyFixes(
  context: LintContext,
  entry: MappingEntry,
  { names, place, shared }: Keyed,
  near: readonly string[],
): Fix[] {
  const { key } = entry;
  if (key.kind !== 'scalar' || !/^[\w-]/.test(key.text)) return [];
  const free = near.filter((word) => !names.has(word));
  const [word] = near;
  const isSafe = near.length === 1 && takes(context, place, word, entry.value) && !shared().has(word);
  return wordFixes(key, free, isSafe);
}

/** Whether a value is of the kind that a key takes: with another the policy would be refused, or mean what nobody wrote. */
function takes(context: LintContext, place: KeyPlace, word: string, node: YamlNode): boolean {
  const definition = KEY_DEFINITIONS[place].find(({ name }) => name === word);
  switch (definition?.value.kind) {
    case 'mapping':
    case 'parameters':
      return node.kind === 'mapping';
    case 'list':
    case 'patterns':
      return node.kind === 'sequence';
    case 'weekdays':
      return node.kind !== 'mapping';
    case 'approval':
      return isWord(context.value(node), APPROVAL_WORDS);
    case 'risk':
      return isWord(context.value(node), RISK_WORDS);
    case 'pattern':
      return node.kind === 'scalar' && typeof context.value(node) === 'string';
    default:
      return node.kind === 'scalar' && node.value !== null;
  }
}

function isWord(value: PyValue, words: readonly { readonly word: string }[]): boolean {
  const known = words.map(({ word }) => word);
  return typeof value === 'string' && (known.includes(value.toLowerCase()) || nearestWords(value, known).length === 1);
}

/** Words that more than one of the keys that are not known may mean. */
function sharedWords(names: Names, place: KeyPlace): ReadonlySet<string> {
  const [once, twice] = [new Set<string>(), new Set<string>()];
  for (const name of names) {
    if (typeof name !== 'string' || isKnownKey(place, name)) continue;
    for (const word of nearestWords(name, KNOWN_KEYS[place])) (once.has(word) ? twice : once).add(word);
  }
  return twice;
}
