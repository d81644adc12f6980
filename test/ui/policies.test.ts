// What a person sees of policies in the real product, with another extension for YAML beside it: a mistake underlined and mended, a rule
// written with completion, the impact of an edit while it is typed, an action that is tried.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { openProduct, type Product } from './product';

describe('Policies', function () {
  this.timeout(600_000);

  let product: Product;
  let page: Page;

  before(async () => {
    product = await openProduct({
      workspace: 'sample',
      otherExtensions: [join('test', 'ui', 'otherYaml')],
      settings: {
        // Before the grammar is loaded VS Code closes nothing by itself, and then it does.
        'editor.autoClosingBrackets': 'never',
        'editor.autoClosingQuotes': 'never',
        'workbench.colorTheme': 'Default Dark Modern',
        'files.autoSave': 'off',
        'editor.acceptSuggestionOnEnter': 'on',
      },
    });
    ({ page } = product);
  });

  after(async () => {
    await product.close();
  });

  beforeEach(async () => {
    await product.hands.openFile(page, 'policy.yaml');
    await lens(/Decides \d+ of 50 recorded actions/)
      .first()
      .waitFor();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await page.screenshot({ path: join('out', 'test', 'failed', `${this.currentTest.title.slice(0, 40)}.png`) });
    await page.keyboard.press('Escape');
    await product.hands.openFile(page, 'policy.yaml');
    await run('File: Revert File');
  });

  const run = (title: string): Promise<void> => product.hands.runCommand(page, title);
  const lens = (text: string | RegExp): Locator =>
    page.locator('.codelens-decoration:visible a:visible', { hasText: text });
  const suggestion = (text: string): Locator => page.locator('.suggest-widget .monaco-list-row', { hasText: text });
  const quickInput = (): Locator => page.locator('.quick-input-widget:visible');
  const impactRow = (text: string | RegExp): Locator =>
    page.locator('.pane:has(.pane-header:has-text("Policy Impact")) .monaco-list-row', { hasText: text });
  /** Waits until that part of an action is asked for. */
  const asked = (part: string): Promise<void> =>
    page.locator('.quick-input-title', { hasText: `Try an Action: ${part}` }).waitFor();
  const line = (text: string): Locator => page.locator('.view-line', { hasText: text }).first();
  const problem = (text: string | RegExp): Locator =>
    page.locator('.markers-panel .monaco-list-row', { hasText: text });

  async function goToLine(number: number): Promise<void> {
    await page.keyboard.press('Control+G');
    await page.keyboard.type(`${number}`);
    await page.keyboard.press('Enter');
    await page.locator('.statusbar-item', { hasText: new RegExp(`Ln ${number}, `) }).waitFor();
    await product.hands.waitForEditorFocus(page);
    await page.keyboard.press('End');
  }

  it('underlines a mistake as it is typed, beside what another extension finds, and mends it', async () => {
    await goToLine(11);
    await page.keyboard.press('Shift+Home');
    await page.keyboard.type('aproval: block', { delay: 20 });
    await page.locator('.squiggly-warning, .squiggly-error').first().waitFor();
    await run('View: Toggle Problems');
    await problem(/aproval/)
      .filter({ hasText: 'Aegis' })
      .first()
      .waitFor();
    await problem('The other extension was here').filter({ hasText: 'Other YAML' }).waitFor();
    await run('View: Toggle Problems');
    await page.keyboard.press('Home');
    await page.keyboard.press('Control+.');
    const fix = page.locator('.action-widget .monaco-list-row', { hasText: /approval/ }).first();
    await fix.waitFor();
    await fix.click();
    await page.locator('.view-line', { hasText: 'aproval' }).waitFor({ state: 'detached' });
  });

  it('completes a rule from nothing, with the words that the log has', async () => {
    // Behind the last rule.
    await goToLine(43);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Home');
    await page.keyboard.type('  - ');
    await page.keyboard.press('Control+Space');
    await suggestion('name').first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type('name: no_drops');
    await page.keyboard.press('Enter');
    await page.keyboard.type('  match: { type: "');
    await page.keyboard.press('Control+Space');
    await suggestion('refund').first().waitFor();
    await suggestion('refund').first().click();
    await line('type: "refund"').last().waitFor();
    await page.keyboard.press('End');
    await page.keyboard.type(' }');
    await page.keyboard.press('Enter');
    await page.keyboard.type('appr');
    await suggestion('approval').first().waitFor();
    await page.keyboard.press('Enter');
    await suggestion('block').first().waitFor();
    await suggestion('block').first().click();
    await page
      .locator('.view-line', { hasText: /approval:\s*block/ })
      .first()
      .waitFor();
  });

  it('shows what an edit would have changed while it is typed, with the entries behind it, and where they are recorded', async () => {
    // The rule for refunds asks for approval.
    await goToLine(22);
    for (let i = 0; i < 'approve'.length; i++) await page.keyboard.press('Backspace');
    await page.keyboard.type('block');
    await page.keyboard.press('Escape');
    // What the edit would have changed stands above the policy.
    await page.keyboard.press('Control+Home');
    const blocked = lens(/^\d+ newly blocked$/);
    await blocked.waitFor();
    const count = Number.parseInt((await blocked.textContent())!, 10);
    assert.ok(count > 0);
    await page.locator('.statusbar-item', { hasText: `${count} newly blocked` }).waitFor();
    await blocked.click();
    await impactRow('Newly blocked').getByText(String(count)).waitFor();
    const entry = impactRow('refund').first();
    await entry.getByText(/approve → block/).waitFor();
    await entry.click();
    const timeline = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await timeline
      .getByRole('region', { name: 'Selected entry' })
      .getByText(/refund on/)
      .waitFor();
  });

  it('tries an action: says which rule decides, why not the earlier ones, and goes there', async () => {
    await product.hands.waitForEditorFocus(page);
    await page.keyboard.press('Control+Home');
    await lens('Try an action…').click();
    await quickInput().getByText('By the defaults, for no rule matches').waitFor();
    await page.keyboard.press('Enter');
    await asked('Type');
    await page.keyboard.type('update_customer');
    await page.keyboard.press('Enter');
    await asked('policy.yaml');
    await page.keyboard.press('Enter');
    await asked('Target');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('customer/7');
    await page.keyboard.press('Enter');
    await quickInput()
      .getByText(/By rule 5 \("address_changes"\), line \d+\. It counts as medium risk\./)
      .waitFor();
    await quickInput()
      .locator('.monaco-list-row', { hasText: 'Rule 1 ("reading")' })
      .getByText('The type "update_customer" does not match "read_*".')
      .waitFor();
    await page.keyboard.type('address_changes');
    await page.keyboard.press('Enter');
    await page.locator('.statusbar-item', { hasText: /Ln (29|3\d), / }).waitFor();
  });
});
