// Folders for one run.

import { cp, mkdtemp, realpath } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** @type {Set<string>} */
const folders = new Set();
process.on('exit', () => {
  for (const folder of folders) {
    remove(folder);
  }
});

/**
 * Makes a folder that is deleted by `removeTemporary`, or when this process exits.
 * @returns {Promise<string>}
 */
export async function makeTemporary() {
  // Short: sockets are made below it, and a socket's path may have about 100 characters. Its real path: on macOS the
  // temporary directory is a link, and VS Code's extension host compares paths as texts.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'aegis-')));
  folders.add(folder);
  return folder;
}

/** @param {string} folder as `makeTemporary` gave it */
export function removeTemporary(folder) {
  folders.delete(folder);
  remove(folder);
}

/**
 * Copies a workspace, so that whatever is done to it leaves the original alone.
 * @param {string} workspace
 * @param {string} into a temporary folder
 * @returns {Promise<string>} a folder of the same name
 */
export async function copyWorkspace(workspace, into) {
  const copy = join(into, basename(workspace));
  await cp(workspace, copy, { recursive: true });
  return copy;
}

/** @param {string} folder */
function remove(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
