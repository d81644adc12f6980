// The timeline's page in light and high-contrast themes: what must be told apart there is.

import assert from 'node:assert/strict';
import { lookOf } from './inPage';
import { PretendLog } from './pretendLog';
import { TimelineHands, until } from './timelineHands';

/** As VS Code's own high-contrast theme has them. */
const HIGH_CONTRAST = `:root { --vscode-editor-background: #000; --vscode-foreground: #fff; --vscode-focusBorder: #f38518;
  --vscode-contrastBorder: #6fc3df; --vscode-contrastActiveBorder: #f38518; --vscode-input-border: #6fc3df;
  --vscode-dropdown-border: #6fc3df; --vscode-inputOption-activeBorder: #6fc3df; --vscode-errorForeground: #f48771;
  --vscode-inputOption-activeBackground: transparent; --vscode-inputValidation-errorBorder: #6fc3df; }`;
/** And its light one. */
const LIGHT = `:root { --vscode-editor-background: #fff; --vscode-foreground: #3b3b3b; --vscode-focusBorder: #005fb8;
  --vscode-editorWarning-foreground: #bf8803; --vscode-list-hoverBackground: #f2f2f2; }`;

describe('The timeline in light and high-contrast themes', function () {
  this.timeout(120_000);

  let at: TimelineHands;
  afterEach(function () {
    return at.pictureOfFailure(this.currentTest);
  });
  afterEach(async () => {
    assert.deepEqual(at.host.accidents, []);
    await at.host.close();
  });

  it('writes of deleted rows in the colour of text, which can be read on their ground', async () => {
    const log = new PretendLog({ entries: 60, gaps: new Map([[4, 3]]) });
    at = await TimelineHands.open({ log, theme: LIGHT, kind: 'vscode-light' });
    const gap = at.page.locator('.gap');
    await gap.click();
    assert.equal((await gap.evaluate(lookOf)).color, 'rgb(59, 59, 59)');
  });

  it('does not dim what belongs to a wrong filter in high contrast, and gives the field a border of its own', async () => {
    const log = new PretendLog({ entries: 60 });
    at = await TimelineHands.open({ log, theme: HIGH_CONTRAST, kind: 'vscode-high-contrast' });
    await at.counted('60 entries');
    const box = at.page.locator('.filter-box');
    assert.equal((await box.evaluate(lookOf)).border, '1px rgb(111, 195, 223)');
    await at.filter().fill('risk:>=hgih');
    await at.page.locator('.list.dimmed').waitFor();
    assert.equal((await at.page.locator('.pane').evaluate(lookOf)).opacity, '1');
    assert.equal((await at.page.locator('.count').evaluate(lookOf)).opacity, '1');
    assert.equal((await box.evaluate(lookOf)).border, '2px rgb(244, 135, 113)');
  });

  it('tells in high contrast by its border whether the end is followed', async () => {
    const log = new PretendLog({ entries: 60 });
    at = await TimelineHands.open({ log, theme: HIGH_CONTRAST, kind: 'vscode-high-contrast', facts: { live: true } });
    await at.counted('60 entries');
    const live = at.page.getByRole('button', { name: 'Live' });
    assert.match((await live.evaluate(lookOf)).border, /rgba\(0, 0, 0, 0\)/);
    await live.click();
    await until('it is pressed', async () => (await live.getAttribute('aria-pressed')) === 'true');
    assert.equal((await live.evaluate(lookOf)).border, '2px rgb(243, 133, 24)');
  });
});
