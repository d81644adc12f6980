// The sample workspace, and the first thing to try in it.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './vscode/paths.mjs';
import {
  clearNotifications,
  openFile,
  pressButton,
  problemRows,
  runCommand,
  squiggles,
  waitForEditorFocus,
  waitForNotification,
} from './vscode/workbench.mjs';

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

/**
 * Verifies all chains of the sample, with the Chains view beside the tampered one.
 * @param {import('playwright-core').Page} page
 */
export async function showChains(page) {
  await openFile(page, tamperedChain);
  await runCommand(page, 'Aegis: Focus on Chains View');
  await runCommand(page, 'Aegis: Verify All Chains');
  await waitForNotification(page, /chains verified/);
  await squiggles(page).first().waitFor();
  await clearNotifications(page);
}

/**
 * The same, and the hover on the first break.
 * @param {import('playwright-core').Page} page
 */
export async function showHover(page) {
  await showChains(page);
  await runCommand(page, 'Aegis: Go to Next Break');
  await page.locator('.statusbar-item', { hasText: 'Ln 10' }).waitFor();
  await runCommand(page, 'Aegis: Go to Next Break');
  await page.locator('.statusbar-item', { hasText: 'Ln 15' }).waitFor();
  await runCommand(page, 'Show or Focus Hover');
  await page.locator('.monaco-hover:visible', { hasText: 'committed to by the next entry' }).first().waitFor();
}

/**
 * Pins the intact chain, cuts its end off behind the editor's back, and compares.
 * @param {import('playwright-core').Page} page
 * @param {string} workspace the folder that is open
 */
export async function showCutPin(page, workspace) {
  await openFile(page, 'intact.jsonl');
  await runCommand(page, 'Aegis: Focus on Chains View');
  await openFile(page, 'intact.jsonl');
  await runCommand(page, 'Aegis: Verify Chain');
  await waitForNotification(page, /Chain intact/);
  await runCommand(page, 'Aegis: Pin This Head');
  await waitForNotification(page, /pinned at 84 entries/);
  await clearNotifications(page);
  const file = join(workspace, 'intact.jsonl');
  writeFileSync(file, `${readFileSync(file, 'utf8').split('\n').slice(0, 72).join('\n')}\n`);
  await page.locator('.codelens-decoration', { hasText: 'Changed on disk' }).waitFor();
  await runCommand(page, 'Aegis: Compare with Pin');
  await page.locator('.quick-input-widget:visible', { hasText: 'The end was cut off' }).waitFor();
}

/**
 * Verifies a chain that is too large for the editor from the view, and shows its breaks.
 * @param {import('playwright-core').Page} page
 */
export async function showLargeChain(page) {
  await runCommand(page, 'Aegis: Focus on Chains View');
  const row = page
    .locator('.pane:has([aria-label="Chains Section"]) .monaco-list-row', { hasText: 'large.jsonl' })
    .first();
  await row.hover();
  await row.getByRole('button', { name: 'Verify Chain' }).click();
  await pressButton(await waitForNotification(page, /large\.jsonl/), 'Show Breaks');
  await page.locator('.tab.active', { hasText: 'large.jsonl (breaks)' }).waitFor();
  await clearNotifications(page);
}

/**
 * Edits the sample's policy so that refunds are blocked, and shows the recorded actions that this would have blocked.
 * @param {import('playwright-core').Page} page
 */
export async function showPolicy(page) {
  await openFile(page, 'policy.yaml');
  const lens = (/** @type {RegExp} */ text) =>
    page.locator('.codelens-decoration:visible a:visible', { hasText: text });
  await lens(/^Decides/)
    .first()
    .waitFor();
  await page.keyboard.press('Control+G');
  await page.keyboard.type('22');
  await page.keyboard.press('Enter');
  await page.locator('.statusbar-item', { hasText: 'Ln 22, ' }).waitFor();
  await waitForEditorFocus(page);
  await page.keyboard.press('End');
  for (const _ of 'approve') await page.keyboard.press('Backspace');
  await page.keyboard.type('block');
  await page.keyboard.press('Escape');
  // What the edit would have changed stands above the policy.
  await page.keyboard.press('Control+Home');
  await lens(/^\d+ newly blocked$/)
    .first()
    .click();
  const pane = page.locator('.pane:has(.pane-header:has-text("Policy Impact"))');
  await pane.locator('.monaco-list-row', { hasText: 'refund' }).first().waitFor();
}

/**
 * Opens the timeline of a session from the Sessions view, filters it, and selects an entry.
 * @param {import('playwright-core').Page} page
 */
export async function showTimeline(page) {
  await runCommand(page, 'Aegis: Focus on Sessions View');
  const row = page
    .locator('.pane:has([aria-label="Sessions Section"]) .monaco-list-row', { hasText: /tickets-0330.*33 actions/ })
    .first();
  await row.hover();
  await row.getByRole('button', { name: 'Open Timeline' }).click();
  const timeline = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await timeline.getByRole('combobox', { name: 'Filter' }).fill('-status:skipped');
  await timeline
    .locator('.count')
    .getByText(/of 33$/)
    .waitFor();
  // The lines of the filter before it are still there for a moment.
  await page.waitForTimeout(500);
  await timeline.locator('.pane .line', { hasText: 'delete_customer' }).first().click();
  await timeline.getByRole('region', { name: 'Selected entry' }).getByText('delete_customer on customer/8').waitFor();
}
