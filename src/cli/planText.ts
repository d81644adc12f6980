import { DEFAULTS, UNKNOWN, type ChangeKind, type Outcome } from '../core/policy/impact/impact';
import { ruleField, type PolicyDiff } from '../core/policy/impact/policyDiff';
import { ruleTitle, type Policy, type PolicyRule } from '../core/policy/policy';
import { shownValue } from '../core/policy/shownValue';
import { quantity } from '../core/text/quantity';
import { visible } from '../core/text/visible';
import { inLogOrder } from './planJson';
import type { Plan, Replayed } from './planned';
import { shownPath, style, table, wrapped } from './terminal';
import { approvalWord, riskWord } from './verdictStyle';

/** Actions that are listed of each kind of change; all of them are in the JSON. */
const MOST_LISTED = 20;

/** A plan for people: what changes in the rules, and in what was recorded. */
export function planText(plan: Plan): string {
  const head = `${style(shownPath(plan.oldPath), 'bold')} to ${style(shownPath(plan.newPath), 'bold')}`;
  const parts = [
    [head],
    diffLines(plan.diff),
    plan.replayed === undefined ? [NO_HISTORY] : replayLines(plan, plan.replayed),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const NO_HISTORY = 'No history was given. --audit-db and --replay say what would have changed in what was recorded.';

function diffLines({ added, removed, modified, moved, defaults }: PolicyDiff): string[] {
  const lines = [
    ...added.map((rule) => `  ${style('added', 'green')}    ${ruleTitle(rule)}: ${ruleText(rule)}`),
    ...removed.map((rule) => `  ${style('removed', 'red')}  ${ruleTitle(rule)}: ${ruleText(rule)}`),
    ...modified.map(({ before, after, fields }) => {
      const changes = fields.map(
        (field) => `${field} was ${shownValue(ruleField(before, field))}, is ${shownValue(ruleField(after, field))}`,
      );
      return `  ${style('changed', 'yellow')}  ${ruleTitle(after)}: ${changes.join('; ')}`;
    }),
    ...moved.map(
      (rule) => `  ${style('moved', 'yellow')}    ${ruleTitle(rule)}, among the rules that both versions have`,
    ),
    ...defaults.map(
      ({ field, before, after }) => `  ${style('changed', 'yellow')}  the default ${field}: was ${before}, is ${after}`,
    ),
  ];
  return lines.length === 0 ? ['The rules and defaults are the same.'] : [style('Rules', 'bold'), ...lines];
}

function ruleText(rule: PolicyRule): string {
  const { type, target, agent } = rule.match;
  const by = agent.value === '*' ? '' : ` by ${shownValue(agent.value)}`;
  const conditions =
    rule.conditions.kind === 'all' && rule.conditions.conditions.length === 0 ? '' : ', with conditions';
  return `${shownValue(type.value)} on ${shownValue(target.value)}${by}${conditions}: ${approvalWord(rule.approval)}, risk ${riskWord(rule.risk)}`;
}

const KINDS: readonly [kind: ChangeKind, title: string][] = [
  ['newly_blocked', 'newly blocked'],
  ['restricted', 'restricted: an approval would be needed that was not'],
  ['newly_allowed', 'newly allowed: no longer blocked'],
  ['promoted', 'promoted: no approval would be needed any more'],
  ['not_evaluable', 'cannot be told'],
];

function replayLines({ before, after }: Plan, replayed: Replayed): string[] {
  const { file, session, impact, history } = replayed;
  const of = session === undefined ? '' : `, session ${visible(session, 100)}`;
  const head = `${style('History', 'bold')}  ${shownPath(file)}${of}: ${quantity(history.actions.size, 'action')}`;
  if (history.actions.size === 0) return [head];
  const counted = KINDS.filter(([kind]) => impact.count(kind) > 0);
  const rows = [
    [impact.count('unchanged').toLocaleString('en-US'), 'unchanged'],
    ...counted.map(([kind, title]) => [impact.count(kind).toLocaleString('en-US'), title]),
  ];
  const width = Math.max(...rows.map(([number]) => number.length));
  return [
    head,
    ...table(rows.map(([number, title]) => [`  ${number.padStart(width)}`, title])),
    ...counted.flatMap(([kind, title]) => [
      '',
      style(capital(title), 'bold'),
      ...listed(kind, replayed, before, after),
    ]),
    '',
    ...wrapped(
      'This is what agents did, not what they may do: an action that was never recorded is not in these numbers.',
    ),
  ];
}

function listed(kind: ChangeKind, { history, impact }: Replayed, before: Policy, after: Policy): string[] {
  const positions = inLogOrder(impact, [kind], MOST_LISTED);
  const rows = positions.map((position) => {
    const { type, target } = history.actions.at(position);
    const { rowId, line, timestamp } = history.place(position);
    const judged = impact.details(position);
    const what = judged.reason ?? `${outcomeText(judged.after, after)}; was ${outcomeText(judged.before, before)}`;
    return [
      `  ${rowId === null ? 'line' : 'row'} ${rowId ?? line}`,
      visible(timestamp, 40),
      `${visible(type ?? '-', 40)} ${visible(target ?? '-', 40)}`,
      what,
    ];
  });
  const more = impact.count(kind) - positions.length;
  return [...table(rows), ...(more > 0 ? [`  and ${quantity(more, 'more action')}; --format json lists them`] : [])];
}

function outcomeText({ rule, approval }: Outcome, policy: Policy): string {
  const decided = approval === undefined ? 'one or the other' : approvalWord(approval);
  if (rule === UNKNOWN) return decided;
  return `${decided} by ${rule === DEFAULTS ? 'the defaults' : ruleTitle(policy.rules[rule])}`;
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
