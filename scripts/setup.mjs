// What has to be there before anything of the project can run: the packages of its lock, and the bundles. Imports nothing
// but Node's own modules, because it runs when nothing is installed.

import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './vscode/lock.mjs';
import { npmCi } from './vscode/npm.mjs';
import { cacheFolder, projectRoot } from './vscode/paths.mjs';
import { say, Trouble } from './vscode/say.mjs';

/** Makes sure that the packages are installed and the bundles are those of the present source. */
export async function setUp() {
  await installPackages();
  await buildBundles();
}

/** Installs the packages where `node_modules` is missing or not what the lock says. */
export async function installPackages() {
  if (await matchesLock()) {
    return;
  }
  await withLock(
    join(cacheFolder, '.lock-packages'),
    () => say('Another process is installing the packages: waiting for it.'),
    async () => {
      if (!(await matchesLock())) {
        say("Installing the project's packages (npm ci)…");
        await npmCi(['--include=dev', '--include=optional'], { folder: projectRoot });
      }
    },
  );
}

/** Builds the bundles. */
export async function buildBundles() {
  say('Building…');
  const { code, output } = await run(process.execPath, ['esbuild.js']);
  if (code !== 0) {
    throw new Trouble('The build failed. "node esbuild.js" printed:', { details: output });
  }
}

/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 */

/**
 * Whether what npm installed, which it notes in a lock of its own, is what the project's lock asks for.
 * @returns {Promise<boolean>}
 */
async function matchesLock() {
  const wanted = await readLock(join(projectRoot, 'package-lock.json'));
  const installed = await readLock(join(projectRoot, 'node_modules', '.package-lock.json'));
  if (wanted === undefined) {
    throw new Trouble('package-lock.json is missing or damaged. Get it back: git checkout -- package-lock.json');
  }
  if (installed === undefined) {
    return false;
  }
  return Object.entries(wanted).every(([place, entry]) => {
    const found = installed[place];
    // Optional packages are for other systems, mostly.
    return found === undefined
      ? place === '' || entry.optional === true
      : found.version === entry.version && found.integrity === entry.integrity;
  });
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, LockEntry> | undefined>}
 */
async function readLock(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
