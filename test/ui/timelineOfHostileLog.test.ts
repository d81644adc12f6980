// The timeline's page of a log that wants to harm who looks at it.

import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { EntryDetail, EntryRow } from '../../src/shared/timeline';
import { lengthOfText, whatActs } from './inPage';
import { BEGINNING, PretendLog } from './pretendLog';
import { TimelineHands, until } from './timelineHands';

describe('The timeline of a hostile log', function () {
  this.timeout(120_000);

  let at: TimelineHands;

  const EVIL = [
    '<img src=x onerror=alert(1)><a href="https://example.com">x</a><script>alert(2)</script>',
    '\u001b[31mred\u001b[0m\u0007\u0000',
    'invoice\u202etxt.exe\u2066 \u200b\ufeff',
    'javascript:alert(3) command:workbench.action.terminal.new [x](command:y) https://example.com',
    '\ud800 lone, {{constructor}} ${alert(4)} __proto__',
  ];
  const evil = (index: number): string => EVIL[index % EVIL.length];
  const LENGTH = 1_048_576;

  before(async () => {
    const change = (index: number): Partial<EntryRow> => ({
      type: evil(index),
      target: evil(index + 1),
      risk: evil(index + 2),
      status: evil(index + 3),
      rule: evil(index + 4),
      agent: evil(index),
      human: evil(index + 1),
      approval: evil(index + 2),
      timestamp: evil(index + 3),
      at: index % 2 === 0 ? null : BEGINNING,
    });
    const all = EVIL.join('\n');
    const made = (): Partial<EntryDetail> => ({
      fields: [
        { name: evil(0), value: { kind: 'text', text: all, length: all.length, damaged: true } },
        { name: 'result_data', value: { kind: 'text', text: 'a\u202e'.repeat(500), length: LENGTH, damaged: false } },
        { name: 'blob', value: { kind: 'bytes', text: 'de ad be ef', length: 4096 } },
        { name: 'result_error', value: { kind: 'null' } },
        { name: 'agent_id', value: { kind: 'absent' } },
        { name: 'id', value: { kind: 'number', text: '9007199254740993' } },
      ],
      trees: [
        {
          name: evil(1),
          cut: true,
          root: {
            name: null,
            kind: 'object',
            text: '1 member',
            children: [{ name: evil(0), kind: 'string', text: evil(2), children: [] }],
          },
        },
      ],
      remarks: EVIL,
    });
    const log = new PretendLog({
      entries: 100,
      change,
      detail: made,
      whole: () => ({ kind: 'text', text: 'a\u202e'.repeat(LENGTH / 2), length: LENGTH, damaged: false }),
    });
    const items = EVIL.map((text) => ({ label: text, detail: text, insert: text, from: 0, to: 0 }));
    at = await TimelineHands.open({
      log,
      completions: () => items,
      facts: { name: evil(0), session: evil(2), warnings: EVIL, verdict: evil(3) },
    });
    await at.lines().first().waitFor();
  });
  after(() => at.host.close());
  afterEach(function () {
    return at.pictureOfFailure(this.currentTest);
  });

  it('shows text as text in each of its columns: nothing becomes markup, a link or a command, and nothing runs', async () => {
    await at.lines().nth(1).click();
    await at.detail().getByText('Remarks').or(at.detail().getByRole('list')).first().waitFor();
    await at.filter().pressSequentially(' ');
    await at.options().first().waitFor();
    await at.host.say({ type: 'failed', message: evil(0) });
    await at.page.getByRole('alert').getByText('onerror=alert(1)').waitFor();
    assert.equal(
      await at.page.locator('a, img, iframe, object, embed, form, [href], [onclick], [style*="url"]').count(),
      1,
    );
    assert.equal(await at.page.locator('link[href$="timeline.css"]').count(), 1, 'the only address is our own style');
    assert.equal(await at.page.locator('script').count(), 1, 'the only script is our own');
    await at.lines().first().getByText('<img src=x onerror=alert(1)>', { exact: false }).first().waitFor();
    assert.deepEqual(at.host.accidents, []);
    await at.press('Escape');
  });

  it('makes control and bidirectional characters visible, in texts, names and tooltips alike', async () => {
    await at.lines().nth(2).locator('.escape', { hasText: '\\u{202e}' }).first().waitFor();
    assert.deepEqual(await at.page.evaluate(whatActs), []);
  });

  it('says what was not recorded, what is no such field, what is damaged and what are bytes', async () => {
    const row = (name: string): Locator => at.detail().locator('.fields tr').filter({ hasText: name });
    assert.equal(await row('result_error').locator('td').innerText(), 'not recorded');
    assert.equal(await row('agent_id').locator('td').innerText(), 'not recorded');
    assert.equal(await row('agent_id').locator('td span').getAttribute('title'), 'This log has no such field');
    assert.match(await row('onerror').innerText(), /not valid UTF-8/);
    assert.match(await row('blob').innerText(), /de ad be ef…\s+4,096 bytes, in hexadecimal/);
    assert.equal(await row('id').last().locator('td').innerText(), '9007199254740993', 'no digit is lost');
  });

  it('shows a megabyte of it in full where that is asked for, and stays usable', async () => {
    const row = at.detail().locator('.fields tr').filter({ hasText: 'result_data' });
    await row.getByRole('button', { name: 'Show all of result_data (1,048,576 characters)' }).click();
    await until('all of it is here', async () => (await row.locator('.value').evaluate(lengthOfText)) > LENGTH);
    const start = Date.now();
    await at.list().focus();
    await at.press('ArrowDown');
    await at.selectedKey('3');
    assert.ok(Date.now() - start < 5000);
    assert.deepEqual(at.host.accidents, []);
  });

  it('logs the kind of a message that is not of the protocol, and never what is in it', async () => {
    await at.host.sayAnything({ type: 'rows', query: 1, from: 0, rows: [{ kind: 'entry', secret: 'hunter2' }] });
    await at.host.sayAnything({ type: 'hunter2' });
    await at.host.sayAnything('hunter2');
    await until('all three are logged', () => Promise.resolve(at.host.accidents.length === 3));
    assert.deepEqual(at.host.accidents.splice(0), [
      "logged: A message of the kind rows is not of the timeline's protocol.",
      "logged: A message of the kind unknown is not of the timeline's protocol.",
      "logged: A message of the kind unknown is not of the timeline's protocol.",
    ]);
    assert.ok((await at.lines().count()) > 0);
  });
});
