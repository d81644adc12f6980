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
      const tried = (this.last = action);
      const picked = await show(document, () => this.items(document, tried), changed);
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

  /** What is decided by the text as it is now. */
  private async items(document: vscode.TextDocument, action: WrittenAction): Promise<readonly TriedItem[]> {
    for (;;) {
      const { version } = document;
      const tried = await this.documents.thread.ask('tryAction', document.getText(), action);
      const lineOf = ({ start }: Span): number => document.positionAt(start).line + 1;
      if (document.version === version) return triedItems(action, tried, lineOf);
    }
  }
}

/**
 * Shows what is decided, and anew where the policy is edited meanwhile.
 *
 * @param changed the part that was changed just now: the next one is at hand.
 */
async function show(
  document: vscode.TextDocument,
  itemsNow: () => Promise<readonly TriedItem[]>,
  changed: ActionField | undefined,
): Promise<TriedItem | undefined> {
  const items = await itemsNow();
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
  const { promise, resolve, reject } = settled<TriedItem | undefined>();
  const renew = async (): Promise<void> => {
    // What stands there is of an earlier text: there is nothing to be chosen from it.
    pick.busy = true;
    const [active] = pick.activeItems;
    const place = pick.items.indexOf(active);
    const renewed = await itemsNow();
    pick.items = renewed;
    if (place >= 0 && place < renewed.length) pick.activeItems = [renewed[place]];
    pick.busy = false;
  };
  let rest: NodeJS.Timeout | undefined;
  const editing = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document !== document || event.contentChanges.length === 0) return;
    pick.busy = true;
    clearTimeout(rest);
    rest = setTimeout(() => void renew().catch(reject), REST_MS);
  });
  const choose = (item: TriedItem | undefined): void => {
    if (!pick.busy) resolve(item);
  };
  pick.onDidTriggerItemButton(({ item }) => choose(item));
  pick.onDidAccept(() => choose(pick.activeItems[0]));
  pick.onDidHide(() => resolve(undefined));
  pick.show();
  try {
    return await promise;
  } finally {
    clearTimeout(rest);
    editing.dispose();
    pick.dispose();
  }
}

/** The pause after a key before an action is decided anew. */
const REST_MS = 100;

function settled<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((good, bad) => ([resolve, reject] = [good, bad]));
  return { promise, resolve, reject };
}

/** Selects the head of a rule. */
async function goTo(document: vscode.TextDocument, span: Span): Promise<void> {
  const { start } = spanRange(document, span);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
}
