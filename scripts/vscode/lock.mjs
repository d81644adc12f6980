// Takes turns between processes, with a folder as the lock: making one either succeeds or fails, on every file system.

import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isCode } from './error-code.mjs';

/** A lock whose owner has not yet written its name is left alone for this long: the owner may be between the two steps. */
const nameless = 10_000;

/**
 * Does `work` while no other process does work under the same lock. What this protects must also stand a second worker
 * (write beside and rename): two processes that find the same dead owner at the same moment may both go on.
 * @template T
 * @param {string} folder the lock; made and removed here
 * @param {() => void} whenWaiting called once when another process has the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, whenWaiting, work) {
  await take(folder, whenWaiting);
  try {
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {() => void} whenWaiting
 */
async function take(folder, whenWaiting) {
  await mkdir(dirname(folder), { recursive: true });
  for (let tries = 0; ; tries++) {
    try {
      await mkdir(folder);
      await writeFile(join(folder, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if (!isCode(error, 'EEXIST')) {
        throw error;
      }
    }
    if (await isAbandoned(folder)) {
      await breakLock(folder);
      continue;
    }
    if (tries === 0) {
      whenWaiting();
    }
    // Not all at the same moment.
    await pause(200 + Math.random() * 200);
  }
}

/**
 * Takes an abandoned lock away. Renamed first, so that of several who try only one does it.
 * @param {string} folder
 */
async function breakLock(folder) {
  const away = `${folder}-${process.pid}`;
  try {
    await rename(folder, away);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) {
      throw error;
    }
    return;
  }
  await rm(away, { recursive: true, force: true });
}

/**
 * @param {string} folder
 * @returns {Promise<boolean>} true where the process that made the lock is gone
 */
async function isAbandoned(folder) {
  try {
    const pid = Number.parseInt(await readFile(join(folder, 'pid'), 'utf8'), 10);
    if (Number.isInteger(pid)) {
      return !isRunning(pid);
    }
  } catch (error) {
    if (!isCode(error, 'ENOENT')) {
      throw error;
    }
  }
  const made = await stat(folder).catch(() => undefined);
  return made !== undefined && Date.now() - made.mtimeMs > nameless;
}

/**
 * @param {number} pid
 * @returns {boolean}
 */
export function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return isCode(error, 'EPERM');
  }
}
