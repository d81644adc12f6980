// What a person sees of agents' sessions in the real product: the Sessions view, the timeline, its filter, brush and keys, the way to a
// rule, a log that is written meanwhile, and a log that was made to do harm.

import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { openProduct, type Product } from './product';

/** What the page has, in which some of the code below runs. */
declare const document: { querySelectorAll(selector: string): { length: number }; title: string };
declare const window: { harm?: unknown };

const SUPPORT = join('test', 'ui', 'support');

describe('Sessions and timeline', function () {
  this.timeout(600_000);

  let product: Product;
  let page: Page;
  let writer: ChildProcess | undefined;

  before(async () => {
    product = await openProduct({ workspace: 'sample', settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    ({ page } = product);
    await run('Aegis: Focus on Sessions View');
    // Room for all of the sample's logs and sessions.
    await page.locator('.pane-header.expanded[aria-label="Recording Section"]').click();
  });

  after(async () => {
    await product.close();
  });

  afterEach(async function () {
    writer?.kill();
    writer = undefined;
    if (this.currentTest?.state === 'failed')
      await page.screenshot({ path: join('out', 'test', 'failed', `${this.currentTest.title.slice(0, 40)}.png`) });
  });

  const run = (title: string): Promise<void> => product.hands.runCommand(page, title);
  /** Not those that stick to the upper edge when what is below them is further up: the header is over them. */
  const rows = (): Locator =>
    page.locator('.pane:has([aria-label="Sessions Section"]) .monaco-list-row:not(.monaco-tree-sticky-row)');
  const row = (...texts: string[]): Locator =>
    texts.reduce((found, hasText) => found.filter({ hasText }), rows()).first();
  const timeline = (): FrameLocator => page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  const filter = (): Locator => timeline().getByRole('combobox', { name: 'Filter' });
  const counted = (text: string): Promise<void> =>
    timeline().locator('.count').getByText(text, { exact: true }).waitFor({ timeout: 30_000 });
  const detail = (): Locator => timeline().getByRole('region', { name: 'Selected entry' });

  /** A row that may be further up or down: only those that there is room for are there. */
  async function scrolledTo(node: Locator): Promise<Locator> {
    const end = Date.now() + 60_000;
    for (let i = 0; (await node.count()) === 0; i++) {
      if (Date.now() > end) assert.fail('There is no such row in the Sessions view within 60 s.');
      await rows().last().hover();
      // From the top down, and again, for rows come and go.
      await page.mouse.wheel(0, i % 30 === 0 ? -100_000 : 100);
      await page.waitForTimeout(100);
    }
    return node;
  }

  async function openTimelineOf(node: Locator): Promise<void> {
    await node.hover();
    await node.getByRole('button', { name: 'Open Timeline' }).click();
    await filter().waitFor({ timeout: 30_000 });
  }

  /** By their buttons: while a page of a webview has the focus, it has the keys. */
  async function closeEditors(): Promise<void> {
    const close = page.locator('.tab .tab-actions .codicon-close');
    while ((await close.count()) > 0) {
      await page.locator('.tab').first().hover();
      await close.first().click();
      await page.waitForTimeout(200);
    }
  }

  it('lists the sessions of the workspace with what happened in them', async () => {
    await run('Aegis: Focus on Sessions View');
    await row('tickets-0330', '33 actions', '5 blocked').waitFor();
    assert.match(
      (await row('tickets-0330', '33 actions').getAttribute('aria-label')) ?? '',
      /highest risk critical, 33 actions/,
    );
    await scrolledTo(row('tampered.db', '3 rows deleted', '2 sessions'));
    await scrolledTo(row('3 rows were deleted: their ids are 7, 9 to 10'));
    await scrolledTo(row('aegis_audit.db', '2 sessions'));
  });

  it('opens a session from the tree, and an entry of it', async () => {
    await openTimelineOf(row('tickets-0330', '33 actions'));
    await counted('33 entries');
    await row('tickets-0330', '33 actions').click();
    await page.keyboard.press('ArrowRight');
    await row('export_orders', 'orders').click();
    await detail().getByText('export_orders on orders').waitFor();
    assert.equal(await page.locator('.tab', { hasText: 'tickets-0330' }).count(), 1, 'one timeline only');
  });

  it('filters, says what it cannot read, and completes', async () => {
    await filter().fill('risk:>=high');
    await counted('4 of 33');
    await filter().fill('rsk:high');
    await timeline()
      .locator('.problem')
      .getByText(/There is no field "rsk"\. Did you mean risk\?/)
      .first()
      .waitFor();
    await filter().fill('status:b');
    await timeline()
      .getByRole('option', { name: /blocked/ })
      .first()
      .click();
    await counted('5 of 33');
    await filter().fill('');
    await counted('33 entries');
  });

  it('keeps a stretch of time that is dragged over, as a part of the filter', async () => {
    // What is offered to complete the filter lies over the histogram.
    await filter().press('Escape');
    const bars = timeline().getByRole('slider', { name: 'Entries over time' });
    const box = (await bars.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 20, { steps: 5 });
    await page.mouse.up();
    await timeline()
      .locator('.count')
      .getByText(/^\d+ of 33$/)
      .waitFor();
    assert.match(await filter().inputValue(), /^time:\S+\.\.\S+$/);
    await filter().fill('');
    await counted('33 entries');
  });

  it('is walked by keyboard, and goes to the rule that decided', async () => {
    await filter().fill('status:blocked risk:critical');
    await counted('2 of 33');
    await filter().press('Enter');
    await timeline().locator('.list').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await detail()
      .getByText(/Blocked by nothing_is_exported/)
      .first()
      .waitFor();
    await detail().getByRole('button', { name: 'Open rule' }).click();
    await page.locator('.tab.active', { hasText: 'policy.yaml' }).waitFor();
    await page.locator('.statusbar-item', { hasText: /Ln 34, / }).waitFor();
  });

  it('comes back with its filter when the window is reloaded', async () => {
    await page.locator('.tab', { hasText: 'tickets-0330' }).click();
    await counted('2 of 33');
    await page.waitForTimeout(1000);
    await run('Developer: Reload Window');
    await page.locator('.tab', { hasText: 'tickets-0330' }).waitFor({ timeout: 60_000 });
    await counted('2 of 33');
    assert.equal(await filter().inputValue(), 'status:blocked risk:critical');
    await page.locator('.tab', { hasText: 'tickets-0330' }).click();
    await closeEditors();
  });

  it('has the keys in its list after the command, and keeps what it showed of a file that is deleted', async () => {
    const file = join(product.workspace, 'short.db');
    copyFileSync(join('test', 'fixtures', 'db', 'small.db'), file);
    await run('Aegis: Focus on Sessions View');
    await (await scrolledTo(row('short.db', 'sessions'))).click();
    await run('Aegis: Open Timeline');
    await timeline().locator('.pane .line.entry').first().waitFor();
    await until(
      'the keys are the list’s',
      async () => {
        await page.keyboard.press('ArrowDown');
        return (await timeline().locator('.line.selected').count()) === 1;
      },
      5000,
    );
    const entries = await timeline().locator('.count').innerText();
    rmSync(file);
    await timeline().locator('.warnings').getByText('The file is gone: it was deleted or moved.').waitFor();
    await counted(entries);
    assert.equal(await timeline().getByRole('button', { name: 'Live' }).count(), 0);
    assert.equal(await timeline().locator('.failure').count(), 0);
    await closeEditors();
  });

  it('counts the sessions that a filter leaves of a log, also where its node is closed', async () => {
    await run('Aegis: Focus on Sessions View');
    const log = await scrolledTo(row('aegis_audit.db', 'sessions'));
    await log.click();
    await page.keyboard.press('ArrowLeft');
    await until('it is closed', async () => (await log.getAttribute('aria-expanded')) === 'false', 5000);
    await run('Aegis: Filter Sessions…');
    await page.locator('.quick-input-title', { hasText: 'Filter Sessions' }).waitFor();
    await page.locator('.quick-input-widget:visible input.input').fill('type:never_done');
    await page.keyboard.press('Enter');
    await row('aegis_audit.db', '0 of 2 sessions').waitFor();
    await run('Aegis: Clear Filter of Sessions');
    await (await scrolledTo(row('aegis_audit.db', '2 sessions'))).click();
    await page.keyboard.press('ArrowRight');
    await row('tickets-0330', '33 actions').waitFor();
  });

  it('shows what a writer commits within two seconds, and touches nothing', async () => {
    const file = join(product.workspace, 'live.db');
    writer = spawn('python3', [join(SUPPORT, 'steadyWriter.py'), file]);
    await run('Aegis: Focus on Sessions View');
    await openTimelineOf(await scrolledTo(row('live.db')));
    const newest = async (): Promise<number> => {
      // The frame of the page that was closed may still be there.
      const texts = await timeline()
        .locator('.pane .line')
        .allInnerTexts()
        .catch(() => []);
      return Math.max(
        -1,
        ...texts.flatMap((text) => [...text.matchAll(/step_(\d+)/g)].map(([, step]) => Number(step))),
      );
    };
    for (let i = 0; i < 5; i++) {
      const written = stepsIn(file);
      await until('what was written is shown', async () => (await newest()) >= written, 2000);
    }
    writer.kill('SIGSTOP');
    await page.waitForTimeout(2500);
    const before = tracesOf(product.workspace, 'live.db');
    await page.waitForTimeout(2500);
    assert.deepEqual(tracesOf(product.workspace, 'live.db'), before);
    writer.kill('SIGKILL');
    await closeEditors();
  });

  it('shows what a hostile log holds as text: nothing runs, nothing becomes a link, an icon or markup', async () => {
    const file = join(product.workspace, 'hostile.db');
    execFileSync('python3', [join(SUPPORT, 'hostileDatabase.py'), file]);
    await run('Aegis: Focus on Sessions View');
    const shown = await scrolledTo(row('hostile.db', '8 sessions'));
    await openTimelineOf(shown);
    await counted('8 entries');
    const inTree = page.locator('.pane:has([aria-label="Sessions Section"])');
    assert.equal(await inTree.locator('img, script, a[href]').count(), 0);
    for (let i = 0; i < 8; i++) {
      await timeline().locator('.list').focus();
      await page.keyboard.press(i === 0 ? 'Home' : 'ArrowDown');
      await detail().getByText('action_type').first().waitFor();
    }
    await timeline().locator('.pane .line').filter({ hasText: '\\u{202e}' }).first().waitFor();
    const [links, images, scripts, harm] = await timeline()
      .locator('body')
      .evaluate(() => [
        document.querySelectorAll('a, body [href]').length,
        document.querySelectorAll('img, iframe, object, embed').length,
        document.querySelectorAll('body script').length,
        window.harm === undefined && document.title !== 'harm',
      ]);
    // The only script is the page's own.
    assert.deepEqual([links, images, scripts, harm], [0, 0, 1, true]);
    assert.equal(await page.evaluate(() => window.harm), undefined);
    await closeEditors();
  });
});

/** How many steps the writer has committed, as it says itself. */
function stepsIn(file: string): number {
  return Number(readFileSync(`${file}.step`, 'utf8'));
}

function tracesOf(folder: string, name: string): string[] {
  return readdirSync(folder)
    .filter((each) => each.startsWith(name))
    .map((each) => {
      const { size, mtimeMs, ctimeMs, ino } = statSync(join(folder, each));
      return [each, ino, size, mtimeMs, ctimeMs].join(' ');
    });
}

async function until(what: string, look: () => Promise<boolean>, patience: number): Promise<void> {
  for (const end = Date.now() + patience; ;) {
    if (await look()) return;
    if (Date.now() > end) assert.fail(`It did not happen within ${patience} ms that ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
