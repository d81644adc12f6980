import * as vscode from 'vscode';
import { readFilter } from '../../logfile/writtenFilter';
import { SESSION_ORDERS } from './sessionOrder';
import { zoneWords } from './sessionWords';
import type { SessionsView } from './sessionsView';

/** Asks for a filter, and says while it is typed what is wrong with it. */
export async function askForFilter(view: SessionsView): Promise<void> {
  const { now, timeZone } = view.written();
  const filter = await vscode.window.showInputBox({
    title: 'Filter Sessions',
    value: view.filter,
    placeHolder: 'risk:>=high status:blocked time:>=-7d agent:… text',
    // The logs may be read on another machine than that whose clock the person sees.
    prompt: `Shows the sessions with an entry that matches, and those entries; all where it is empty. Fields: risk, status, type, target, rule, agent, session, decision, time. Times are in ${zoneWords(timeZone, now)}, the time zone of the machine that reads the logs.`,
    validateInput: (text) => readFilter({ text, now, timeZone }).problem?.message,
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
