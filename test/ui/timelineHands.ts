// What a person sees of the timeline's page, and does to it.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { FromPage } from '../../src/shared/timeline';
import { focused, hasFocus, keysInSight } from './inPage';
import { PageHost, type PageHostOptions } from './pageHost';

export class TimelineHands {
  private constructor(readonly host: PageHost) {}

  static async open(options: PageHostOptions): Promise<TimelineHands> {
    return new TimelineHands(await PageHost.open(options));
  }

  get page(): Page {
    return this.host.page;
  }

  filter(): Locator {
    return this.page.getByRole('combobox', { name: 'Filter' });
  }

  list(): Locator {
    return this.page.locator('.list');
  }

  lines(): Locator {
    return this.page.locator('.pane .line');
  }

  selected(): Locator {
    return this.page.locator('.line.selected');
  }

  detail(): Locator {
    return this.page.getByRole('region', { name: 'Selected entry' });
  }

  /** What is offered to complete the filter. */
  options(): Locator {
    return this.page.getByRole('listbox').getByRole('option');
  }

  /** Waits until the page says that so many entries are shown. */
  async counted(text: string): Promise<void> {
    await this.page.locator('.count').getByText(text, { exact: true }).waitFor();
  }

  /** The histogram. */
  field(): Locator {
    return this.page.getByRole('slider', { name: 'Entries over time' });
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Key of the n-th entry that is wholly in sight. */
  async keyInSight(nth: number): Promise<string | undefined> {
    return (await this.page.locator('.pane').evaluate(keysInSight)).at(nth);
  }

  /** Key of the selected line; waits until it is the given one. */
  async selectedKey(wanted?: string): Promise<string> {
    let found: string | undefined;
    await until(`${wanted ?? 'an entry'} is selected`, async () => {
      const contexts = await this.selected().all();
      const context = contexts.length === 1 ? await contexts[0].getAttribute('data-vscode-context') : null;
      found = context === null ? undefined : (JSON.parse(context) as { key: string }).key;
      return found !== undefined && (wanted === undefined || found === wanted);
    });
    return found!;
  }

  async focused(): Promise<{ name: string; isShown: boolean }> {
    return this.page.evaluate(focused);
  }

  async hasFocus(element: Locator): Promise<boolean> {
    return element.evaluate(hasFocus);
  }

  /** Waits until the page says it to its host. */
  async said<Type extends FromPage['type']>(
    type: Type,
    isIt: (message: Extract<FromPage, { type: Type }>) => boolean = () => true,
  ): Promise<void> {
    await until(`the page says "${type}"`, () => {
      const last = this.host.last(type);
      return Promise.resolve(last !== undefined && isIt(last));
    });
  }

  async pictureOfFailure(test: Mocha.Test | undefined): Promise<void> {
    if (test?.state !== 'failed') return;
    await this.page.screenshot({ path: join('out', 'test', 'failed', `${test.title.slice(0, 40)}.png`) });
  }
}

export async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; ;) {
    if (await look()) return;
    if (Date.now() > end) assert.fail(`It did not happen that ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
