// A VS Code with windows: the person's own, else a downloaded one.

import { execFile, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sampleFolder } from '../sample.mjs';
import { cacheFolder, desktopCacheFolder, projectRoot } from '../vscode/paths.mjs';
import { say } from '../vscode/say.mjs';
import { copyWorkspace } from '../vscode/temporary.mjs';

/** The oldest VS Code that loads the extension: `engines.vscode` in package.json. */
const oldest = { major: 1, minor: 100 };

/**
 * Opens VS Code on the desktop and waits until its window is closed.
 * @returns {Promise<boolean>} false where that cannot be done here; why was said
 */
export async function openOnDesktop() {
  if (!hasDisplay()) {
    say('There is no display here.');
    return false;
  }
  const workspace = await copySample();
  const own = await findOwn();
  if (own !== undefined) {
    say(`Opening your VS Code ${own} with the extension and a copy of the sample workspace. Close that window to end.`);
    const done = await runProgram('code', [
      '--new-window',
      '--wait',
      `--extensionDevelopmentPath=${projectRoot}`,
      workspace,
    ]);
    if (done) {
      return true;
    }
    say('Your VS Code did not start.');
  }
  const downloaded = await download();
  if (downloaded === undefined) {
    return false;
  }
  say('Opening the downloaded VS Code with the extension and a copy of the sample workspace. Close its window to end.');
  return runProgram(downloaded, [
    `--extensionDevelopmentPath=${projectRoot}`,
    `--user-data-dir=${join(desktopCacheFolder, 'data')}`,
    `--extensions-dir=${join(desktopCacheFolder, 'extensions')}`,
    '--skip-welcome',
    '--disable-workspace-trust',
    workspace,
  ]);
}

function hasDisplay() {
  if (process.platform === 'linux') {
    return Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);
  }
  return process.platform === 'darwin' || process.platform === 'win32';
}

/** A fresh copy in the cache: the window may stay open when this script has ended. */
async function copySample() {
  const place = join(cacheFolder, 'start');
  await rm(place, { recursive: true, force: true });
  return copyWorkspace(sampleFolder, place);
}

/** @returns {Promise<string | undefined>} the version of the VS Code on the PATH, where it will do */
async function findOwn() {
  if (process.env['VSCODE_IPC_HOOK_CLI'] !== undefined || process.env['WSL_DISTRO_NAME'] !== undefined) {
    // `code` there opens files in a window on another machine, which knows nothing of our folder.
    say('This is a remote terminal: its "code" command cannot load an extension from here.');
    return undefined;
  }
  let version;
  try {
    const { stdout } = await promisify(execFile)('code', ['--version'], {
      timeout: 30_000,
      shell: process.platform === 'win32',
    });
    version = stdout.split('\n', 1)[0]?.trim() ?? '';
  } catch {
    say('There is no "code" command on the PATH.');
    return undefined;
  }
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) {
    return version;
  }
  say(`Your VS Code is ${version}, and the extension needs ${oldest.major}.${oldest.minor}.`);
  return undefined;
}

/** @returns {Promise<string | undefined>} the program, or undefined where it cannot be downloaded */
async function download() {
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  say('Looking for a downloaded VS Code, and downloading one where there is none (about 150 MB, once)…');
  try {
    return await downloadAndUnzipVSCode({ version: 'stable', cachePath: desktopCacheFolder });
  } catch (error) {
    say(`It cannot be downloaded (${error instanceof Error ? error.message : String(error)}).`);
    return undefined;
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<boolean>} whether it ended well
 */
function runProgram(command, args) {
  return new Promise((resolve) => {
    // On Windows `code` is a .cmd file, which Node starts only through a shell, and the shell splits at blanks.
    const shell = process.platform === 'win32' && command === 'code';
    const child = spawn(command, shell ? args.map((arg) => `"${arg}"`) : args, {
      shell,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}
