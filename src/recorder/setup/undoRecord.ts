import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { objectOf } from '../agents/payload';
import { replaceFile } from './writtenFile';

/**
 * What brings settings back to the byte, as they were before our entry: where they changed and what stood there. It is kept beside the
 * installed hook, and holds nothing else of the settings.
 */
interface Undo {
  /** Of the settings with our entry, as SHA-256 in hex: of any others this tells nothing. */
  readonly after: string;
  /** Null where there was no file. */
  readonly before: { readonly start: number; readonly inserted: number; readonly replaced: string } | null;
}

/** @param folder of the installed hook. */
export function rememberUndo(folder: string, file: string, before: string | undefined, after: string): void {
  const undo: Undo = { after: digest(after), before: before === undefined ? null : spliceOf(before, after) };
  fs.mkdirSync(undoFolder(folder), { recursive: true, mode: 0o700 });
  replaceFile(undoFile(folder, file), JSON.stringify(undo), 0o600);
}

/** The settings as they were; null where there was no file; undefined where that is not known, for they were changed since. */
export function undone(folder: string, file: string, after: string): string | null | undefined {
  try {
    const undo = objectOf(JSON.parse(fs.readFileSync(undoFile(folder, file), 'utf8'))) as unknown as Undo;
    if (undo.after !== digest(after)) return undefined;
    if (undo.before === null) return null;
    const { start, inserted, replaced } = undo.before;
    return after.slice(0, start) + replaced + after.slice(start + inserted);
  } catch {
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

function spliceOf(before: string, after: string): NonNullable<Undo['before']> {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { start, inserted: after.length - start - end, replaced: before.slice(start, before.length - end) };
}
