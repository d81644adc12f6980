// Drives the workbench in a page as a person does: with the keyboard, and by looking at what is on the screen.
// Nothing here waits for a fixed time where there is something to wait for.

import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Trouble } from './say.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

/** What a slow machine may need for the first window after a start. */
const startPatience = 120_000;
/** What a command may need to appear, or to have an effect. */
const patience = 60_000;

/**
 * The address of the workbench with a folder open.
 * @param {import('./server.mjs').Server} server
 * @param {string} folder
 * @param {[string, string][]} [payload]
 * @returns {string}
 */
export function workbenchAddress(server, folder, payload = []) {
  const path = decodeURIComponent(pathToFileURL(folder).pathname);
  // Slashes may stay as they are in a query, and then a person can read the address.
  const query = [`folder=${encodeURIComponent(path).replaceAll('%2F', '/')}`];
  if (payload.length > 0) {
    query.push(`payload=${encodeURIComponent(JSON.stringify(payload))}`);
  }
  return `http://${server.authority}/?${query.join('&')}`;
}

/**
 * Opens a folder in the workbench and waits until a person could begin: the window is drawn, the folder's files are
 * listed, and the extension host answers.
 * @param {Page} page
 * @param {import('./server.mjs').Server} server
 * @param {string} folder
 */
export async function openWorkbench(page, server, folder) {
  await page.goto(workbenchAddress(server, folder), { waitUntil: 'domcontentloaded', timeout: startPatience });
  await page.locator('.monaco-workbench').waitFor({ timeout: startPatience });
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: startPatience });
  await page.locator('.statusbar-item').first().waitFor({ timeout: startPatience });
}

/**
 * Runs a command through the palette: F1, its title, Enter.
 * @param {Page} page
 * @param {string} title as the palette shows it, category included
 */
export async function runCommand(page, title) {
  // A command of an extension is listed only when the extension is known, and an open palette does not take up what is
  // new: so it is opened again until the command is there.
  await chooseListed(page, { key: 'F1', prefix: '>', label: title, missing: `The palette does not list "${title}".` });
}

/**
 * Opens a file of the folder by its name: Ctrl+P, the name, Enter; and waits until its editor has the focus.
 * @param {Page} page
 * @param {string} name
 */
export async function openFile(page, name) {
  const missing = `The workbench does not find the file "${name}".`;
  await chooseListed(page, { key: 'Control+KeyP', prefix: '', label: name, missing });
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: patience });
  await page.locator('.editor-instance .view-lines .view-line').first().waitFor({ timeout: patience });
}

/**
 * Opens a list with a key, types a label and chooses the row that has just this label. As long as the list lacks it, the
 * list is opened again.
 * @param {Page} page
 * @param {{ key: string, prefix: string, label: string, missing: string }} choice `prefix` is what the list opens with,
 *   `missing` the sentence for when the label never comes
 */
async function chooseListed(page, { key, prefix, label, missing }) {
  await until(missing, async () => {
    await openQuickInput(page, key, prefix);
    const row = page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: exactly(page, label) })
      .first();
    try {
      // An editor that takes the focus meanwhile closes the list again.
      await quickInput(page).fill(prefix + label, { timeout: 5_000 });
      await row.waitFor({ timeout: 5_000 });
    } catch {
      await closeQuickInput(page);
      return false;
    }
    await focusRow(page, row);
    await page.keyboard.press('Enter');
    return true;
  });
}

/**
 * Opens the Problems view and waits until it shows at least one problem.
 * @param {Page} page
 * @returns {Promise<Locator>} its rows, files and problems alike, as far as they are on the screen
 */
export async function openProblems(page) {
  if (!(await page.locator('.markers-panel').isVisible())) {
    await runCommand(page, 'View: Toggle Problems');
  }
  return problemRows(page);
}

/**
 * Waits until the Problems view is open and shows at least one problem.
 * @param {Page} page
 * @returns {Promise<Locator>} its rows, as `openProblems` gives them
 */
export async function problemRows(page) {
  const rows = page.locator('.markers-panel .monaco-list-row');
  await rows.first().waitFor({ timeout: patience });
  return rows;
}

/**
 * Waits until what is typed goes to an editor.
 * @param {Page} page
 */
export async function waitForEditorFocus(page) {
  await page.locator('.editor-instance .monaco-editor.focused').waitFor({ timeout: patience });
}

