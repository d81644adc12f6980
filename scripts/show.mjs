// Shows the real product in a browser without a window, for a picture or a test.

import { launchBrowser } from './vscode/browser.mjs';
import { projectRoot } from './vscode/paths.mjs';
import { startServer } from './vscode/server.mjs';
import { copyWorkspace } from './vscode/temporary.mjs';
import { openWorkbench } from './vscode/workbench.mjs';

/**
 * @typedef {object} Stage
 * @property {string} workspace the folder to open; a copy of it is opened
 * @property {number} width of the window
 * @property {number} height
 * @property {(workspace: string) => Promise<void> | void} [prepare] what is done to the copy before it is opened
 * @property {import('./vscode/settings.mjs').Settings} [settings]
 */

/**
 * Opens a copy of a workspace in VS Code with the extension, lets `act` do something there, and clears everything away.
 * @template T
 * @param {Stage} stage
 * @param {(page: import('playwright-core').Page, workspace: string) => Promise<T>} act
 * @returns {Promise<T>}
 */
export async function show(stage, act) {
  const server = await startServer({ extensions: [projectRoot], settings: stage.settings });
  try {
    const workspace = await copyWorkspace(stage.workspace, server.folder);
    await stage.prepare?.(workspace);
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ width: stage.width, height: stage.height });
      await openWorkbench(page, server, workspace);
      return await act(page, workspace);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}
