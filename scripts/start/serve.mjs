// VS Code's server with the extension, for a browser on this machine.

import { sampleFolder } from '../sample.mjs';
import { projectRoot } from '../vscode/paths.mjs';
import { say } from '../vscode/say.mjs';
import { startServer } from '../vscode/server.mjs';
import { copyWorkspace } from '../vscode/temporary.mjs';
import { workbenchAddress } from '../vscode/workbench.mjs';

/**
 * Serves until Ctrl+C.
 * @param {number | undefined} port
 */
export async function serve(port) {
  say("Starting VS Code's server…");
  const server = await startServer({ extensions: [projectRoot], port });
  const interrupted = new Promise((resolve) => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.once(signal, () => resolve(true));
    }
  });
  try {
    const workspace = await copyWorkspace(sampleFolder, server.folder);
    say(
      'VS Code runs, with the extension and a copy of the sample workspace. Open this address in a browser on this machine:',
    );
    process.stdout.write(`\n  ${workbenchAddress(server, workspace)}\n\n`);
    say('It is reachable from this machine only. Ctrl+C ends it and deletes the copy.');
    if ((await Promise.race([interrupted, server.ended])) !== true) {
      say("VS Code's server ended by itself. It printed:");
      say(server.log());
      process.exitCode = 2;
    }
  } finally {
    await server.stop();
  }
}
