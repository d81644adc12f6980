import * as vscode from 'vscode';
import type { Span } from '../../../core/policy/yamlTree';
import type { WrittenAction } from '../../../policyfile/tryAction';
import { shownName } from '../../shownName';
import type { PolicyDocuments } from '../policyDocuments';
import type { PolicyHistory } from '../policyHistory';
import { spanRange } from '../spanRange';
import { askForField, emptyAction, type ActionField } from './actionFields';
import { triedItems, type TriedItem } from './triedItems';

/**
 * Holds an action that a person writes against a policy. What is decided stands there all the time, and is decided anew with each part
 * of the action that is changed; a rule that is chosen is gone to.
 */
export class TryActionCommand {
  /** What was tried last, to begin with the next time. */
  private last: WrittenAction | undefined;

  constructor(
    private readonly documents: PolicyDocuments,
    private readonly history: PolicyHistory,
  ) {}

  async run(document: vscode.TextDocument, given: WrittenAction | undefined): Promise<void> {
    let action = given ?? this.last ?? emptyAction(Date.now());
    let changed: ActionField | undefined;
    // Now, so that what is typed next goes where it belongs.
    const recorded = await this.history.words();
    for (;;) {
      this.last = action;
      const text = document.getText();
      const tried = await this.documents.thread.ask('tryAction', text, action);
      const lineOf = ({ start }: Span): number => document.positionAt(start).line + 1;
      const picked = await show(document, triedItems(action, tried, lineOf), changed);
      if (picked?.field === undefined) {
        if (picked?.span !== undefined) await goTo(document, picked.span);
        return;
      }
      const { field } = picked;
      const value = await askForField(field, action[field.name], recorded);
      if (value !== undefined) action = { ...action, [field.name]: value };
      changed = field;
    }
  }
}

/** @param changed the part that was changed just now: the next one is at hand. */
function show(
  document: vscode.TextDocument,
  items: readonly TriedItem[],
  changed: ActionField | undefined,
): Promise<TriedItem | undefined> {
  const pick = vscode.window.createQuickPick<TriedItem>();
  pick.title = `Try an Action: ${shownName(vscode.workspace.asRelativePath(document.uri))}`;
  pick.placeholder = 'Choose a part of the action to change it, or a rule to go to it';
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = items;
  const fields = items.filter(({ field }) => field !== undefined);
  const at = fields.findIndex(({ field }) => field?.name === changed?.name);
  pick.activeItems = [fields[at === -1 ? 0 : Math.min(at + 1, fields.length - 1)]];
  return new Promise((resolve) => {
    const end = (item: TriedItem | undefined): void => {
      resolve(item);
      pick.dispose();
    };
    pick.onDidTriggerItemButton(({ item }) => end(item));
    pick.onDidAccept(() => end(pick.activeItems[0]));
    pick.onDidHide(() => end(undefined));
    pick.show();
  });
}

/** Selects the head of a rule. */
async function goTo(document: vscode.TextDocument, span: Span): Promise<void> {
  const { start } = spanRange(document, span);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
}
