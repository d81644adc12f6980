import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { realPlace } from '../files/realPlace';
import { unspliced, unsplicedAnywhere, type Splice } from './splice';
import { replaceFile } from './writtenFile';

/**
 * What brings settings back to the byte, as they were before our entry. It is kept beside the installed hook, and holds nothing of the
 * settings but what our entry replaced, which is white space as a rule.
 */
interface Undo {
  readonly isNewFile: boolean;
  /** Whether the folder of the settings was made for them. */
  readonly isNewFolder: boolean;
  /** Our entries as they are written, in their order. */
  readonly entries: readonly string[];
  /** Of the settings with our entry, as SHA-256 in hex. */
  readonly after: string;
  /** Of the same, in UTF-16 units. */
  readonly length: number;
  readonly splices: readonly Splice[];
}

/** What settings were before. */
export type Undone =
  | { readonly kind: 'as before'; readonly text: string }
  | { readonly kind: 'no file'; readonly isNewFolder: boolean }
  /** They were changed since; this is they without our entry, as it seems, where that can be told. */
  | {
      readonly kind: 'changed';
      readonly text: string | undefined;
      readonly isNewFile: boolean;
      readonly isNewFolder: boolean;
    };

/** @param folder of the installed hook. */
export function rememberUndo(
  folder: string,
  file: string,
  after: string,
  undo: Pick<Undo, 'isNewFile' | 'isNewFolder' | 'entries' | 'splices'>,
): void {
  const { isNewFile, isNewFolder, entries, splices } = undo;
  const kept: Undo = { isNewFile, isNewFolder, entries, after: digest(after), length: after.length, splices };
  fs.mkdirSync(undoFolder(folder), { recursive: true, mode: 0o700 });
  replaceFile(undoFile(folder, file), JSON.stringify(kept), 0o600);
}

/**
 * Settings that stand elsewhere by now, for their workspace was moved, are known by what is in them.
 *
 * @param withEntries the settings as they are now with these texts in the place of our entries; undefined where that cannot be.
 * @returns undefined where nothing is remembered that fits.
 */
export function undone(
  folder: string,
  file: string,
  now: string,
  withEntries: (entries: readonly string[]) => string | undefined,
): Undone | undefined {
  const own = readUndo(undoFile(folder, file));
  const exact = own && exactly(own, now, withEntries);
  if (exact !== undefined) return exact;
  const elsewhere = own === undefined ? ofMoved(folder, now, withEntries) : undefined;
  if (own === undefined || elsewhere !== undefined) return elsewhere;
  const { splices, length, isNewFile, isNewFolder } = own;
  return { kind: 'changed', text: unsplicedAnywhere(now, splices, length), isNewFile, isNewFolder };
}

/** Whether our entry was put into these settings, where they stand. */
export function isRemembered(folder: string, file: string): boolean {
  return readUndo(undoFile(folder, file)) !== undefined;
}

type WithEntries = Parameters<typeof undone>[3];

function exactly(undo: Undo, now: string, withEntries: WithEntries): Undone | undefined {
  const { after, splices, isNewFile, isNewFolder, entries } = undo;
  const restored = after === digest(now) ? now : withEntries(entries);
  if (restored === undefined || after !== digest(restored)) return undefined;
  return isNewFile ? { kind: 'no file', isNewFolder } : { kind: 'as before', text: unspliced(restored, splices) };
}

/** Several may have become the same by our entry. Then it is not known what this one was. */
function ofMoved(folder: string, now: string, withEntries: WithEntries): Undone | undefined {
  const found = new Map<string, Undone>();
  for (const name of namesIn(undoFolder(folder))) {
    const undo = readUndo(path.join(undoFolder(folder), name));
    const exact = undo && exactly(undo, now, withEntries);
    if (exact !== undefined) found.set(JSON.stringify(exact), exact);
  }
  return found.size === 1 ? [...found.values()][0] : undefined;
}

/** Undefined where there is none, or one that somebody else has written: there is another way. */
function readUndo(file: string): Undo | undefined {
  try {
    const undo = JSON.parse(fs.readFileSync(file, 'utf8')) as Undo;
    return Array.isArray(undo.splices) && Array.isArray(undo.entries) ? undo : undefined;
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}

export function forgetUndo(folder: string, file: string): void {
  fs.rmSync(undoFile(folder, file), { force: true });
}

function undoFolder(folder: string): string {
  return path.join(folder, 'undo');
}

/** By the place of the settings, whichever links lead to their folder. */
function undoFile(folder: string, file: string): string {
  const place = path.join(realPlace(path.dirname(file)), path.basename(file));
  return path.join(undoFolder(folder), `${digest(place).slice(0, 32)}.json`);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
