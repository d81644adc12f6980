import * as vscode from 'vscode';
import { quantity } from '../../../core/text/quantity';
import type { RecordedWords } from '../../../core/policy/editing/recordedWords';
import { problemOfParams, problemOfTime, type WrittenAction } from '../../../policyfile/tryAction';
import { shownText } from '../../shownName';

/** A part of an action, as it is asked for. */
export interface ActionField {
  readonly name: keyof WrittenAction;
  readonly label: string;
  /** What is said where nothing is written. */
  readonly empty: string;
  readonly prompt: string;
  readonly problem?: (text: string) => string | undefined;
  /** Which recorded words can be chosen. */
  readonly recorded?: keyof RecordedWords;
}

export const ACTION_FIELDS: readonly ActionField[] = [
  {
    name: 'type',
    label: 'Type',
    empty: 'empty',
    prompt: 'What the agent does, such as delete_user',
    recorded: 'types',
  },
  {
    name: 'target',
    label: 'Target',
    empty: 'empty',
    prompt: 'What it is done on, such as production_db',
    recorded: 'targets',
  },
  {
    name: 'agent',
    label: 'Agent',
    empty: 'not known',
    prompt: "The agent's id; empty where it is not known, which rules see as the text *",
    recorded: 'agents',
  },
  {
    name: 'params',
    label: 'Parameters',
    empty: 'none',
    prompt: 'A JSON object, such as {"count": 5}; empty for none',
    problem: problemOfParams,
  },
  {
    name: 'description',
    label: 'Description',
    empty: 'none',
    prompt: 'What the agent says of it; only semantic conditions look at it',
  },
  {
    name: 'time',
    label: 'Time',
    empty: '',
    prompt: 'When it is judged, such as 2026-03-29T10:30:00+00:00; without an offset it is UTC',
    problem: problemOfTime,
  },
];

/** An action at a time, of which nothing else is said. */
export function emptyAction(now: number): WrittenAction {
  return { type: '', target: '*', agent: '', params: '', description: '', time: isoOf(now) };
}

export function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, '+00:00');
}

/** Asks for one part of an action; undefined where the person thought better of it. */
export async function askForField(
  field: ActionField,
  value: string,
  recorded: RecordedWords,
): Promise<string | undefined> {
  const words = field.recorded === undefined ? [] : recorded[field.recorded];
  if (words.length > 0) return await chooseOrWrite(field, value, words);
  return await vscode.window.showInputBox({
    title: `Try an Action: ${field.label}`,
    value,
    prompt: field.prompt,
    ignoreFocusOut: true,
    validateInput: (text) => field.problem?.(text),
  });
}

/** A recorded word can be chosen, and any other written. */
function chooseOrWrite(
  { label, prompt, empty }: ActionField,
  value: string,
  words: RecordedWords['types'],
): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { word: string | undefined }>();
  const recorded = words.map(({ text, count }) => ({
    label: shownText(text, 200),
    description: `in ${quantity(count, 'entry', 'entries')}`,
    word: text,
  }));
  const offer = (): void => {
    const typed = pick.value;
    const shown = typed === '' ? `(${empty})` : shownText(typed, 200);
    // Its word is what stands there when it is chosen: who types fast is ahead of the list. It is always there, for what is chosen comes
    // as a place in the list: in one of another length it would be the word beside it.
    const own = { label: shown, description: 'as written', word: undefined, alwaysShow: true };
    pick.items = [own, ...recorded];
  };
  pick.title = `Try an Action: ${label}`;
  pick.placeholder = prompt;
  pick.ignoreFocusOut = true;
  pick.value = value;
  pick.onDidChangeValue(offer);
  offer();
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.word ?? pick.value);
      pick.dispose();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
