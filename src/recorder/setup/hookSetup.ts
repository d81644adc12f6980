import * as fs from 'node:fs';
import * as path from 'node:path';
import { realPlace } from '../files/realPlace';
import { TRAIL_FOLDER } from '../hook/workspace';
import type { HookCommand } from './hookCommand';
import { entriesIn } from './placeChanges';
import type { RecordOptions } from './recordSetup';
import { settingsFile, type SettingsPlace } from './settingsPlace';
import { isRemembered } from './undoRecord';

/** How an agent is recorded. */
export type HookSetup = Pick<HookCommand, 'dir' | 'policy' | 'isFailClosed'>;

/** What is asked for; what is not said stays as it was set up before. */
export function wantedSetup(options: RecordOptions, earlier: HookSetup | undefined): HookSetup {
  const { workspace, dir, policy, isFailClosed } = options;
  return {
    dir: dir === undefined && earlier !== undefined ? earlier.dir : path.resolve(workspace, dir ?? TRAIL_FOLDER),
    policy: policy === undefined ? earlier?.policy : policy === null ? undefined : path.resolve(workspace, policy),
    isFailClosed: isFailClosed ?? earlier?.isFailClosed ?? false,
  };
}

/**
 * How it was set up before, as that holds in this workspace: in one that was moved, its trail and its policy have moved with it.
 *
 * @returns undefined where it is not set up. @throws SettingsError; Error of the system.
 */
export function earlierSetup(
  workspace: string,
  place: SettingsPlace,
  file: string,
  undoFolder: string,
): HookSetup | undefined {
  const command = entriesIn(place, file).at(0)?.command;
  if (command === undefined || !isFromElsewhere(workspace, file, command, undoFolder)) return command;
  const { dir, policy, isFailClosed } = command;
  const was = earlierFolder(workspace, dir);
  if (was === undefined) return { dir: path.resolve(workspace, TRAIL_FOLDER), policy, isFailClosed };
  const moved = (place: string): string => path.resolve(workspace, path.relative(was, place));
  return {
    dir: moved(dir),
    policy: policy !== undefined && isWithin(was, policy) ? moved(policy) : policy,
    isFailClosed,
  };
}

/** The folder that a workspace was, as far as its trail tells: it has its usual name, or is here by the end of its path. */
function earlierFolder(workspace: string, dir: string): string | undefined {
  if (path.basename(dir) === TRAIL_FOLDER) return path.dirname(dir);
  for (let was = path.dirname(dir); was !== path.dirname(was); was = path.dirname(was))
    if (fs.existsSync(path.join(workspace, path.relative(was, dir)))) return was;
  return undefined;
}

/**
 * Whether an entry names a trail outside of the workspace without having been put there for it: then the workspace was moved or copied since,
 * and its hook records where it was.
 */
export function isFromElsewhere(workspace: string, file: string, { dir }: HookSetup, undoFolder: string): boolean {
  return !isWithin(workspace, dir) && !isRemembered(undoFolder, file);
}

/** Where a workspace's trail is by an agent's entry; its usual place where there is none, or none that can be read. */
export function trailOf(workspace: string, place: SettingsPlace): string {
  try {
    const dir = entriesIn(place, settingsFile(place, workspace)).at(0)?.command.dir;
    if (dir !== undefined) return dir;
  } catch {
    // `aegis record status` says what is wrong with them.
  }
  return path.resolve(workspace, TRAIL_FOLDER);
}

/** Whether nothing was chosen by which it is recorded otherwise than it is at first. */
export function isUsual({ dir, policy, isFailClosed }: HookSetup, workspace: string): boolean {
  return dir === path.resolve(workspace, TRAIL_FOLDER) && policy === undefined && !isFailClosed;
}

/** How an agent is recorded, for people. */
export function setupWords({ dir, policy, isFailClosed }: HookSetup): string {
  const judge = policy ?? 'policy.yaml or aegis-policy.yaml of the workspace, where there is one';
  const failing = isFailClosed
    ? 'What cannot be judged or recorded is denied.'
    : 'What cannot be recorded is made all the same, with a word.';
  return `Recorded in ${dir}, judged by ${judge}. ${failing}`;
}

/** By whichever links it is named. */
function isWithin(folder: string, place: string): boolean {
  const way = path.relative(realPlace(folder), realPlace(place));
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
