import { RUN } from '../glob';
import type { Approval, Pattern, PolicyRule } from '../policy';
import { shownValue } from '../shownValue';
import { allConditionWords } from './conditionWords';

const VERDICTS: Readonly<Record<Approval, readonly [before: string, behind: string]>> = {
  auto: ['Lets', ' through without asking anybody'],
  approve: ['Asks a person about', ''],
  block: ['Blocks', ''],
};

/** What a rule means, in a sentence. Whatever is said of it is what an evaluation does; texts out of the file are made visible. */
export function describeRule(rule: PolicyRule): string {
  const [before, behind] = VERDICTS[rule.approval];
  const when = whenOf(rule);
  return `${before} ${actionsOf(rule)}${behind}${when === '' ? '' : `, where ${when}`}. It counts as ${rule.risk.toLowerCase()} risk.`;
}

function actionsOf({ match: { type, target, agent } }: PolicyRule): string {
  const parts = [
    patternWords(type, 'of the type', 'whose type matches'),
    patternWords(target, 'on', 'on targets that match'),
    patternWords(agent, 'by', 'by agents that match'),
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'every action' : `actions ${parts.join(' ')}`;
}

function patternWords({ value, glob }: Pattern, same: string, matching: string): string {
  if (glob.tokens.length === 1 && glob.tokens[0] === RUN) return '';
  const isText = glob.tokens.every(({ kind }) => kind === 'literal');
  return `${isText ? same : matching} ${shownValue(value)}`;
}

/** All conditions as a clause; empty where there are none. */
function whenOf({ conditions }: PolicyRule): string {
  if (conditions.kind === 'all') return allConditionWords(conditions.conditions);
  return 'its conditions hold, which are no mapping, so that the evaluation fails';
}
