import * as vscode from 'vscode';

type Show = (message: string, ...more: unknown[]) => Thenable<unknown>;

const LEVELS = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const;

/**
 * What the extension says in notifications during each test of a suite, newest last. The test driver shows none of them,
 * so nobody could answer: a test chooses beforehand what the person would.
 */
export function saidDuringTests(): { readonly said: string[]; answer: string | undefined } {
  const heard: { said: string[]; answer: string | undefined } = { said: [], answer: undefined };
  const window = vscode.window as unknown as Record<string, Show>;
  let originals: Show[] = [];
  beforeEach(() => {
    heard.said.length = 0;
    heard.answer = undefined;
    originals = LEVELS.map((level) => window[level]);
    for (const level of LEVELS)
      window[level] = (message, ...choices) => {
        heard.said.push(message);
        return Promise.resolve(choices.find((choice) => choice === heard.answer));
      };
  });
  afterEach(() => LEVELS.forEach((level, i) => (window[level] = originals[i])));
  return heard;
}

/** Chooses from the next list that the extension shows, and tells what was in it. */
export async function choosing(label: string | undefined, run: () => Thenable<unknown>): Promise<string[]> {
  const window = vscode.window as unknown as Record<string, unknown>;
  const original = window.showQuickPick;
  const shown: string[] = [];
  window.showQuickPick = async (
    items: readonly (string | vscode.QuickPickItem)[],
    options?: vscode.QuickPickOptions,
  ) => {
    const labels = items.map((item) => (typeof item === 'string' ? item : item.label));
    shown.push(options?.title ?? '', ...labels);
    return Promise.resolve(items[labels.findIndex((each) => label !== undefined && each.includes(label))]);
  };
  try {
    await run();
  } finally {
    window.showQuickPick = original;
  }
  return shown;
}
