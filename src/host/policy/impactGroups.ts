import * as vscode from 'vscode';
import { DEFAULTS, UNKNOWN } from '../../core/policy/impact/impact';
import type { ImpactWanted } from '../../logfile/policyImpacts';
import type { Approval } from '../../core/policy/policy';
import { APPROVAL_ICONS, CHANGE_WORDS, reasonWords } from './impactWords';
import type { GroupNode, ImpactNode, RulesNode } from './impactNodes';
import type { PolicyDocuments } from './policyDocuments';
import type { PolicyImpact } from './policyImpacts';

/** The groups of actions that the view of a policy's impact has. */
export class ImpactGroups {
  constructor(private readonly documents: PolicyDocuments) {}

  roots(impact: PolicyImpact): ImpactNode[] {
    if (impact.figures === undefined) return [];
    return [...this.changes(impact), rulesNode(impact)];
  }

  /** How each kind of change is met; those that are not met are told by their absence. */
  private changes({ document, figures, isEdited }: PolicyImpact): GroupNode[] {
    return CHANGE_WORDS.filter(({ kind }) => figures!.changes[kind] > 0 && (isEdited || kind === 'not_evaluable')).map(
      ({ kind, noun, meaning, icon, color }) => ({
        type: 'group',
        id: `${document.uri.toString()}#${kind}`,
        wanted: { change: kind },
        title: noun.charAt(0).toUpperCase() + noun.slice(1),
        count: figures!.changes[kind],
        icon: new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color)),
        tooltip: [meaning, ...(kind === 'not_evaluable' ? reasonWords(figures!) : [])].join('\n'),
        parent: undefined,
      }),
    );
  }

  rules(impact: PolicyImpact, parent: RulesNode): GroupNode[] {
    const { figures, document, version } = impact;
    if (figures === undefined) return [];
    // Figures of an earlier text are by the rules that stood there.
    const heads = version === document.version ? (this.documents.known(document)?.heads ?? []) : [];
    const group = (rule: number, title: string, count: number, icon: string, tooltip: string): GroupNode => ({
      type: 'group',
      id: `${document.uri.toString()}#rule/${rule}`,
      wanted: { rule },
      title,
      count,
      icon: new vscode.ThemeIcon(icon),
      tooltip,
      parent,
    });
    return [
      ...figures.byRule.map((count, index) =>
        group(index, heads[index]?.title ?? `Rule ${index + 1}`, count, iconOf(heads[index]?.approval), DECIDED),
      ),
      group(DEFAULTS, 'The defaults', figures.byDefaults, 'dash', 'Recorded actions that no rule matches'),
      ...(figures.unknown === 0 ? [] : [group(UNKNOWN, 'Not known', figures.unknown, 'question', NOT_KNOWN)]),
    ];
  }

  /** The group behind a number; undefined where there is none now. */
  of(impact: PolicyImpact | undefined, wanted: ImpactWanted): GroupNode | undefined {
    if (impact?.figures === undefined) return undefined;
    const all = [...this.changes(impact), ...this.rules(impact, rulesNode(impact))];
    return all.find(({ wanted: each }) => JSON.stringify(each) === JSON.stringify(wanted));
  }
}

/** As what is decided is shown everywhere. */
function iconOf(approval: Approval | undefined): string {
  return approval === undefined ? 'dash' : APPROVAL_ICONS[approval];
}

const DECIDED = 'Recorded actions that this rule decides, as the policy is written now';
const NOT_KNOWN = 'The log does not say enough to tell which rule decides';

function rulesNode({ document }: PolicyImpact): RulesNode {
  return { type: 'rules', id: `${document.uri.toString()}#rules` };
}
