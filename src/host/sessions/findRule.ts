import * as vscode from 'vscode';
import type { LinePosition } from '../../policyfile/linePositions';
import { PolicyThreadError, type PolicyThread } from '../../policyfile/policyThread';
import { policyPatterns } from '../policy/policyFiles';
import { filesFor } from '../workspaceFiles';

/** A place in a policy where a rule stands. */
export interface RulePlace {
  readonly uri: vscode.Uri;
  /** 0-based. */
  readonly line: number;
  readonly column: number;
}

const MOST_POLICIES = 200;

/** A policy is written by hand: what is larger is none. */
const MOST_BYTES = 1 << 20;

/** Looks for the rules that a log calls by that name in the policies of the workspace. */
export async function findRule(name: string, thread: PolicyThread): Promise<RulePlace[]> {
  const uris = await filesFor(policyPatterns(), MOST_POLICIES);
  const found = await Promise.all(
    uris.map(async (uri) => {
      const text = await textOf(uri);
      const places = await placesIn(text, name, thread);
      return places.map(({ line, column }) => ({ uri, line: line - 1, column: column - 1 }));
    }),
  );
  return found.flat();
}

/** One file that takes too long keeps nobody from the rules in others. */
async function placesIn(text: string, name: string, thread: PolicyThread): Promise<readonly LinePosition[]> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await thread.ask('rulesNamed', text, name);
    } catch (error) {
      if (!(error instanceof PolicyThreadError)) throw error;
      if (!error.isOfAnother || attempt > 0) return [];
    }
  }
}

/** What cannot be read holds no rule that could be shown. What is being edited is looked for where it stands now. */
async function textOf(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText().length > MOST_BYTES ? '' : open.getText();
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > MOST_BYTES ? '' : Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
  } catch {
    return '';
  }
}
