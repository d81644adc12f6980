import { isoOfMicroseconds } from '../core/log/timestamp';
import type { Action } from '../core/policy/action';
import { mismatchSentence, type Explanation, type PassedOver } from '../core/policy/explain';
import { ruleTitle } from '../core/policy/policy';
import { quantity } from '../core/text/quantity';
import { visible } from '../core/text/visible';
import type { LoadedPolicy } from './policyFile';
import { shownPath, style, table, wrapped } from './terminal';
import { approvalWord, riskWord } from './verdictStyle';

/** An action and what the policy says of it. */
export interface Simulated {
  readonly action: Action;
  /** Microseconds since 1970 at which it was judged. */
  readonly clock: number;
  readonly explanation: Explanation;
}

/** Rules that are told of each action which they did not match. */
const MOST_PASSED_OVER = 30;

/** What becomes of each action, for people. */
export function simulationText(path: string, { policy, file }: LoadedPolicy, simulated: readonly Simulated[]): string {
  const lineOf = (index: number): number => file.positions.at(policy.rules[index].node.span.start).line;
  const decisions = simulated.map((each) =>
    [heading(each), ...outcomeLines(each, policy.rules, lineOf), ''].join('\n'),
  );
  const head = `${style(shownPath(path), 'bold')} (${quantity(policy.rules.length, 'rule')})`;
  return `${[head, '', ...decisions, summary(simulated)].join('\n')}\n`;
}

function heading({ action, clock }: Simulated): string {
  const agent = action.agent === null || action.agent === '' ? '' : `by ${visible(action.agent, 100)} `;
  const name = `${visible(action.type, 200)}:${visible(action.target, 200)}`;
  return `${style(name, 'bold')}  ${style(`${agent}at ${isoOfMicroseconds(clock)}`, 'dim')}`;
}

function outcomeLines(
  { explanation: { outcome, passedOver } }: Simulated,
  rules: LoadedPolicy['policy']['rules'],
  lineOf: (index: number) => number,
): string[] {
  const { ruleIndex } = outcome;
  if (outcome.kind === 'error') {
    const why = wrapped(`No decision. ${outcome.sentence}`);
    return [...why.map((line) => `  ${style(line, 'red')}`), ...passedOverLines(passedOver)];
  }
  const by =
    ruleIndex === undefined
      ? 'the defaults, for no rule matches'
      : `${ruleTitle(rules[ruleIndex])}, line ${lineOf(ruleIndex)}`;
  return [`  ${approvalWord(outcome.approval)}, risk ${riskWord(outcome.risk)}: ${by}`, ...passedOverLines(passedOver)];
}

/** Of many rules, those that were for actions of this type are told first: the rest was for something else. */
function passedOverLines(passedOver: readonly PassedOver[]): string[] {
  if (passedOver.length === 0) return [];
  const near = passedOver.filter(({ mismatch }) => mismatch.kind !== 'type');
  const shown = (passedOver.length <= MOST_PASSED_OVER ? passedOver : near).slice(0, MOST_PASSED_OVER);
  const rows = shown.map(({ rule, mismatch }) => [`    ${ruleTitle(rule)}`, mismatchSentence(mismatch)]);
  const more = passedOver.length - shown.length;
  return [
    '  Rules that come first and do not match:',
    ...(rows.length > 0 ? table(rows) : []),
    ...(more > 0
      ? [`    and ${quantity(more, 'more rule')}${near.length > shown.length ? '' : ', which are for other types'}`]
      : []),
  ];
}

function summary(simulated: readonly Simulated[]): string {
  const counts = { auto: 0, approve: 0, block: 0, error: 0 };
  for (const { explanation } of simulated) {
    const { outcome } = explanation;
    counts[outcome.kind === 'error' ? 'error' : outcome.approval]++;
  }
  const parts = [
    `${counts.auto.toLocaleString('en-US')} without approval`,
    `${counts.approve.toLocaleString('en-US')} with approval`,
    `${counts.block.toLocaleString('en-US')} blocked`,
    ...(counts.error > 0 ? [`${counts.error.toLocaleString('en-US')} that cannot be decided`] : []),
  ];
  return `${quantity(simulated.length, 'action')}: ${parts.join(', ')}.`;
}
