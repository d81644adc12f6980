// Makes sure that a part from npm (a VS Code host, a Chromium) is in the cache: installed once from its committed lock,
// found at once afterwards. A part is made in a folder of its own and renamed into place when it is complete, so an
// interrupted installation leaves nothing that could be taken for a whole one, and two at once do not mix.

import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isCode } from './error-code.mjs';
import { isRunning, withLock } from './lock.mjs';
import { cacheFolder, recipesFolder } from './paths.mjs';
import { say } from './say.mjs';

/**
 * @typedef {object} Part
 * @property {string} name the folder's name below the recipes and below the cache
 * @property {string} title what it is called when the person is told about it
 * @property {string} variant what else the result depends on: platform, Node, version of the steps
 * @property {(folder: string) => Promise<void>} build does the steps in `folder`, which holds a copy of the recipe
 */

const stampName = '.complete';

/**
 * Makes sure that a part is there.
 * @param {Part} part
 * @returns {Promise<string>} the folder it is in
 */
export async function ensurePart(part) {
  const folder = join(cacheFolder, part.name);
  const stamp = await stampOf(part);
  if (await isComplete(folder, stamp)) {
    return folder;
  }
  await withLock(
    join(cacheFolder, `.lock-${part.name}`),
    () => say(`Another process is installing ${part.title}: waiting for it.`),
    async () => {
      if (!(await isComplete(folder, stamp))) {
        await install(part, folder, stamp);
      }
    },
  );
  return folder;
}

/**
 * @param {Part} part
 * @param {string} folder
 * @param {string} stamp
 */
async function install(part, folder, stamp) {
  const started = Date.now();
  await removeLeftovers(part.name);
  const making = join(cacheFolder, `.making-${part.name}-${process.pid}`);
  try {
    await mkdir(making, { recursive: true });
    await cp(join(recipesFolder, part.name), making, { recursive: true });
    await part.build(making);
    await writeFile(join(making, stampName), stamp);
    await putInPlace(making, folder, stamp);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  say(
    `Installed ${part.title} in ${Math.round((Date.now() - started) / 1000)} s; kept in ${basename(cacheFolder)}/${part.name}.`,
  );
}

/**
 * @param {string} making
 * @param {string} folder
 * @param {string} stamp
 */
async function putInPlace(making, folder, stamp) {
  // Renamed before it is deleted: deleting takes seconds, and half of a host must never stand under its name.
  const old = join(cacheFolder, `.making-${basename(folder)}-${process.pid}-old`);
  await rename(folder, old).catch(unless('ENOENT'));
  try {
    await rename(making, folder);
  } catch (error) {
    // Somebody else was first, which is fine if theirs is the same.
    if (!(await isComplete(folder, stamp))) {
      throw error;
    }
  }
  await rm(old, { recursive: true, force: true });
}

/**
 * Deletes what interrupted installations left behind.
 * @param {string} name
 */
async function removeLeftovers(name) {
  const prefix = `.making-${name}-`;
  for (const entry of await readdir(cacheFolder)) {
    if (entry.startsWith(prefix) && !isRunning(Number.parseInt(entry.slice(prefix.length), 10))) {
      // An npm whose owner was killed may still write there. What stays is deleted the next time.
      await rm(join(cacheFolder, entry), { recursive: true, force: true }).catch(() => {});
    }
  }
}

/**
 * @param {string} folder
 * @param {string} stamp
 * @returns {Promise<boolean>}
 */
async function isComplete(folder, stamp) {
  const found = await readFile(join(folder, stampName), 'utf8').catch(unless('ENOENT'));
  return found === stamp;
}

/**
 * What a complete part is recognised by: it changes with the recipe, the steps and the machine.
 * @param {Part} part
 * @returns {Promise<string>}
 */
async function stampOf(part) {
  const hash = createHash('sha256').update(`${part.variant}\n`);
  const recipe = join(recipesFolder, part.name);
  const names = await readdir(recipe, { recursive: true });
  for (const name of names.filter((name) => name.endsWith('.json')).sort()) {
    hash.update(`${name.replaceAll('\\', '/')}\n`).update(await readFile(join(recipe, name)));
  }
  return `${hash.digest('hex')}\n`;
}

/**
 * A handler that lets failures with these codes pass as "nothing".
 * @param {...string} codes
 * @returns {(error: unknown) => undefined}
 */
function unless(...codes) {
  return (error) => {
    if (!isCode(error, ...codes)) {
      throw error;
    }
    return undefined;
  };
}
