import type { Condition } from '../../conditions/condition';
import { MATCH_PARTS, type PolicyRule } from '../../policy';
import { isList, isMapping, isSet } from '../../pyValues';
import type { PyValue } from '../../yamlTree';

/** Patterns with more than this in them are nobody's, and could keep a search busy for long. */
const MOST_TOKENS = 400;

/** So are conditions with more values, or longer texts. */
const MOST_VALUES = 400;
const LONGEST_TEXT = 1000;

/** Whether a rule has a pattern or a condition that is too long to be looked into. */
export function isOversized({ match, conditions }: PolicyRule): boolean {
  if (MATCH_PARTS.some((part) => match[part].glob.tokens.length > MOST_TOKENS)) return true;
  if (conditions.kind !== 'all') return false;
  return conditions.conditions.length > MOST_VALUES || conditions.conditions.some((condition) => isLarge(condition));
}

/** Of what is in a value, texts and lists are looked at; deeper there is nothing that is asked about by itself. */
function isLarge({ key, value }: Condition): boolean {
  // (A long expression is never searched for, which is soon found out.)
  if (key === 'param_matches' && isMapping(value)) return value.entries.length > MOST_VALUES;
  if (!isMapping(value)) return sizeOf(value) > MOST_VALUES;
  return (
    value.entries.length > MOST_VALUES || value.entries.some(([key, each]) => sizeOf(key) + sizeOf(each) > MOST_VALUES)
  );
}

/** A long text counts as too much. */
function sizeOf(value: PyValue): number {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? Infinity : 1;
  if (isList(value)) return value.length;
  if (isMapping(value)) return value.entries.length;
  return isSet(value) ? value.items.length : 1;
}
