// The timeline's page of a small log: groups, gaps, empty states, the detail, sizes, focus.

import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Completion, EntryRow } from '../../src/shared/timeline';
import { fitsInHeight, fitsInWidth, labels as labelsOf, moving } from './inPage';
import { AGENTS, PretendLog } from './pretendLog';
import { TimelineHands, until } from './timelineHands';

describe('The timeline of a session', function () {
  this.timeout(120_000);

  let at: TimelineHands;
  afterEach(function () {
    return at.pictureOfFailure(this.currentTest);
  });
  afterEach(async () => {
    assert.deepEqual(at.host.accidents, []);
    await at.host.close();
  });

  it('groups by agent, says who delegated, and opens and closes by keyboard', async () => {
    at = await TimelineHands.open({ log: new PretendLog({ entries: 60 }) });
    await at.page.getByLabel('Group').selectOption('Agent');
    await at.page.locator('.group').nth(1).filter({ hasText: 'delegated by planner' }).waitFor();
    await at.list().focus();
    await at.press('Home');
    const head = (): Locator => at.page.locator('.group').first();
    await until('the head is the active line', async () =>
      ((await head().getAttribute('class')) ?? '').includes('active'),
    );
    assert.equal(await at.list().getAttribute('role'), 'treegrid');
    assert.equal(await at.page.locator('.group').nth(1).getAttribute('aria-level'), '2');
    await at.press('ArrowLeft');
    await until('it is closed', async () => (await head().getAttribute('aria-expanded')) === 'false');
    assert.equal(
      await at.page
        .locator('.line[data-index="1"]')
        .innerText()
        .then((text) => text.includes(AGENTS[1])),
      true,
    );
    await at.press('ArrowRight');
    await until('it is open', async () => (await head().getAttribute('aria-expanded')) === 'true');
    await at.press('ArrowRight');
    await at.selected().waitFor();
    await at.press('ArrowLeft');
    await until('back at the head', async () => ((await head().getAttribute('class')) ?? '').includes('active'));
    await head().click();
    await until('a click closes it', async () => (await head().getAttribute('aria-expanded')) === 'false');
  });

  it('says where rows were deleted', async () => {
    at = await TimelineHands.open({ log: new PretendLog({ entries: 60, gaps: new Map([[4, 3]]) }) });
    const gap = at.lines().filter({ hasText: '3 rows were deleted here: ids 25 to 27' });
    await gap.waitFor();
    assert.equal(await gap.getAttribute('aria-label'), '3 rows were deleted here: ids 25 to 27');
    await at.list().focus();
    await at.press('Home');
    await at.selectedKey('1');
    await at.detail().getByRole('button', { name: 'Copy as JSON' }).waitFor();
    await gap.click();
    // What was recorded of another entry is nothing that belongs to it.
    await at.detail().getByText('rows with these ids were there').waitFor();
    assert.equal(await at.detail().getByRole('button', { name: 'Copy as JSON' }).count(), 0);
    await at.list().focus();
    await at.press('ArrowUp');
    await at.detail().getByRole('button', { name: 'Copy as JSON' }).waitFor();
  });

  it('says of an entry that was deleted that it is gone, not that a filter left it out', async () => {
    at = await TimelineHands.open({ log: new PretendLog({ entries: 60 }), state: { selected: '3' } });
    await at.detail().getByRole('heading', { level: 2 }).waitFor();
    await at.host.say({ type: 'gone', key: '3' });
    await at.detail().getByText('The entry is not in the log any more').waitFor();
    assert.equal(
      await at
        .detail()
        .getByText(/leaves it out/)
        .count(),
      0,
    );
    assert.equal(await at.page.locator('.failure').count(), 0);
  });

  it('shows no more than three lines of a long target above what was recorded', async () => {
    const change = (): Partial<EntryRow> => ({ target: 'a long target '.repeat(40) });
    at = await TimelineHands.open({ log: new PretendLog({ entries: 3, change }), state: { selected: '2' } });
    const heading = at.detail().getByRole('heading', { level: 2 });
    await heading.waitFor();
    assert.ok((await heading.boundingBox())!.height < 75);
  });

  it('holds no fault against a filter that is being completed', async () => {
    const completions = (typed: string): Completion[] =>
      typed === 'risk:h' ? [{ label: 'high', detail: '3 entries', insert: 'high', from: 5, to: 6 }] : [];
    at = await TimelineHands.open({ log: new PretendLog({ entries: 60 }), completions });
    await at.counted('60 entries');
    await at.filter().fill('risk:h');
    await at.options().first().waitFor();
    await at.page.waitForTimeout(300);
    assert.equal(await at.filter().getAttribute('aria-invalid'), 'false');
    assert.equal(await at.page.locator('.dimmed').count(), 0);
    await at.filter().pressSequentially(' x');
    await at.page.locator('#filter-problem').waitFor();
    assert.equal(await at.filter().getAttribute('aria-invalid'), 'true');
  });

  it('tells why it is empty, and what helps', async () => {
    at = await TimelineHands.open({ log: new PretendLog({ entries: 40 }) });
    await at.filter().fill('nothing-like-this');
    await at.page.getByText('No entry matches the filter.').waitFor();
    await at.page.locator('.empty').getByRole('button', { name: 'Clear filter' }).click();
    await at.counted('40 entries');
    await at.detail().getByText('Select an entry to see all that was recorded of it.').waitFor();
    await at.host.close();
    at = await TimelineHands.open({ log: new PretendLog({ entries: 0 }) });
    await at.page.getByText('There are no entries in this log.').waitFor();
  });

  it('shows times by the clock of who looks at it, and has the filter read by it', async () => {
    const before = process.env.TZ;
    process.env.TZ = 'Europe/Berlin';
    try {
      at = await TimelineHands.open({ log: new PretendLog({ entries: 40 }), state: { zone: 'local' } });
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
    await at.counted('40 entries');
    assert.equal(at.host.last('view')?.timeZone, 'Europe/Berlin');
    assert.match(await at.lines().first().innerText(), /^12:30:02\.114/);
    await at.page.getByRole('combobox', { name: 'Time', exact: true }).selectOption('UTC');
    await at.said('view', ({ timeZone }) => timeZone === 'UTC');
    await at.lines().first().filter({ hasText: '10:30:02.114' }).waitFor();
  });

  it('says where its host does not know the clock of who looks at it, and goes on in UTC', async () => {
    const log = new PretendLog({ entries: 40 });
    at = await TimelineHands.open({ log, state: { zone: 'local' }, timeZone: 'Etc/UTC' });
    await at.page
      .getByRole('alert')
      .getByText(/time zone of this window, .*, is not known\. All times are in UTC/)
      .waitFor();
    assert.equal(await at.page.getByRole('combobox', { name: 'Time', exact: true }).inputValue(), 'utc');
    await at.counted('40 entries');
  });

  it('tells an outcome that was recorded from a decision of which nobody knows what came', async () => {
    const change = (index: number): Partial<EntryRow> =>
      index === 0
        ? { status: null, approval: 'block', outcome: 'block', rule: 'hold' }
        : index === 1
          ? { status: null, approval: 'auto', outcome: 'open' }
          : {};
    at = await TimelineHands.open({ log: new PretendLog({ entries: 40, change }) });
    await at.lines().nth(1).waitFor();
    const labels = await at.lines().evaluateAll(labelsOf);
    assert.match(labels[0], /, block, no outcome recorded, risk/);
    assert.match(labels[1], /, auto, no outcome recorded, risk/);
    await at.lines().first().click();
    await at.detail().getByText('Outcome not recorded. Decided by hold, which blocks').waitFor();
  });

  it('shows parameters as a tree that is walked by keyboard, and as text', async () => {
    at = await TimelineHands.open({ log: new PretendLog({ entries: 40 }), state: { selected: '3' } });
    const tree = at.page.getByRole('tree', { name: 'Parameters' });
    await tree.focus();
    const active = async (): Promise<string> => tree.locator('.member.active').innerText();
    await at.press('ArrowDown');
    assert.match(await active(), /limits/);
    await at.press('ArrowLeft');
    assert.equal(await tree.getByText('dry_run').count(), 0);
    await at.press('ArrowRight', 'ArrowRight');
    assert.equal((await active()).trim(), 'rows: 1e3', 'a number as it was written');
    await at.press('ArrowLeft');
    assert.match(await active(), /limits/);
    await at.page.getByRole('button', { name: 'Text', exact: true }).click();
    await at.page.locator('.json-plain').getByText('"limits": {"rows": 1e3, "dry_run": false}').waitFor();
  });

  it('asks its host for what can be done with an entry, and offers nothing else', async () => {
    const log = new PretendLog({ entries: 40, detail: (key) => (key === '4' ? { actions: ['copyJson'] } : {}) });
    at = await TimelineHands.open({ log, state: { selected: '3' } });
    for (const [name, action] of [
      ['Open rule', 'openRule'],
      ['Open chain line', 'openChainLine'],
      ['Open source', 'openSource'],
      ['Reveal in Sessions', 'revealInTree'],
      ['Copy as JSON', 'copyJson'],
      ['Copy as line', 'copyLine'],
      ['Copy as action for aegis simulate', 'copyAction'],
    ] as const) {
      await at.page.getByRole('button', { name, exact: true }).click();
      await at.said('entry', (message) => message.action === action && message.key === '3');
    }
    await at.page.getByRole('button', { name: 'Export' }).click();
    await at.said('export', () => true);
    await at.list().focus();
    await at.press('ArrowDown');
    await at.page.getByRole('button', { name: 'Open source' }).waitFor({ state: 'detached' });
    assert.ok(await at.page.getByRole('button', { name: 'Copy as JSON' }).isVisible());
    assert.deepEqual(JSON.parse((await at.selected().getAttribute('data-vscode-context'))!), {
      webviewSection: 'entry',
      key: '4',
      preventDefaultContextMenuItems: true,
    });
  });

  it('is divided by the keyboard, and stacked where it is narrow; nothing is cut off or scrolls sideways', async () => {
    at = await TimelineHands.open({ log: new PretendLog({ entries: 40 }), state: { selected: '3' } });
    const splitter = at.page.getByRole('separator');
    const width = async (): Promise<number> => (await at.detail().boundingBox())!.width;
    const before = await width();
    await splitter.focus();
    await at.press('ArrowLeft', 'ArrowLeft');
    await until('the detail is wider', async () => (await width()) > before + 20);
    await at.page.setViewportSize({ width: 420, height: 700 });
    await until('it is stacked', async () => (await splitter.getAttribute('aria-orientation')) === 'horizontal');
    const [above, below] = [(await at.list().boundingBox())!, (await at.detail().boundingBox())!];
    assert.ok(above.y + above.height <= below.y + 1 && below.y + below.height <= 701);
    for (const place of ['html', 'body', 'main', '.detail', '.scroller'])
      assert.ok(await at.page.locator(place).evaluate(fitsInWidth), `${place} does not scroll sideways`);
    assert.ok(await at.page.locator('html').evaluate(fitsInHeight));
  });

  it('has a name for each thing that can be operated, reaches each by Tab, and shows where the focus is', async () => {
    at = await TimelineHands.open({
      log: new PretendLog({ entries: 40 }),
      state: { selected: '3' },
      facts: { live: true },
    });
    await at.detail().getByRole('heading', { level: 2 }).waitFor();
    const reached = new Set<string>();
    await at.filter().focus();
    for (let i = 0; i < 30; i++) {
      await at.press('Tab');
      const { name, isShown } = await at.focused();
      assert.notEqual(name, '', 'it has a name');
      if (name === 'page') break;
      assert.ok(isShown, `${name} shows that it has the focus`);
      assert.equal(reached.has(name) && name === 'Entries', false, 'the list is one stop');
      reached.add(name);
    }
    for (const name of ['Next entry (F3)', 'Group', 'Time', 'Live', 'Over time by', 'Entries over time', 'Entries'])
      assert.ok(reached.has(name), `${name} is reached: ${[...reached].join(', ')}`);
    for (const name of ['Size of the detail', 'Open rule', 'Copy as JSON', 'Tree', 'Parameters'])
      assert.ok(reached.has(name), `${name} is reached: ${[...reached].join(', ')}`);
  });

  it('has the keys in its list as soon as somebody comes to it by a command', async () => {
    at = await TimelineHands.open({ log: new PretendLog({ entries: 40 }), slowness: 300 });
    // Nothing but the frame stands yet.
    await at.host.say({ type: 'focus' });
    await at.lines().first().waitFor();
    await at.press('ArrowDown', 'ArrowDown');
    await at.selectedKey('2');
    await at.filter().focus();
    await at.host.say({ type: 'focus' });
    await until('the list has the focus', () => at.hasFocus(at.list()));
  });

  it('keeps still where motion is to be reduced', async () => {
    at = await TimelineHands.open({
      log: new PretendLog({ entries: 5 }),
      facts: { live: true },
      state: { live: true },
    });
    await at.page.locator('.live.following').waitFor();
    const moves = await at.page.locator('*').evaluateAll(moving);
    assert.equal(moves, 0);
  });
});
