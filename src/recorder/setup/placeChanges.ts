import * as fs from 'node:fs';
import * as path from 'node:path';
import { entrySplices, isAsGood, ownEntries, withoutEntries, type OwnEntry } from './settingsText';
import type { SettingsPlace } from './settingsPlace';
import { spliced } from './splice';
import { forgetUndo, rememberUndo, undone } from './undoRecord';
import { readTextFile, replaceFile } from './writtenFile';

const MARK = '\ufeff';

/** Our entries in the settings of a workspace. @throws SettingsError; Error of the system. */
export function entriesIn(place: SettingsPlace, file: string): OwnEntry[] {
  return ownEntries(unmarked(readTextFile(file) ?? ''), place);
}

/**
 * Puts our entry into settings, in the place of one of ours that is another.
 *
 * @param undoFolder where it is remembered how to undo it.
 * @returns whether anything was changed. @throws SettingsError; Error of the system. Nothing is changed then.
 */
export function fillPlace(place: SettingsPlace, file: string, entry: unknown, undoFolder: string): boolean {
  const now = readTextFile(file);
  const entries = ownEntries(unmarked(now ?? ''), place);
  const isSame =
    entries.length === place.events.length &&
    place.events.every((event) =>
      entries.some((own) => own.event === event && JSON.stringify(own.value) === JSON.stringify(entry)),
    );
  if (isSame) return false;
  const before = entries.length === 0 ? now : clean(place, file, now!, undoFolder);
  const mark = before?.startsWith(MARK) === true ? MARK : '';
  const splices = entrySplices(unmarked(before ?? ''), place, entry).map((each) => ({
    ...each,
    start: each.start + mark.length,
  }));
  const after = spliced(before ?? '', splices);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  rememberUndo(undoFolder, file, after, splices, before === undefined);
  replaceFile(file, after);
  return true;
}

/**
 * Takes our entries out: to the byte what it was, where nobody has changed the settings since.
 *
 * @returns whether there was any. @throws as above.
 */
export function clearPlace(place: SettingsPlace, file: string, undoFolder: string): boolean {
  const now = readTextFile(file);
  if (now === undefined || ownEntries(unmarked(now), place).length === 0) return false;
  const before = clean(place, file, now, undoFolder);
  if (before === undefined) {
    fs.rmSync(file);
    removeIfEmpty(path.dirname(file));
  } else {
    replaceFile(file, before);
  }
  forgetUndo(undoFolder, file);
  return true;
}

/** Without our entries; undefined where there was no file before them. */
function clean(place: SettingsPlace, file: string, now: string, undoFolder: string): string | undefined {
  const known = undone(undoFolder, file, now);
  if (known?.kind === 'no file') return undefined;
  if (known?.kind === 'as before') return known.text;
  if (known !== undefined && isClean(known.text, place) && isAsGood(unmarked(known.text), unmarked(now)))
    return known.text;
  const mark = now.startsWith(MARK) ? MARK : '';
  return mark + withoutEntries(unmarked(now), place);
}

function isClean(text: string, place: SettingsPlace): boolean {
  try {
    return ownEntries(unmarked(text), place).length === 0;
  } catch {
    return false;
  }
}

function removeIfEmpty(folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch {
    // There is something else in it.
  }
}

function unmarked(text: string): string {
  return text.startsWith(MARK) ? text.slice(1) : text;
}
