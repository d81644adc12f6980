import * as vscode from 'vscode';
import { parseFilter } from '../../core/log/filter/parseFilter';
import { SESSION_ORDERS } from './sessionOrder';
import type { SessionsView } from './sessionsView';

/** Asks for a filter, and says while it is typed what is wrong with it. */
export async function askForFilter(view: SessionsView): Promise<void> {
  const filter = await vscode.window.showInputBox({
    title: 'Filter Sessions',
    value: view.filter,
    placeHolder: 'risk:>=high status:blocked time:>=-7d agent:… text',
    prompt:
      'Sessions with an entry that matches, and those entries. Fields: risk, status, type, target, rule, agent, session, decision, time. Empty shows all.',
    validateInput: (text) => parseFilter(text, { now: Date.now() }).problem?.message,
  });
  if (filter !== undefined) await view.setFilter(filter);
}

export async function askForOrder(view: SessionsView): Promise<void> {
  const picks = SESSION_ORDERS.map(({ order, label, detail }) => ({
    label,
    detail,
    order,
    description: order === view.order ? 'current' : '',
  }));
  const picked = await vscode.window.showQuickPick(picks, { title: 'Sort Sessions' });
  if (picked !== undefined) await view.setOrder(picked.order);
}
