import * as vscode from 'vscode';
import { SETTINGS } from '../ids';
import { filesFor, patternsOf } from '../workspaceFiles';
import { ruleLines } from './ruleLines';

/** A place in a policy where a rule stands. */
export interface RulePlace {
  readonly uri: vscode.Uri;
  /** 0-based. */
  readonly line: number;
  readonly column: number;
}

const DEFAULT_PATTERNS = ['**/*polic{y,ies}*.{yaml,yml}', '**/aegis*.{yaml,yml}'];
const MOST_POLICIES = 200;

/** A policy is written by hand: what is larger is none. */
const MOST_BYTES = 1 << 20;

/** Where in the policies of the workspace a rule of that name stands. */
export async function findRule(name: string): Promise<RulePlace[]> {
  const policies = await filesFor(patternsOf(SETTINGS.policyFiles, DEFAULT_PATTERNS), MOST_POLICIES);
  return (await Promise.all(policies.map((uri) => placesIn(uri, name)))).flat();
}

async function placesIn(uri: vscode.Uri, name: string): Promise<RulePlace[]> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > MOST_BYTES) return [];
    const text = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
    return ruleLines(text, name).map((place) => ({ uri, ...place }));
  } catch {
    // What cannot be read holds no rule that could be shown.
    return [];
  }
}
