import * as fs from 'node:fs';
import * as path from 'node:path';
import { profileFolder } from '../../pins/profileFolder';
import { replaceFile } from './writtenFile';

/** The folder in the person's profile with the hook that agents start, whichever version of the extension is there. */
export function hookFolder(env: NodeJS.ProcessEnv = process.env): string {
  return path.join(profileFolder(env), 'hook');
}

export function installedHook(folder: string): string {
  return path.join(folder, 'hook.js');
}

/** The hook that came with this program. */
export function ownBundle(): string {
  return path.join(__dirname, 'hook.js');
}

/**
 * Copies the hook into the profile, or a newer one over an older one. Its path stays the same: agents that ask the person to review a hook
 * would ask again.
 *
 * @returns the installed hook. @throws Error of the system.
 */
export function installHook(folder: string, bundle: string): string {
  const hook = installedHook(folder);
  const content = fs.readFileSync(bundle);
  const there = fs.existsSync(hook) ? fs.readFileSync(hook) : undefined;
  if (there?.equals(content) === true) return hook;
  if (there !== undefined && isOlder(versionOf(content), versionOf(there))) return hook;
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  replaceFile(hook, content, 0o600);
  return hook;
}

/** Undefined where there is none, or it does not say. */
export function installedVersion(folder: string): string | undefined {
  try {
    return versionOf(fs.readFileSync(installedHook(folder)));
  } catch {
    return undefined;
  }
}

/** It stands in the first line. */
function versionOf(content: Uint8Array): string | undefined {
  return /^\/\/ aegis-audit-trail hook (\d+\.\d+\.\d+\S*)/.exec(Buffer.from(content.subarray(0, 200)).toString())?.[1];
}

function isOlder(version: string | undefined, than: string | undefined): boolean {
  if (version === undefined || than === undefined) return false;
  const [one, other] = [version, than].map((each) => each.split(/[.-]/, 3).map(Number));
  const at = one.findIndex((part, i) => part !== other[i]);
  return at >= 0 && one[at] < other[at];
}
