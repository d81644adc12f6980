// VS Code's server, on this machine's loopback address only, with data, settings and extensions of its own.

import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { basename, extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startGuarded } from './guarded.mjs';
import { ensureHost, newestHost } from './host.mjs';
import { Trouble } from './say.mjs';
import { quietSettings, restrictedSettings } from './settings.mjs';
import { makeTemporary, removeTemporary } from './temporary.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {string} [version] a version of `hostVersions`; the newest where none is given
 * @property {string[]} [extensions] folders of extensions (used where they are, not copied) and .vsix files to install
 * @property {import('./settings.mjs').Settings} [settings] in addition to the quiet ones
 * @property {boolean} [restricted] true: workspace trust is on and not granted; else there is no workspace trust at all
 * @property {boolean} [testDriver] needed for tests inside the extension host. Notifications do not pop up then
 * @property {number} [port] a free one where none is given
 * @property {(folder: string) => NodeJS.ProcessEnv} [env] in addition to ours; the extension host sees it. Gets the server's folder
 */

/**
 * @typedef {object} Server
 * @property {string} version
 * @property {string} authority host and port
 * @property {string} folder deleted when the server ends; what belongs to this run may be put into it
 * @property {() => string} log the last of what the server printed
 * @property {Promise<void>} ended resolves when the server is gone, whatever the reason
 * @property {() => Promise<void>} stop ends the server with all its processes, and deletes its folder
 */

/** A slow machine that has just been started needs a while to read a hundred megabytes of JavaScript. */
const patience = 120_000;

/**
 * Starts a server, installing that VS Code first where that is needed. Ready when this resolves.
 * @param {ServerOptions} [options]
 * @returns {Promise<Server>}
 */
export async function startServer(options = {}) {
  const host = await ensureHost(options.version ?? newestHost);
  const folder = await makeTemporary();
  try {
    const folders = await prepare(folder, options);
    const env = { ...environment(folders), ...options.env?.(folder) };
    const main = join(host.root, 'out', 'server-main.js');
    await installPackages(host.node, main, folders, env, options.extensions ?? []);
    const guarded = startGuarded(host.node, [main, ...serverArguments(folders, options)], {
      cwd: folder,
      env,
      folders: [folder],
    });
    const log = keepLast(guarded.output);
    const stop = async () => {
      await guarded.stop();
      removeTemporary(folder);
    };
    try {
      const port = await waitForPort(guarded, log);
      return { version: host.version, authority: `127.0.0.1:${port}`, folder, log, ended: guarded.ended, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    removeTemporary(folder);
    throw error;
  }
}

/** @typedef {{ data: string, extensions: string, home: string, temporary: string }} Folders */

/**
 * @param {string} folder
 * @param {ServerOptions} options
 * @returns {Promise<Folders>}
 */
async function prepare(folder, options) {
  const folders = {
    data: join(folder, 'data'),
    extensions: join(folder, 'extensions'),
    home: join(folder, 'home'),
    temporary: join(folder, 'tmp'),
  };
  const settings = { ...quietSettings, ...(options.restricted ? restrictedSettings : {}), ...options.settings };
  // As the machine's for what a server may decide, as the person's for the rest (theme, workspace trust): this server
  // keeps the person's settings too, and does not leave them to the browser.
  for (const place of ['Machine', 'User']) {
    await mkdir(join(folders.data, 'data', place), { recursive: true });
    await writeFile(join(folders.data, 'data', place, 'settings.json'), JSON.stringify(settings, null, 2));
  }
  for (const made of [folders.extensions, folders.home, folders.temporary]) {
    await mkdir(made);
  }
  for (const extension of (options.extensions ?? []).filter((extension) => !isPackage(extension))) {
    await link(resolve(extension), folders.extensions);
  }
  return folders;
}

/**
 * @param {string} extension
 * @param {string} folder
 */
async function link(extension, folder) {
  const manifest = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8'));
  const place = join(folder, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  await symlink(extension, place, 'junction');
}

/** @param {string} extension */
function isPackage(extension) {
  return extname(extension) === '.vsix';
}

/**
 * @param {string} node
 * @param {string} main
 * @param {Folders} folders
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} extensions
 */
async function installPackages(node, main, folders, env, extensions) {
  for (const extension of extensions.filter(isPackage)) {
    const places = ['--server-data-dir', folders.data, '--extensions-dir', folders.extensions];
    try {
      await promisify(execFile)(node, [main, ...places, '--install-extension', resolve(extension)], { env });
    } catch (cause) {
      const details = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause);
      throw new Trouble(`VS Code refuses to install ${basename(extension)}.`, { cause, details });
    }
  }
}

/**
 * @param {Folders} folders
 * @param {ServerOptions} options
 * @returns {string[]}
 */
function serverArguments(folders, options) {
  return [
    // Without a token, so never on another address than loopback.
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--without-connection-token'],
    ...['--accept-server-license-terms', '--disable-telemetry', '--force-disable-user-env'],
    ...['--server-data-dir', folders.data, '--extensions-dir', folders.extensions],
    ...(options.restricted ? [] : ['--disable-workspace-trust']),
    ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
  ];
}

/**
 * @param {Folders} folders
 * @returns {NodeJS.ProcessEnv}
 */
function environment(folders) {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    // Of the npm script, the VS Code or the desktop that we were started from, and not meant for this VS Code.
    if (/^(VSCODE_|ELECTRON_|XDG_|npm_)|^(NODE_OPTIONS|NODE_V8_COVERAGE|NODE_ENV)$/i.test(name)) {
      delete env[name];
    }
  }
  // No marketplace: nothing of what is done here is to reach the network.
  env['EXTENSIONS_GALLERY'] = JSON.stringify({ serviceUrl: '' });
  Object.assign(env, { TMPDIR: folders.temporary, TEMP: folders.temporary, TMP: folders.temporary });
  // Nothing of what is done here is to reach the person's profile either.
  Object.assign(env, {
    HOME: folders.home,
    USERPROFILE: folders.home,
    APPDATA: folders.home,
    LOCALAPPDATA: folders.home,
  });
  return env;
}

/**
 * @param {import('./guarded.mjs').Guarded} guarded
 * @param {() => string} log
 * @returns {Promise<number>}
 */
async function waitForPort(guarded, log) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    return await Promise.race([
      new Promise((resolve, reject) => {
        guarded.output.on('data', () => {
          // The server goes on without a port.
          if (log().includes('EADDRINUSE')) {
            reject(new Trouble('That port is taken by another program: give another one.'));
          }
          const port = /Extension host agent listening on (\d+)/.exec(log())?.[1];
          if (port !== undefined) {
            resolve(Number(port));
          }
        });
      }),
      guarded.ended.then(() => {
        throw new Trouble("VS Code's server ended at once. It printed:", { details: log() });
      }),
      new Promise((_resolve, reject) => {
        const message = `VS Code's server was not ready after ${patience / 1000} s. It printed:`;
        timer = setTimeout(() => reject(new Trouble(message, { details: log() })), patience);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Keeps the end of a stream. AEGIS_VSCODE_LOG=1 shows all of it.
 * @param {import('node:stream').Readable} stream
 * @returns {() => string}
 */
function keepLast(stream) {
  const most = 20_000;
  const shown = process.env['AEGIS_VSCODE_LOG'] === '1';
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk) => {
    text = (text + chunk).slice(-most);
    if (shown) {
      process.stderr.write(chunk);
    }
  });
  return () => text;
}
