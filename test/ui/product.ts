// The real product in a page: VS Code with the extension, a copy of a workspace open in it, in a browser without a window.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';

/** The harness is made of modules that find their files beside themselves: they are loaded from there, not bundled. */
const scripts = join(__dirname, '..', '..', '..', 'scripts');
const load = (path: string): Promise<unknown> => import(pathToFileURL(join(scripts, path)).href);

/** What a person can do in the workbench. */
export type Hands = typeof import('../../scripts/vscode/workbench.mjs');

export interface Product {
  page: Page;
  hands: Hands;
  /** The copy of the workspace that is open. */
  workspace: string;
  close(): Promise<void>;
}

export interface ProductOptions {
  /** The folder to open, relative to the project. */
  workspace: string;
  /** Of VS Code; the newest there is where none is given. */
  version?: string;
  /** True: workspace trust is on, and not granted. */
  restricted?: boolean;
  settings?: Record<string, unknown>;
  /** In addition to ours; gets the folder of this run. */
  env?: (folder: string) => NodeJS.ProcessEnv;
  /** Folders of other extensions, relative to the project. */
  otherExtensions?: string[];
}

export async function openProduct(options: ProductOptions): Promise<Product> {
  const { startServer } = (await load('vscode/server.mjs')) as typeof import('../../scripts/vscode/server.mjs');
  const { launchBrowser } = (await load('vscode/browser.mjs')) as typeof import('../../scripts/vscode/browser.mjs');
  const { copyWorkspace } = (await load('vscode/temporary.mjs')) as typeof import('../../scripts/vscode/temporary.mjs');
  const hands = (await load('vscode/workbench.mjs')) as Hands;

  const { workspace: folder, otherExtensions = [], ...serverOptions } = options;
  const root = join(scripts, '..');
  const extensions = [root, ...otherExtensions.map((each) => join(root, each))];
  const server = await startServer({ ...serverOptions, extensions });
  try {
    const browser = await launchBrowser();
    try {
      const workspace = await copyWorkspace(join(root, folder), server.folder);
      const page = await browser.newPage();
      await hands.openWorkbench(page, server, workspace);
      const close = async () => {
        await browser.close();
        await server.stop();
      };
      return { page, hands, workspace, close };
    } catch (error) {
      await browser.close();
      throw error;
    }
  } catch (error) {
    await server.stop();
    throw error;
  }
}
