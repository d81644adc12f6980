import * as vscode from 'vscode';
import { SETTINGS } from '../ids';
import { ruleLines } from './ruleLines';

/** A place in a policy where a rule stands. */
export interface RulePlace {
  readonly uri: vscode.Uri;
  /** 0-based. */
  readonly line: number;
  readonly column: number;
}

const DEFAULT_PATTERNS = ['**/*polic{y,ies}*.{yaml,yml}', '**/aegis*.{yaml,yml}'];
const EXCLUDED = '**/{node_modules,.git}/**';
const MOST_FILES = 200;

/** A policy is written by hand: what is larger is none. */
const MOST_BYTES = 1 << 20;

/** Where in the policies of the workspace a rule of that name stands. */
export async function findRule(name: string): Promise<RulePlace[]> {
  const files = new Map<string, vscode.Uri>();
  for (const pattern of policyPatterns()) {
    for (const uri of await vscode.workspace.findFiles(pattern, EXCLUDED, MOST_FILES)) files.set(uri.toString(), uri);
  }
  const places = await Promise.all([...files.values()].map((uri) => placesIn(uri, name)));
  return places.flat();
}

function policyPatterns(): readonly string[] {
  const set = vscode.workspace.getConfiguration(SETTINGS.section).get<string[]>(SETTINGS.policyFiles);
  return Array.isArray(set) ? set.filter((pattern) => typeof pattern === 'string') : DEFAULT_PATTERNS;
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
