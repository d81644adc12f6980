// What a person sees of a chain, and does with the keyboard: marks, gutter, lens, hover, status bar, the Chains view, pins,
// and the breaks of a file that is too large for the editor.

import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { writeLargeChain } from '../support/largeChain';
import { openProduct, type Product } from './product';

/** What the page has, in which some of the code below runs. */
declare function getComputedStyle(element: unknown, pseudo?: string): { content: string; backgroundImage: string };

const BROKEN = [
  [10, 'changed after it was recorded'],
  [15, 'likely changed and re-hashed'],
  [20, '2 entries deleted before this one'],
  [24, 'likely put in'],
  [35, 'likely belongs after line 33'],
  [38, 'copy of line 33'],
] as const;

describe('A chain in the editor', function () {
  this.timeout(600_000);

  let product: Product;
  let page: Page;

  before(async () => {
    product = await openProduct({ workspace: 'sample', settings: { 'workbench.colorTheme': 'Default Light Modern' } });
    ({ page } = product);
  });

  after(async () => {
    await product.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await page.screenshot({ path: join('out', 'test', 'failed', `${this.currentTest.title.slice(0, 40)}.png`) });
  });

  const run = (title: string): Promise<void> => product.hands.runCommand(page, title);
  const lens = (): Locator => page.locator('.codelens-decoration').first();
  const status = (): Locator => page.locator('.statusbar-item', { hasText: /chain/i }).first();
  const rows = (): Locator => page.locator('.pane:has([aria-label="Chains Section"]) .monaco-list-row');
  const clear = (): Promise<void> => product.hands.clearNotifications(page);

  it('offers to be verified, in its lens and in the status bar, before it was', async () => {
    await product.hands.openFile(page, 'tampered.jsonl');
    await lens().filter({ hasText: 'Verify Chain' }).waitFor();
    await status().filter({ hasText: 'Chain not verified' }).waitFor();
    assert.equal(await words(page), '', 'nothing is marked');
  });

  it('says at each broken line what happened there, with an icon of its kind in the gutter', async () => {
    await run('Aegis: Verify Chain');
    await lens()
      .filter({ hasText: /Chain broken, tail not pinned: 6 breaks in 84 entries at/ })
      .waitFor();
    await status().filter({ hasText: 'Chain: 6 breaks' }).waitFor();
    const said = await until('all six are said', async () => {
      const text = await words(page);
      return BROKEN.every(([, words]) => text.includes(words)) ? text : undefined;
    });
    for (const [, text] of BROKEN) assert.ok(said.includes(text), text);
    const icons = await page
      .locator('.glyph-margin-widgets .cgmr')
      .evaluateAll((all) => all.map((each) => getComputedStyle(each).backgroundImage));
    for (const kind of ['modified', 'rehashed', 'deleted', 'inserted', 'reordered', 'duplicated'])
      assert.ok(
        icons.some((image) => image.includes(`gutter%2F${kind}-light.svg`)),
        `${kind}: ${icons.join(', ')}`,
      );
    await clear();
  });

  it('explains a break on hovering, with the hashes and no link but our own', async () => {
    await run('Aegis: Go to Next Break');
    await page.locator('.statusbar-item', { hasText: 'Ln 10' }).waitFor();
    await run('Show or Focus Hover');
    const hover = page.locator('.monaco-hover:visible').filter({ hasText: 'computed from its content' }).first();
    await hover.waitFor();
    const text = await hover.innerText();
    assert.match(text, /[0-9a-f]{64}\s+stated in its entry_hash/);
    assert.match(text, /[0-9a-f]{64}\s+computed from its content/);
    await page.keyboard.press('Escape');
  });

  it('lists the chains of the workspace with their verdicts, and below a chain its breaks, which open their line', async () => {
    await run('Aegis: Focus on Chains View');
    await rows().filter({ hasText: 'intact.jsonl' }).filter({ hasText: 'not verified' }).waitFor();
    await run('Aegis: Verify All Chains');
    await rows().filter({ hasText: 'intact.jsonl' }).filter({ hasText: 'intact, tail not pinned' }).waitFor();
    await rows().filter({ hasText: 'tampered.jsonl' }).filter({ hasText: '6 breaks' }).waitFor();
    await product.hands.waitForNotification(page, /2 chains verified, 1 broken/);
    await clear();
    await run('Aegis: Focus on Chains View');
    await rows().filter({ hasText: 'Line 20' }).filter({ hasText: '2 entries deleted before this one' }).click();
    await page.locator('.statusbar-item', { hasText: 'Ln 20' }).waitFor();
  });

  it('goes on from break to break, and along the chain, by keyboard', async () => {
    await run('Aegis: Go to Next Break');
    await page.locator('.statusbar-item', { hasText: 'Ln 24' }).waitFor();
    await run('Aegis: Go to Previous Break');
    await page.locator('.statusbar-item', { hasText: 'Ln 20' }).waitFor();
    await run('Aegis: Go to Entry That Follows This One');
    await page.locator('.statusbar-item', { hasText: 'Ln 21' }).waitFor();
    await run('Aegis: Go to Entry That This One Follows');
    await page.locator('.statusbar-item', { hasText: 'Ln 20' }).waitFor();
  });

  it('goes stale visibly where it is edited, and is as it was when that is undone', async () => {
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Enter');
    await lens().filter({ hasText: 'Edited since verified' }).waitFor();
    await status().filter({ hasText: 'edited since verified' }).waitFor();
    await page.keyboard.press('Control+z');
    await lens()
      .filter({ hasText: /^Chain broken/ })
      .waitFor();
  });

  it('is pinned, and says what became of the pinned head when its end was cut off', async () => {
    await product.hands.openFile(page, 'intact.jsonl');
    await run('Aegis: Pin This Head');
    await product.hands.waitForNotification(page, /pinned at 84 entries/);
    await clear();
    await lens().filter({ hasText: 'Chain intact, as pinned' }).waitFor();
    const file = join(product.workspace, 'intact.jsonl');
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, `${whole.split('\n').slice(0, 39).join('\n')}\n`);
    await lens().filter({ hasText: 'Changed on disk since verified' }).waitFor();
    await run('Aegis: Compare with Pin');
    await page.locator('.quick-input-widget:visible', { hasText: 'The end was cut off' }).waitFor();
    await page.keyboard.press('Escape');
    await lens().filter({ hasText: 'Chain cut off since it was pinned: 39 entries now, 84 were pinned' }).waitFor();
    assert.ok((await words(page)).includes('cut off since it was pinned'));
    writeFileSync(file, whole);
    await run('Aegis: Verify Chain');
    await lens().filter({ hasText: 'Chain intact, as pinned' }).waitFor();
    await clear();
  });

  it('is followed while it grows, and says what was read again and what was not', async () => {
    await run('Aegis: Follow Chain');
    await lens().filter({ hasText: 'Following: 0 new entries verified; the first 84 not read again since' }).waitFor();
    appendFileSync(join(product.workspace, 'intact.jsonl'), 'no entry at all\n');
    await product.hands.waitForNotification(page, /1 break/);
    await run('Aegis: Go to Next Break');
    await page.locator('.statusbar-item', { hasText: 'Ln 85' }).waitFor();
    assert.ok((await words(page)).includes('not an entry'));
    await clear();
  });

  it('of more than 50 MB is verified from the view, and its breaks are shown with their neighbours, without links', async () => {
    writeLargeChain(join(product.workspace, 'large.jsonl'), 100_000, [50_000, 90_000], 100);
    await run('Aegis: Focus on Chains View');
    const row = rows().filter({ hasText: 'large.jsonl' }).first();
    await row.hover();
    await row.getByRole('button', { name: 'Verify Chain' }).click();
    await product.hands.pressButton(await product.hands.waitForNotification(page, /large\.jsonl/), 'Show Breaks');
    await page.locator('.tab.active', { hasText: 'large.jsonl (breaks)' }).waitFor();
    await page.locator('.view-line', { hasText: 'Line 50001: changed after it was recorded' }).waitFor();
    assert.equal(await page.locator('.detected-link').count(), 0);
    // The cursor stands on the first break from the start. F8 asks the extension for the next: what is pressed must wait for it.
    await page.locator('.statusbar-item', { hasText: 'Ln 9,' }).waitFor();
    await product.hands.waitForEditorFocus(page);
    await page.keyboard.press('F8');
    await page.locator('.statusbar-item', { hasText: 'Ln 16,' }).waitFor();
    await page.keyboard.press('F12');
    await page.locator('.tab.active', { hasText: 'large.jsonl (from line 89951)' }).waitFor();
    assert.equal(await page.locator('.detected-link').count(), 0);
  });
});

/** The words that are drawn into the editors beside the text itself. */
async function words(page: Page): Promise<string> {
  const drawn = await page
    .locator('.view-lines .view-line span')
    .evaluateAll((spans) =>
      spans.flatMap((span) => ['::before', '::after'].map((place) => getComputedStyle(span, place).content)),
    );
  return drawn.filter((content) => content !== 'none' && content !== 'normal').join('\n');
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 30_000; ;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) assert.fail(`It did not happen that ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
