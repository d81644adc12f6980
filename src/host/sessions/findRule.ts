import * as vscode from 'vscode';
import { SETTINGS } from '../ids';
import { filesFor, patternsOf } from '../workspaceFiles';
import { hasFlowStyle, ruleLines, startOfRules } from './ruleLines';

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

/** What was found of a rule in the policies of the workspace. */
export interface FoundRule {
  /** Where a rule of that name stands. */
  readonly places: readonly RulePlace[];
  /** Where the rules of each policy begin. */
  readonly policies: readonly (RulePlace & { readonly hasFlowStyle: boolean })[];
}

/** Looks for a rule of that name in the policies of the workspace. */
export async function findRule(name: string): Promise<FoundRule> {
  const uris = await filesFor(patternsOf(SETTINGS.policyFiles, DEFAULT_PATTERNS), MOST_POLICIES);
  const found = await Promise.all(uris.map(async (uri) => foundIn(uri, await textOf(uri), name)));
  return { places: found.flatMap(({ places }) => places), policies: found.flatMap(({ policies }) => policies) };
}

function foundIn(uri: vscode.Uri, text: string, name: string): FoundRule {
  const start = startOfRules(text);
  return {
    places: ruleLines(text, name).map((place) => ({ uri, ...place })),
    policies: start === undefined ? [] : [{ uri, ...start, hasFlowStyle: hasFlowStyle(text) }],
  };
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
