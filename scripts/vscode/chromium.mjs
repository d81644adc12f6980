// A Chromium to look at the workbench with: the machine's own where it has one, else one from npm.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { ensurePart } from './install.mjs';
import { npmCi } from './npm.mjs';
import { say, Trouble } from './say.mjs';

/** Change this when the steps below change. */
const steps = 1;

/**
 * @typedef {object} Chromium
 * @property {string} program
 * @property {string} [libraries] a folder of libraries that the system lacks
 * @property {string[]} fonts folders of fonts to use instead of the system's
 */

/**
 * Finds a Chromium, or installs one.
 * @returns {Promise<Chromium>}
 */
export async function ensureChromium() {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) {
      throw new Trouble(
        `CHROME_PATH names ${named}, which does not exist. Correct it, or unset it to have one found or installed.`,
      );
    }
    return { program: named, fonts: [] };
  }
  const own = usualPlaces().find((place) => existsSync(place));
  if (own !== undefined) {
    return { program: own, fonts: [] };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Trouble('No Chrome or Chromium was found. Install one, or set CHROME_PATH to the program.');
  }
  const folder = await ensurePart({ name: 'chromium', title: 'Chromium', variant: `${steps} linux-x64`, build });
  const unpacked = join(folder, 'unpacked');
  return {
    program: join(unpacked, 'chromium'),
    ...(systemHasNss() ? {} : { libraries: join(unpacked, 'al2023', 'lib') }),
    fonts: [join(unpacked, 'fonts'), join(folder, 'node_modules', 'dejavu-fonts-ttf', 'ttf')],
  };
}

/** @returns {string[]} */
function usualPlaces() {
  const env = process.env;
  switch (process.platform) {
    case 'win32':
      return [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LocalAppData']]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => [
          join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
          join(folder, 'Chromium', 'Application', 'chrome.exe'),
          join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
        ]);
    case 'darwin':
      return ['/Applications', join(env['HOME'] ?? '/', 'Applications')].flatMap((folder) => [
        join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
        join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
        join(folder, 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge'),
      ]);
    default:
      return ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'].flatMap((name) =>
        (env['PATH'] ?? '')
          .split(delimiter)
          .filter((folder) => folder !== '')
          .map((folder) => join(folder, name)),
      );
  }
}

/** Chromium's one library that a minimal system lacks. */
function systemHasNss() {
  return ['/usr/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib', '/lib/x86_64-linux-gnu', '/lib64'].some((folder) =>
    existsSync(join(folder, 'libnss3.so')),
  );
}

/** @param {string} folder */
async function build(folder) {
  say('Installing Chromium from npm, once…');
  await npmCi([], { folder });
  const packaged = join(folder, 'node_modules', '@sparticuz', 'chromium');
  const archives = ['chromium', 'fonts.tar', 'swiftshader.tar', 'al2023.tar'].map((name) =>
    join(packaged, 'bin', `${name}.br`),
  );
  // The package unpacks into the temporary directory, wherever that is: a process of its own gets one of ours.
  const unpacked = join(folder, 'unpacked');
  const program = `
    const { inflate } = await import(${JSON.stringify(pathToFileURL(join(packaged, 'build', 'index.js')).href)});
    for (const archive of ${JSON.stringify(archives)}) await inflate(archive);
  `;
  await mkdir(unpacked);
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, TMPDIR: unpacked, NODE_OPTIONS: '' },
  });
  await chmod(join(unpacked, 'chromium'), 0o755);
  await rm(join(packaged, 'bin'), { recursive: true });
}
