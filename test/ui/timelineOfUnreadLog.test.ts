// The timeline's page of a log that cannot be read, or cannot be read any more.

import assert from 'node:assert/strict';
import { unreadFacts } from '../../src/host/timeline/unreadFacts';
import { PretendLog } from './pretendLog';
import { TimelineHands, until } from './timelineHands';

const LOG = { name: 'aegis_audit.db', session: null };
const GONE = { code: 'missing', message: 'There is no such file.' };

describe('The timeline of a log that cannot be read', function () {
  this.timeout(120_000);

  let at: TimelineHands;
  afterEach(function () {
    return at.pictureOfFailure(this.currentTest);
  });
  afterEach(async () => {
    assert.deepEqual(at.host.accidents, []);
    await at.host.close();
  });

  it('says once what is wrong, and that there is nothing to show', async () => {
    const facts = unreadFacts(LOG, { code: 'damaged', message: 'This database is damaged.' }, undefined);
    at = await TimelineHands.open({ log: new PretendLog({ entries: 0 }), facts });
    await at.page.getByText('There is nothing to show of this log.').waitFor();
    assert.equal(await at.page.getByText('This database is damaged.').count(), 1);
    assert.equal(await at.page.locator('.failure').count(), 0);
    assert.equal(await at.page.getByText(/\d actions/).count(), 0, 'nobody knows how many there are');
    assert.equal(await at.page.locator('.kind').count(), 0, 'nor of what kind it is');
    assert.equal(at.host.last('view'), undefined, 'nothing is asked of it');
  });

  it('does not call an empty log an error', async () => {
    const facts = unreadFacts(LOG, { code: 'empty', message: 'This file is empty.' }, undefined);
    at = await TimelineHands.open({ log: new PretendLog({ entries: 0 }), facts });
    await at.page.getByText('This file is empty. What is recorded from now on appears here.').waitFor();
    assert.equal(await at.page.locator('.failure, .warnings').count(), 0);
    await at.host.say({ type: 'changed', facts: { ...facts, kind: 'database', total: 0, unread: null } });
    await at.page.getByText('There are no entries in this log.').waitFor();
  });

  it('keeps what it showed of a file that was deleted, says that it was read before, and is not live', async () => {
    const log = new PretendLog({ entries: 60 });
    at = await TimelineHands.open({ log, facts: { live: true, kind: 'lines' } });
    await at.counted('60 entries');
    await at.list().focus();
    await at.press('Home');
    await at.selectedKey('1');
    await at.detail().getByRole('heading', { level: 2 }).waitFor();
    const shown = at.host.facts();
    await at.host.say({ type: 'changed', facts: unreadFacts(LOG, GONE, shown) });
    const said = 'The file is gone: it was deleted or moved. What is shown was read before.';
    await at.page.locator('.warnings').getByText(said).waitFor();
    await at.page.getByRole('status').getByText(said).waitFor({ state: 'attached' });
    assert.equal(await at.page.getByText('60 actions').count(), 1);
    assert.equal(await at.page.getByRole('img', { name: 'Log of JSON lines' }).count(), 1);
    assert.equal(await at.page.getByRole('button', { name: 'Live' }).count(), 0);
    assert.ok(await at.filter().isDisabled(), 'there is nothing that could be searched');
    assert.equal(await at.page.locator('.failure').count(), 0);
    assert.equal(await at.detail().getByRole('heading', { level: 2 }).count(), 1);
    await at.press('ArrowDown');
    await at.selectedKey('2');
    await at.detail().getByText('no more is known of this entry than the list shows').waitFor();

    await at.host.say({ type: 'changed', facts: at.host.facts() });
    await at.page.getByRole('button', { name: 'Live' }).waitFor();
    await at.detail().getByRole('heading', { level: 2 }).waitFor();
    await until('the filter may be typed in', () => at.filter().isEnabled());
  });
});
