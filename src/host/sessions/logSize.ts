import * as fs from 'node:fs';
import type * as vscode from 'vscode';

/** A larger log is read when somebody opens its node: all that is listed together would not fit into memory. */
const MOST_UNASKED_BYTES = 32 << 20;

/** Bytes of a log as far as they can be told; 0 where there is none, or nobody may look. Whoever reads it says what is wrong. */
export function sizeOf(uri: vscode.Uri): number {
  try {
    return fs.statSync(uri.fsPath, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}

/** Whether a log is read as soon as it is listed. */
export function isReadUnasked(uri: vscode.Uri): boolean {
  return sizeOf(uri) <= MOST_UNASKED_BYTES;
}
