// The timeline's page of a million entries, as a person uses it: by keyboard, by mouse, and while the log grows.

import assert from 'node:assert/strict';
import type { Completion } from '../../src/shared/timeline';
import { labels, timeToDraw, toTheMiddle } from './inPage';
import { BEGINNING, PretendLog } from './pretendLog';
import { TimelineHands, until } from './timelineHands';

const MILLION = 1_000_000;

describe('The timeline of a million entries', function () {
  this.timeout(120_000);

  let at: TimelineHands;

  let log: PretendLog;

  before(async () => {
    log = new PretendLog({ entries: MILLION });
    const completions = (typed: string, cursor: number): Completion[] =>
      ['risk:', 'risk:high', 'status:blocked']
        .filter((label) => label.startsWith(typed.slice(0, cursor)))
        .map((label) => ({ label, detail: 'a word of the log', insert: label, from: 0, to: cursor }));
    at = await TimelineHands.open({ log, completions, facts: { live: true } });
    await at.lines().first().waitFor();
  });
  after(() => at.host.close());
  afterEach(function () {
    return at.pictureOfFailure(this.currentTest);
  });
  afterEach(() => assert.deepEqual(at.host.accidents, []));

  it('shows its first rows, and draws no more than are in sight and a little around', async () => {
    await at.counted('1,000,000 entries');
    assert.equal(await at.list().getAttribute('aria-rowcount'), String(MILLION + 1));
    assert.ok((await at.lines().count()) < 100);
    assert.equal(await at.keyInSight(0), '1');
  });

  it('is walked by the keyboard, from the first entry to the last', async () => {
    await at.list().focus();
    await at.press('ArrowDown');
    await at.selectedKey('1');
    await at.press('ArrowDown', 'ArrowDown');
    await at.selectedKey('3');
    await at.press('ArrowUp');
    await at.selectedKey('2');
    await at.press('End');
    await at.selectedKey(String(MILLION));
    await at.press('PageUp');
    const key = Number(await at.selectedKey());
    assert.ok(key < MILLION && key > MILLION - 40, `a page up is ${key}`);
    await at.press('Home');
    await at.selectedKey('1');
    await at.press('F3', 'F3', 'Shift+F3');
    await at.selectedKey('2');
    assert.equal(
      await at.list().getAttribute('aria-activedescendant'),
      await at.selected().getAttribute('id'),
      'a screen reader is told where it is',
    );
    assert.match(
      (await at.selected().getAttribute('aria-label')) ?? '',
      /http_request on .*, success, risk high, rule /,
    );
  });

  it('goes from an entry to its detail and back by keyboard', async () => {
    await at.list().focus();
    await at.press('Enter');
    assert.ok(await at.hasFocus(at.detail()));
    await at.detail().getByRole('heading', { level: 2 }).waitFor();
    await at.press('Tab');
    assert.equal((await at.focused()).name, 'Open rule');
    await at.press('Enter');
    await at.said('entry', ({ action, key }) => action === 'openRule' && key === '2');
    await at.press('Escape');
    assert.ok(await at.hasFocus(at.list()));
  });

  it('is scrolled to its middle by the scrollbar, and on by the wheel, row by row', async () => {
    const scroller = at.page.locator('.scroller');
    await scroller.evaluate(toTheMiddle);
    await until('the middle is in sight', async () => Math.abs(Number(await at.keyInSight(0)) - MILLION / 2) < 2000);
    const before = Number(await at.keyInSight(0));
    await scroller.hover();
    await at.page.mouse.wheel(0, 22 * 10);
    await until('the wheel moved ten rows', async () => Number(await at.keyInSight(0)) === before + 10);
  });

  it('draws the next page within 50 ms', async () => {
    await at.list().focus();
    await at.press('Home');
    const times: number[] = [];
    for (let page = 0; page < 20; page++) {
      const took = await at.list().evaluate(timeToDraw);
      times.push(took);
      await at.page.waitForTimeout(20);
    }
    const median = times.toSorted((a, b) => a - b)[10];
    assert.ok(median < 50, `the median is ${median} ms: ${times.map((time) => time.toFixed(1)).join(' ')}`);
  });

  it('filters while one types, tells what came of it, and keeps what is typed', async () => {
    await at.filter().fill('risk:>=high status:blocked');
    const count = await at.page
      .locator('.count')
      .filter({ hasText: /^\d{2},\d{3} of 1,000,000$/ })
      .innerText();
    await at.page
      .getByRole('status')
      .filter({ hasText: `${count} entries` })
      .waitFor({ state: 'attached' });
    assert.equal(await at.filter().inputValue(), 'risk:>=high status:blocked');
    await until('only what matches is shown', async () => {
      const shown = await at.lines().evaluateAll(labels);
      return shown.length > 0 && shown.every((label) => /, blocked, risk (high|critical),/.test(label));
    });
  });

  it('says what is wrong with a filter and where, and keeps the last rows until it is right', async () => {
    const before = await at.keyInSight(0);
    await at.filter().fill('risk:>=hgih');
    const problem = at.page.locator('#filter-problem');
    await problem.getByText('There is no risk level "hgih"').waitFor();
    assert.equal(await problem.locator('.wrong-part').innerText(), '>=hgih');
    assert.equal(await at.filter().getAttribute('aria-invalid'), 'true');
    assert.equal(await at.filter().getAttribute('aria-describedby'), 'filter-problem');
    assert.equal(await at.keyInSight(0), before);
    assert.match((await at.list().getAttribute('class')) ?? '', /dimmed/);
    await at.filter().fill('');
    await at.counted('1,000,000 entries');
    assert.equal(await problem.count(), 0);
    assert.equal(await at.filter().getAttribute('aria-invalid'), 'false');
  });

  it('completes the filter by keyboard, and takes nothing that nobody chose', async () => {
    await at.filter().fill('');
    await at.filter().focus();
    await at.filter().pressSequentially('ri');
    const options = at.options();
    await options.filter({ hasText: 'risk:high' }).waitFor();
    // What was offered for the first letter is another list.
    await until('it is offered what begins so', async () => (await options.count()) === 2);
    assert.equal(await at.filter().getAttribute('aria-expanded'), 'true');
    assert.equal(await at.filter().getAttribute('aria-activedescendant'), null);
    await at.press('ArrowDown', 'ArrowDown');
    const second = await options.nth(1).getAttribute('id');
    await until('the second is the active one', async () => {
      return (await at.filter().getAttribute('aria-activedescendant')) === second;
    });
    // A newer answer comes, in which it is the first.
    await at.filter().pressSequentially('sk:h');
    await until('it is offered what begins so', async () => (await options.count()) === 1);
    assert.equal(await at.filter().getAttribute('aria-activedescendant'), await options.first().getAttribute('id'));
    await at.press('Enter');
    assert.equal(await at.filter().inputValue(), 'risk:high');
    await options.first().waitFor({ state: 'detached' });
    await at.filter().fill('');
    await at.filter().pressSequentially('s');
    await options.first().waitFor();
    await at.press('Escape');
    await options.first().waitFor({ state: 'detached' });
    assert.equal(await at.filter().inputValue(), 's');
    await at.filter().pressSequentially('t');
    await options.first().waitFor();
    await at.press('Tab');
    assert.equal(await at.filter().inputValue(), 'status:blocked');
    // Where nothing is let through for a moment, the list offers the same.
    await at.page.locator('button.icon-button[title="Clear filter"]').click();
    await at.counted('1,000,000 entries');
  });

  it('is brushed by the mouse; the stretch of time becomes a part of the filter', async () => {
    const box = (await at.field().boundingBox())!;
    await at.page.mouse.move(box.x + box.width * 0.25, box.y + 30);
    await at.page.mouse.down();
    await at.page.mouse.move(box.x + box.width * 0.5, box.y + 30, { steps: 5 });
    await at.page.mouse.up();
    await until('the filter has it', async () => /^time:\S+Z\.\.\S+Z$/.test(await at.filter().inputValue()));
    const [from, to] = (await at.filter().inputValue())
      .slice(5)
      .split('..')
      .map((text) => Date.parse(text));
    const length = log.at(MILLION) - BEGINNING;
    assert.ok(Math.abs((from - BEGINNING) / length - 0.25) < 0.01, 'it begins where the drag did');
    assert.ok(Math.abs((to - BEGINNING) / length - 0.5) < 0.01, 'it ends where the drag did');
    await until('only that time is shown', async () => Math.abs(Number(await at.keyInSight(0)) - MILLION / 4) < 10_000);
    await at.field().dblclick();
    await at.counted('1,000,000 entries');
    assert.equal(await at.filter().inputValue(), '');
  });

  it('is brushed by the keyboard, and says what it is on', async () => {
    await at.field().focus();
    await at.press('Home', 'ArrowRight', 'ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
    assert.match((await at.field().getAttribute('aria-valuetext')) ?? '', /^29 Mar 2026 .*: \d+ success, .*blocked/);
    assert.equal(await at.field().getAttribute('aria-valuenow'), '4');
    await at.press('Enter');
    await until('the filter has it', async () => (await at.filter().inputValue()).startsWith('time:'));
    await at.press('Escape');
    await until('the filter has it no more', async () => (await at.filter().inputValue()) === '');
    await at.counted('1,000,000 entries');
  });

  it('keeps selection and place when entries are added', async () => {
    await at.list().focus();
    await at.press('Home');
    for (let i = 0; i < 5; i++) await at.press('PageDown');
    await at.press('ArrowUp');
    const key = await at.selectedKey();
    const before = await at.keyInSight(0);
    await at.host.grow(1000);
    await at.counted('1,001,000 entries');
    await until(
      'the new rows stand',
      async () => (await at.list().getAttribute('aria-rowcount')) === String(MILLION + 1001),
    );
    assert.equal(await at.keyInSight(0), before);
    assert.equal(await at.selectedKey(), key);
    assert.ok(await at.hasFocus(at.list()), 'the focus too');
  });

  it('follows the end of the log while that is in sight, and stops when somebody scrolls up', async () => {
    const live = at.page.getByRole('button', { name: 'Live' });
    assert.equal(await live.getAttribute('aria-pressed'), 'false');
    await live.click();
    await until('the end is in sight', async () => (await at.keyInSight(-1)) === String(log.entries));
    assert.equal(await live.getAttribute('aria-pressed'), 'true');
    await at.host.grow(7);
    await until('the new end is in sight', async () => (await at.keyInSight(-1)) === String(log.entries));
    await at.page.locator('.scroller').hover();
    await at.page.mouse.wheel(0, -440);
    await live.filter({ hasText: 'Paused' }).waitFor();
    const before = await at.keyInSight(0);
    await at.host.grow(7);
    await until(
      'the new rows stand',
      async () => (await at.list().getAttribute('aria-rowcount')) === String(log.entries + 1),
    );
    assert.equal(await at.keyInSight(0), before);
    await at.list().focus();
    await at.press('End');
    await live.filter({ hasText: 'Live' }).waitFor();
    await at.host.grow(3);
    await until('it follows again', async () => (await at.keyInSight(-1)) === String(log.entries));
  });

  it('is as it was after a reload: filter, grouping of counts, zone, selected entry', async () => {
    await at.filter().fill('status:blocked');
    await at.press('Enter');
    await at.page.locator('.count').filter({ hasText: 'of' }).waitFor();
    await at.page.getByRole('combobox', { name: 'Time', exact: true }).selectOption('Local');
    await at.page.getByRole('combobox', { name: 'Over time by' }).selectOption('Risk');
    await at.list().focus();
    await at.press('Home', 'ArrowDown');
    const key = await at.selectedKey();
    await at.page.waitForTimeout(400);
    await at.page.reload();
    await at.page.locator('.count').filter({ hasText: 'of' }).waitFor();
    assert.equal(await at.filter().inputValue(), 'status:blocked');
    assert.equal(await at.page.getByRole('combobox', { name: 'Time', exact: true }).inputValue(), 'local');
    assert.equal(await at.page.getByRole('combobox', { name: 'Over time by' }).inputValue(), 'risk');
    assert.equal(await at.selectedKey(), key);
    await at.detail().getByRole('heading', { level: 2 }).waitFor();
  });
});
