// Starts a program under the guard (see guard.mjs): it cannot outlive us.

import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';

const guard = join(dirname(fileURLToPath(import.meta.url)), 'guard.mjs');

/**
 * @typedef {object} Guarded
 * @property {import('node:stream').Readable} output what the program and its children print, on stdout and stderr
 * @property {Promise<void>} ended resolves when the program and its process group are gone
 * @property {() => Promise<void>} stop ends them; may be called more than once
 */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string[]} options.folders deleted when the program has ended
 * @returns {Guarded}
 */
export function startGuarded(command, args, { cwd, env, folders }) {
  const child = spawn(process.execPath, [guard, JSON.stringify({ command, args, folders })], {
    cwd,
    env,
    // A process group of its own, whose id is the child's. Windows has none, and would open a window for it.
    detached: process.platform !== 'win32',
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  // The guard may be gone already when its stdin is closed.
  child.stdin.on('error', () => {});
  const output = new PassThrough();
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  /** @type {Promise<void>} */
  const ended = new Promise((resolve, reject) => {
    child.on('exit', () => resolve());
    child.on('error', reject);
  });
  return {
    output,
    ended,
    stop: async () => {
      child.stdin.end();
      const force = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(force);
    },
  };
}
