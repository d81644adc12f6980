// Runs npm as these scripts need it: the same whatever the person's own npm settings or the npm script around us say.

import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { Trouble } from './say.mjs';

/**
 * @typedef {object} NpmOptions
 * @property {string} folder the folder that holds the `package.json`
 * @property {boolean} [show] true: npm's own output goes to stderr; else it is shown only when npm fails
 */

/**
 * `npm ci` in a folder, exactly as its lock says, without running any package's scripts.
 * @param {string[]} more further arguments
 * @param {NpmOptions} options
 * @returns {Promise<void>}
 */
export async function npmCi(more, options) {
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  await run(['ci', '--ignore-scripts', ...quiet, ...more], options);
}

/**
 * @param {string[]} args
 * @param {NpmOptions} options
 * @returns {Promise<void>}
 */
function run(args, options) {
  const { command, before, shell } = findNpm();
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...before, ...args], {
      cwd: options.folder,
      env: cleanEnvironment(),
      shell,
      stdio: options.show ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const release = endWithUs(child);
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (cause) =>
      reject(
        new Trouble(`npm cannot be started (${cause.message}). It comes with Node.js: is it on the PATH?`, { cause }),
      ),
    );
    child.on('close', (code, signal) => {
      release();
      if (code === 0) {
        resolve();
        return;
      }
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
      reject(
        new Trouble(
          `"npm ${args[0]}" in ${options.folder} failed (${how}). It needs the npm registry, directly or through the one ` +
            'that "npm config get registry" names; run this again when that can be reached.',
          { details: output },
        ),
      );
    });
  });
}

/**
 * Ends npm when we are told to end: it would go on without us, and takes its time when asked nicely.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} stops doing so
 */
function endWithUs(child) {
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  const pass = (/** @type {NodeJS.Signals} */ signal) => {
    child.kill('SIGKILL');
    release();
    process.kill(process.pid, signal);
  };
  const release = () => signals.forEach((signal) => process.off(signal, pass));
  signals.forEach((signal) => process.on(signal, pass));
  return release;
}

/**
 * The npm that started us where there is one, because it is known to work; else the one on the PATH.
 * @returns {{ command: string, before: string[], shell: boolean }}
 */
function findNpm() {
  const own = process.env['npm_execpath'];
  if (own !== undefined && basename(own) === 'npm-cli.js') {
    return { command: process.execPath, before: [own], shell: false };
  }
  // On Windows npm is a .cmd file, which Node starts only through a shell.
  return { command: 'npm', before: [], shell: process.platform === 'win32' };
}

/**
 * The environment without what an npm script around us says about *its* package, and without what would make npm leave
 * out the development or optional packages that we count on (esbuild's binary is an optional package).
 * @returns {NodeJS.ProcessEnv}
 */
function cleanEnvironment() {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (
      /^npm_(package|lifecycle|command)|^npm_config_(local_prefix|prefix|global|omit|only|production|dry_run)/i.test(
        name,
      )
    ) {
      delete env[name];
    }
  }
  delete env['NODE_ENV'];
  delete env['NODE_OPTIONS'];
  return env;
}
