import { visible } from '../../text/visible';
import { matchedName, type PolicyRule } from '../policy';
import { PyError, TooMuchWork, Work } from '../pyError';
import { pyStr } from '../pyText';
import { shownValue } from '../shownValue';
import type { PyValue } from '../yamlTree';

/** What the audit trail calls a rule, made visible; of a name that is no text, and of what is long, as much as is told. */
export function loggedName(rule: PolicyRule, most = 120): string {
  try {
    const work = new Work(WORK);
    const written = (value: PyValue): string => pyStr(value, work);
    return visible(written(matchedName(rule, written)), most);
  } catch (error) {
    if (!(error instanceof PyError || error instanceof TooMuchWork)) throw error;
    return shownValue(rule.name, most);
  }
}

/** It is asked of thousands of rules. */
const WORK = 2000;
