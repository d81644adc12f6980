import * as vscode from 'vscode';
import { quantity } from '../../../core/text/quantity';
import type { Span } from '../../../core/policy/yamlTree';
import type { PassedRule, TriedAction, WrittenAction } from '../../../policyfile/tryAction';
import { APPROVAL_ICONS } from '../impactWords';
import { shownText } from '../../shownName';
import { ACTION_FIELDS, type ActionField } from './actionFields';

/** A line of what is shown of an action that is tried. */
export interface TriedItem extends vscode.QuickPickItem {
  /** Asked for anew where the line is chosen. */
  readonly field?: ActionField;
  /** Gone to where the line is chosen. */
  readonly span?: Span;
}

/** Rules that are told of which do not match. */
const MOST_PASSED_OVER = 200;

const WORDS = {
  auto: 'auto: it is carried out without anybody being asked',
  approve: 'approve: a person is asked first',
  block: 'block: it is never carried out',
} as const;

export function triedItems(
  action: WrittenAction,
  tried: TriedAction,
  lineOf: (span: Span) => number,
): readonly TriedItem[] {
  const passed = 'passedOver' in tried ? tried.passedOver : [];
  return [
    { label: 'Decision', kind: vscode.QuickPickItemKind.Separator },
    decisionItem(tried, lineOf),
    { label: 'Action', kind: vscode.QuickPickItemKind.Separator },
    ...ACTION_FIELDS.map((field) => fieldItem(field, action)),
    ...(passed.length === 0
      ? []
      : [
          { label: 'Rules that come first and do not match', kind: vscode.QuickPickItemKind.Separator },
          ...passedItems(passed, lineOf),
        ]),
  ];
}

function decisionItem(tried: TriedAction, lineOf: (span: Span) => number): TriedItem {
  switch (tried.kind) {
    case 'refused':
      return {
        label: `$(error) No decision: the loader refuses this policy`,
        description: `line ${lineOf(tried.span)}`,
        detail: shownText(tried.sentence),
        span: tried.span,
      };
    case 'unread':
      return {
        label: `$(error) No decision: the action cannot be read`,
        detail: shownText(tried.sentence),
        field: ACTION_FIELDS.find(({ name }) => name === tried.part),
      };
    case 'failed':
      return {
        label: `$(error) No decision: a condition cannot be evaluated`,
        description: `${shownText(tried.rule.title, 100)}, line ${lineOf(tried.rule.span)}`,
        detail: shownText(tried.sentence),
        span: tried.rule.span,
      };
    case 'decided': {
      const { approval, risk, rule } = tried;
      const by =
        rule === undefined
          ? 'By the defaults, for no rule matches'
          : `By ${shownText(rule.title, 100)}, line ${lineOf(rule.span)}`;
      return {
        label: `$(${APPROVAL_ICONS[approval]}) ${WORDS[approval]}`,
        detail: `${by}. It counts as ${risk.toLowerCase()} risk.`,
        span: rule?.span,
      };
    }
  }
}

function fieldItem(field: ActionField, action: WrittenAction): TriedItem {
  const value = action[field.name];
  return {
    label: field.label,
    description: value === '' ? field.empty : shownText(value, 200),
    buttons: [{ iconPath: new vscode.ThemeIcon('edit'), tooltip: `Change ${field.label}` }],
    field,
    // Whoever types looks for a rule; what can be changed stays in sight.
    alwaysShow: true,
  };
}

/** Of many rules, those for actions of this type come first: the rest was for something else. */
function passedItems(passed: readonly PassedRule[], lineOf: (span: Span) => number): TriedItem[] {
  const near = passed.filter(({ isOfOtherType }) => !isOfOtherType);
  const shown = (passed.length <= MOST_PASSED_OVER ? passed : near).slice(0, MOST_PASSED_OVER);
  const more = passed.length - shown.length;
  return [
    ...shown.map(({ title, sentence, span }) => ({
      label: capitalised(shownText(title, 100)),
      description: `line ${lineOf(span)}`,
      detail: shownText(sentence, 300),
      span,
    })),
    ...(more > 0 ? [{ label: `and ${quantity(more, 'more rule')}` }] : []),
  ];
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
