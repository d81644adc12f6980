import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  entrySplices,
  entryTexts,
  isAsGood,
  isBare,
  ownEntries,
  SettingsError,
  withEntryTexts,
  withoutEntries,
  type OwnEntry,
} from './settingsText';
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
  if (now === undefined) refuseDangling(file);
  const entries = ownEntries(unmarked(now ?? ''), place);
  const isSame =
    entries.length === place.events.length &&
    place.events.every((event) =>
      entries.some((own) => own.event === event && JSON.stringify(own.value) === JSON.stringify(entry)),
    );
  if (isSame) return false;
  const earlier = entries.length === 0 ? kept(now) : clean(place, file, now!, undoFolder);
  const before = earlier.text;
  const mark = before?.startsWith(MARK) === true ? MARK : '';
  const splices = entrySplices(unmarked(before ?? ''), place, entry).map((each) => ({
    ...each,
    start: each.start + mark.length,
  }));
  const after = spliced(before ?? '', splices);
  const isMade = fs.mkdirSync(path.dirname(file), { recursive: true }) !== undefined;
  rememberUndo(undoFolder, file, after, {
    isNewFile: before === undefined,
    isNewFolder: isMade || earlier.isNewFolder,
    entries: entryTexts(unmarked(after), place) ?? [],
    splices,
  });
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
  const { text, isNewFolder } = clean(place, file, now, undoFolder);
  if (text !== undefined) replaceFile(file, text);
  // A link is somebody else's.
  else if (fs.lstatSync(file).isSymbolicLink()) replaceFile(file, `${JSON.stringify(place.base)}\n`);
  else {
    fs.rmSync(file);
    if (isNewFolder) removeIfEmpty(path.dirname(file));
  }
  forgetUndo(undoFolder, file);
  return true;
}

/** What settings are without our entries. */
interface Before {
  /** Undefined where there was no file before them. */
  readonly text: string | undefined;
  /** Whether their folder was made for them. */
  readonly isNewFolder: boolean;
}

function kept(text: string | undefined): Before {
  return { text, isNewFolder: false };
}

function clean(place: SettingsPlace, file: string, now: string, undoFolder: string): Before {
  const mark = now.startsWith(MARK) ? MARK : '';
  const known = undone(undoFolder, file, now, (entries) => {
    const text = withEntryTexts(unmarked(now), place, entries);
    return text === undefined ? undefined : mark + text;
  });
  if (known?.kind === 'no file') return { text: undefined, isNewFolder: known.isNewFolder };
  if (known?.kind === 'as before') return kept(known.text);
  const isNewFolder = known?.isNewFolder ?? false;
  const seeming = known?.text;
  if (seeming !== undefined && isClean(seeming, place) && isAsGood(unmarked(seeming), unmarked(now)))
    return { text: seeming, isNewFolder };
  const left = withoutEntries(unmarked(now), place);
  return { text: known?.isNewFile === true && isBare(left, place) ? undefined : mark + left, isNewFolder };
}

function isClean(text: string, place: SettingsPlace): boolean {
  try {
    return ownEntries(unmarked(text), place).length === 0;
  } catch {
    return false;
  }
}

/** Whoever put a link there wants the settings elsewhere: a file in its place would be taken for them. @throws SettingsError */
function refuseDangling(file: string): void {
  const link = fs.lstatSync(file, { throwIfNoEntry: false });
  if (link?.isSymbolicLink() === true)
    throw new SettingsError(`it is a link to ${fs.readlinkSync(file)}, which is not there`);
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
