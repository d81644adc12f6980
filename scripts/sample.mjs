// The sample workspace, and the first thing to try in it.

import { join } from 'node:path';
import { projectRoot } from './vscode/paths.mjs';
import { openFile, pressButton, problemRows, runCommand, squiggles, waitForNotification } from './vscode/workbench.mjs';

/** The sample workspace. What is shown or played with is a copy of it. */
export const sampleFolder = join(projectRoot, 'sample');

/** The sample's chain with something wrong in it. */
export const tamperedChain = 'tampered.jsonl';

/** As the palette shows it. */
export const verifyCommand = 'Aegis: Verify Chain';

/**
 * Opens the tampered chain, verifies it from the palette, and goes to what was found: the first break in the editor, all
 * of them in the Problems view.
 * @param {import('playwright-core').Page} page the workbench with the sample open
 */
export async function verifyTamperedChain(page) {
  await openFile(page, tamperedChain);
  await runCommand(page, verifyCommand);
  await pressButton(await waitForNotification(page, /Chain broken/), 'Show Breaks');
  await problemRows(page);
  await squiggles(page).first().waitFor();
}
