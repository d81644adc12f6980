import * as vscode from 'vscode';
import type { PolicyThread } from '../../policyfile/policyThread';
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
      const places = await thread.ask('rulesNamed', text, name);
      return places.map(({ line, column }) => ({ uri, line: line - 1, column: column - 1 }));
    }),
  );
  return found.flat();
}

/** What cannot be read holds no rule that could be shown. */
async function textOf(uri: vscode.Uri): Promise<string> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > MOST_BYTES ? '' : Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
  } catch {
    return '';
  }
}
