import { MATCH_PARTS, type PolicyRule } from '../../policy';

/** Patterns with more than this in them are nobody's, and could keep a search busy for long. */
const MOST_TOKENS = 400;

/** Whether a rule has a pattern that is too long to be looked into. */
export function isOversized({ match }: PolicyRule): boolean {
  return MATCH_PARTS.some((part) => match[part].glob.tokens.length > MOST_TOKENS);
}
