// From nothing to a recorded agent, as a person does it who has just installed the extension.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { openProduct, type Product } from './product';

interface Settings {
  readonly hooks: Readonly<Record<string, readonly { readonly hooks: readonly { readonly command: string }[] }[]>>;
}

describe('Recording an agent', function () {
  this.timeout(600_000);

  let product: Product;
  let page: Page;
  const written = '{\n  // mine\n  "model": "opus",\n}\n';

  before(async () => {
    product = await openProduct({
      workspace: 'test/ui/recordedWorkspace',
      // The person's home and profile are this run's own.
      env: (folder) => ({ HOME: join(folder, 'home'), XDG_STATE_HOME: join(folder, 'state') }),
    });
    ({ page } = product);
    mkdirSync(join(product.workspace, '.claude'));
    writeFileSync(settings(), written);
  });

  after(async () => {
    await product.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await page.screenshot({ path: join('out', 'test', 'failed', `${this.currentTest.title.slice(0, 40)}.png`) });
  });

  const settings = (): string => join(product.workspace, '.claude', 'settings.local.json');
  const run = (title: string): Promise<void> => product.hands.runCommand(page, title);
  const rows = (view: string): Locator => page.locator(`.pane:has([aria-label="${view} Section"]) .monaco-list-row`);
  const row = (view: string, ...texts: string[]): Locator =>
    texts.reduce((found, hasText) => found.filter({ hasText }), rows(view)).first();
  const timeline = (): FrameLocator => page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');

  /** The agent calls its hook through the shell, as it stands in its settings. */
  function tell(event: 'PreToolUse' | 'PostToolUse', id: string, command: string): string {
    const { hooks } = parse(readFileSync(settings(), 'utf8')) as Settings;
    const payload = {
      ...{ session_id: 'work', cwd: product.workspace, permission_mode: 'default', hook_event_name: event },
      ...{ tool_name: 'Bash', tool_input: { command }, tool_use_id: id, tool_response: { stdout: 'ok' } },
    };
    const { status, stdout, stderr } = spawnSync('sh', ['-c', hooks[event][0].hooks[0].command], {
      cwd: product.workspace,
      input: JSON.stringify(payload),
      encoding: 'utf8',
    });
    assert.deepEqual([status, stderr], [0, '']);
    return stdout;
  }

  it('is turned on from the welcome text, and tried with a test action that shows on the timeline', async () => {
    await run('Aegis: Focus on Recording View');
    await page.getByRole('button', { name: 'Turn On Recording…' }).click();
    const pick = page.locator('.quick-input-widget:visible');
    await pick.getByText('Claude Code', { exact: true }).waitFor();
    await page.keyboard.press('Enter');
    const said = await product.hands.waitForNotification(page, /Claude Code is recorded from now on/);
    await row('Recording', 'Claude Code', 'nothing recorded yet').waitFor();
    await product.hands.pressButton(said, 'Record a Test Action');
    await timeline()
      .getByRole('region', { name: 'Selected entry' })
      .getByText(/^aegis_test on /)
      .waitFor({ timeout: 60_000 });
    await row('Recording', 'Claude Code', '1 action · just now').waitFor();
    await row('Sessions', 'aegis-test-', '1 action').waitFor();
  });

  it('shows each call that the agent tells of, and what the policy blocked', async () => {
    assert.equal(tell('PreToolUse', 'a', 'npm test'), '');
    assert.equal(tell('PostToolUse', 'a', 'npm test'), '');
    assert.match(tell('PreToolUse', 'b', 'rm -rf src'), /"permissionDecision":"deny".*nothing_is_removed/);
    assert.equal(tell('PreToolUse', 'c', 'npm start'), '');
    await row('Recording', 'Claude Code', '4 actions · 1 blocked · 1 without an outcome').waitFor({ timeout: 60_000 });
    await row('Sessions', 'work', '3 actions · 1 blocked').waitFor();
    await row('Recording', 'Claude Code').click();
    await page.keyboard.press('ArrowRight');
    for (const [label, value] of [
      ['Attempted', '4'],
      ['Finished', '2'],
      ['Blocked', '1'],
      ['Outcome unknown', '1'],
    ])
      await row('Recording', label, value).waitFor();
    const verified = execFileSync('node', [
      'dist/cli.js',
      'verify',
      join(product.workspace, '.aegis/audit_chain.jsonl'),
    ]);
    assert.match(String(verified), /^Chain intact/);
  });

  it('cannot record while something keeps it from that, which its node says; nothing to check is no whole capture', async () => {
    const shared = join(product.workspace, '.claude', 'settings.json');
    writeFileSync(shared, '{"disableAllHooks": true}');
    await row('Recording', 'Claude Code', 'cannot record · 4 actions').waitFor();
    await row('Recording', 'settings.json turns all hooks of Claude Code off: nothing of it is recorded.').waitFor();
    await run('Aegis: Check Capture');
    await product.hands.waitForNotification(
      page,
      /Nothing was checked: Claude Code has kept no transcript of this folder/,
    );
    rmSync(shared);
    await row('Recording', 'Claude Code', '4 actions').waitFor();
    await row('Recording', 'turns all hooks').waitFor({ state: 'detached' });
  });

  it('is turned off again, and leaves the settings to the byte as they were', async () => {
    await row('Recording', 'Claude Code').click();
    await run('Aegis: Turn Off Recording…');
    const pick = page.locator('.quick-input-widget:visible');
    await pick.getByText('Claude Code', { exact: true }).click();
    await page.keyboard.press('Enter');
    await product.hands.waitForNotification(page, /Claude Code is not recorded any more\. What was recorded stays\./);
    assert.equal(readFileSync(settings(), 'utf8'), written);
    assert.ok(existsSync(join(product.workspace, '.aegis', 'aegis_audit.db')));
    // What was recorded stays in sight.
    await row('Recording', 'Claude Code', 'not recorded · 4 actions').waitFor();
  });
});