/**
 * Squiggles under errors in the editors on the screen.
 * @param {Page} page
 * @returns {Locator}
 */
export function squiggles(page) {
  return page.locator('.monaco-editor .squiggly-error');
}

/**
 * Waits until the window's status bar counts problems.
 * @param {Page} page
 * @returns {Promise<string>} the count as a screen reader says it, such as "Errors: 4"
 */
export async function waitForProblems(page) {
  // "No Problems" while there are none.
  const count = page.locator('#status\\.problems a[aria-label*=": "]');
  await count.waitFor({ timeout: patience });
  return (await count.getAttribute('aria-label')) ?? '';
}

/**
 * Waits for a message that pops up, and gives its text. With the server's `testDriver` messages do not pop up.
 * @param {Page} page
 * @param {string | RegExp} text part of the message
 * @returns {Promise<Locator>} the message; its buttons are in it
 */
export async function waitForNotification(page, text) {
  const toast = page.locator('.notification-toast').filter({ hasText: text }).first();
  await toast.waitFor({ timeout: patience });
  return toast;
}

/**
 * Presses a button of a message. With the keyboard: a message moves while others come and go, and a click may miss.
 * @param {Locator} notification
 * @param {string} label
 */
export async function pressButton(notification, label) {
  await notification.getByRole('button', { name: label, exact: true }).press('Enter');
}

/**
 * Closes every message that popped up, as "Notifications: Clear All Notifications" does.
 * @param {Page} page
 */
export async function clearNotifications(page) {
  if ((await page.locator('.notification-toast').count()) > 0) {
    await runCommand(page, 'Notifications: Clear All Notifications');
    await page.locator('.notification-toast').first().waitFor({ state: 'detached', timeout: patience });
  }
}

/**
 * Writes a picture of the page, once nothing on it moves.
 * @param {Page} page
 * @param {string} file
 */
export async function screenshot(page, file) {
  // A row under the mouse would look as if it were chosen.
  await page.mouse.move(0, 0);
  await settle(page);
  await mkdir(dirname(file), { recursive: true });
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
}

/**
 * Waits until two pictures, taken one after the other, are the same, and no progress bar runs.
 * @param {Page} page
 */
async function settle(page) {
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  /** @type {Buffer | undefined} */
  let before;
  let same = 0;
  await until('The workbench does not come to rest.', async () => {
    const now = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    const busy = await page.locator('.monaco-progress-container.active:visible').count();
    same = before !== undefined && now.equals(before) && busy === 0 ? same + 1 : 0;
    before = now;
    if (same >= 2) {
      return true;
    }
    await page.waitForTimeout(200);
    return false;
  });
}

/** @param {Page} page */
function quickInput(page) {
  return page.locator('.quick-input-widget .quick-input-box input');
}

/**
 * @param {Page} page
 * @param {string} key
 * @param {string} prefix what the box begins with when it is this one
 */
async function openQuickInput(page, key, prefix) {
  await until('The quick input does not open.', async () => {
    await page.keyboard.press(key);
    try {
      await quickInput(page).waitFor({ state: 'visible', timeout: 5_000 });
    } catch {
      return false;
    }
    return (await quickInput(page).inputValue()).startsWith(prefix);
  });
}

/** @param {Page} page */
async function closeQuickInput(page) {
  await page.keyboard.press('Escape');
  await quickInput(page).waitFor({ state: 'hidden', timeout: patience });
}

/**
 * The first line of a row whose text is this and nothing else.
 * @param {Page} page
 * @param {string} text
 */
function exactly(page, text) {
  return page.locator('.quick-input-list-row .label-name').getByText(text, { exact: true });
}

/**
 * Goes down in the list to a row.
 * @param {Page} page
 * @param {Locator} row
 */
async function focusRow(page, row) {
  for (let steps = 0; steps < 50; steps++) {
    if ((await row.getAttribute('class'))?.split(' ').includes('focused')) {
      return;
    }
    await page.keyboard.press('ArrowDown');
  }
  throw new Trouble('The row in the quick input cannot be reached with the arrow keys.');
}

/**
 * Tries until it works.
 * @param {string} complaint said when it never does
 * @param {() => Promise<boolean>} attempt
 */
async function until(complaint, attempt) {
  const end = Date.now() + patience;
  while (!(await attempt())) {
    if (Date.now() > end) {
      throw new Trouble(`${complaint} It was tried for ${patience / 1000} s.`);
    }
  }
}
