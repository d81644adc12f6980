import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { unspliced, unsplicedAnywhere, type Splice } from './splice';
import { replaceFile } from './writtenFile';

/**
 * What brings settings back to the byte, as they were before our entry. It is kept beside the installed hook, and holds nothing of the
 * settings but what our entry replaced, which is white space as a rule.
 */
interface Undo {
  readonly isNewFile: boolean;
  /** Of the settings with our entry, as SHA-256 in hex. */
  readonly after: string;
  /** Of the same, in UTF-16 units. */
  readonly length: number;
  readonly splices: readonly Splice[];
}

/** What settings were before. */
export type Undone =
  | { readonly kind: 'as before'; readonly text: string }
  | { readonly kind: 'no file' }
  /** They were changed since; this is they without our entry, as it seems. */
  | { readonly kind: 'changed'; readonly text: string };

/** @param folder of the installed hook. */
export function rememberUndo(
  folder: string,
  file: string,
  after: string,
  splices: readonly Splice[],
  isNewFile: boolean,
): void {
  const undo: Undo = { isNewFile, after: digest(after), length: after.length, splices };
  fs.mkdirSync(undoFolder(folder), { recursive: true, mode: 0o700 });
  replaceFile(undoFile(folder, file), JSON.stringify(undo), 0o600);
}

/** Undefined where nothing is remembered that fits. */
export function undone(folder: string, file: string, now: string): Undone | undefined {
  try {
    const { after, length, splices, isNewFile } = JSON.parse(fs.readFileSync(undoFile(folder, file), 'utf8')) as Undo;
    if (after === digest(now))
      return isNewFile ? { kind: 'no file' } : { kind: 'as before', text: unspliced(now, splices) };
    const text = unsplicedAnywhere(now, splices, length);
    return text === undefined ? undefined : { kind: 'changed', text };
  } catch {
    // None, or one that somebody else has written: there is another way.
    return undefined;
  }
}

export function forgetUndo(folder: string, file: string): void {
  fs.rmSync(undoFile(folder, file), { force: true });
}

function undoFolder(folder: string): string {
  return path.join(folder, 'undo');
}

function undoFile(folder: string, file: string): string {
  return path.join(undoFolder(folder), `${digest(path.resolve(file)).slice(0, 32)}.json`);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
