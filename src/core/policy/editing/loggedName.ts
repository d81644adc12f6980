import { visible } from '../../text/visible';
import { matchedName, type PolicyRule } from '../policy';
import { PyError, TooMuchWork, Work } from '../pyError';
import { pyStr } from '../pyText';
import { shownValue } from '../shownValue';

/** What the audit trail calls a rule, made visible; of a name that is no text, and of what is long, as much as is told. */
export function loggedName(rule: PolicyRule, most = 120): string {
  try {
    return visible(pyStr(matchedName(rule), new Work(WORK)), most);
  } catch (error) {
    if (!(error instanceof PyError || error instanceof TooMuchWork)) throw error;
    return shownValue(rule.name, most);
  }
}

const WORK = 20_000;
