import * as vscode from 'vscode';

/** The file that a command was called for: from a menu a URI, from the Chains view a node that has one. */
export function uriOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('uri' in argument && argument.uri instanceof vscode.Uri) return argument.uri;
  // From a link in a hover it comes as JSON.
  return 'scheme' in argument && 'path' in argument ? vscode.Uri.from(argument as vscode.Uri) : undefined;
}

/** Those that a command was called for: all that are selected, where several are. */
export function urisOf(clicked: unknown, selected: unknown): vscode.Uri[] {
  const all = Array.isArray(selected) && selected.length > 0 ? selected : [clicked];
  return all.map(uriOf).filter((uri) => uri !== undefined);
}
