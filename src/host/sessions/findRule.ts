import * as vscode from 'vscode';
import { SETTINGS } from '../ids';

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
const MOST_BYTES = 4 << 20;

/** What the log says where no rule matched and the policy's defaults decided. */
const DEFAULT_RULE = '<default>';

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

/** The lines of a policy that name the rule, or begin its defaults. */
export function ruleLines(text: string, name: string): { readonly line: number; readonly column: number }[] {
  const lines = text.split(/\r\n?|\n/);
  if (!lines.some((line) => /^(rules|defaults)\s*:/.test(line))) return [];
  return lines.flatMap((content, line) => {
    if (name === DEFAULT_RULE) return /^defaults\s*:/.test(content) ? [{ line, column: 0 }] : [];
    const found = /^(\s*(?:-\s+)?)(?:name|"name"|'name')\s*:\s+(\S.*)$/.exec(content);
    return found !== null && scalarOf(found[2]) === name ? [{ line, column: found[1].length }] : [];
  });
}

/** What a YAML scalar on one line stands for, as far as names go. */
function scalarOf(source: string): string {
  const single = /^'((?:[^']|'')*)'/.exec(source);
  if (single !== null) return single[1].replace(/''/g, "'");
  const double = /^"(?:[^"\\]|\\.)*"/.exec(source);
  if (double !== null) {
    try {
      return JSON.parse(double[0]) as string;
    } catch {
      return double[0].slice(1, -1);
    }
  }
  return source.replace(/\s+#.*$/, '').trim();
}
