// Runs one program and sees to its end. This runs as a process of its own, at the head of a process group, and holds one
// end of a pipe as its stdin. When the other end closes (because the owner asked for that, or because the owner is gone,
// however it went), the whole group ends and the folders that belonged to it are deleted.
//
//   node guard.mjs '{"command": "...", "args": [...], "folders": [...]}'

import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

/** What a program gets to end by itself before it is ended by force. */
const patience = 3_000;

/** @type {{ command: string, args: string[], folders: string[] }} */
const { command, args, folders } = JSON.parse(process.argv[2] ?? '');

const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true });
let ending = false;

child.on('error', (error) => {
  process.stderr.write(`${command} cannot be started: ${error.message}\n`);
  finish(127);
});
child.on('exit', (code) => finish(code ?? 1));

process.stdin.on('end', end).on('close', end).on('error', end).resume();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, end);
}

function end() {
  if (ending) {
    return;
  }
  ending = true;
  if (process.platform === 'win32') {
    // Windows has no groups: the tree is found while its root still runs.
    spawnSync('taskkill', ['/PID', String(child.pid), '/T', '/F'], { windowsHide: true });
  } else {
    // Reaches this process too, which has a handler for it.
    process.kill(-process.pid, 'SIGTERM');
  }
  setTimeout(() => finish(1), patience);
}

/** @param {number} code */
function finish(code) {
  for (const folder of folders) {
    try {
      // Something may still write while it ends.
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    } catch (error) {
      process.stderr.write(`${folder} could not be deleted: ${String(error)}\n`);
    }
  }
  process.exitCode = code;
  if (process.platform !== 'win32') {
    // What is left of the group, and this process with it.
    process.kill(-process.pid, 'SIGKILL');
  }
  process.exit();
}
