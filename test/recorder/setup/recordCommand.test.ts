import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from '../../unit/support/temporaryFolder';

describe('aegis record', () => {
  const folder = temporaryFolder();

  /** With a profile and a home of its own. */
  function aegis(...args: readonly string[]) {
    const env = { ...process.env, XDG_STATE_HOME: path.join(folder(), 'state'), HOME: folder(), NO_COLOR: '1' };
    const cwd = path.join(folder(), 'work');
    fs.mkdirSync(cwd, { recursive: true });
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [path.resolve('dist', 'cli.js'), 'record', ...args],
      {
        cwd,
        env,
        encoding: 'utf8',
      },
    );
    return { status, stdout, stderr };
  }

  const json = (text: string) => JSON.parse(text) as { agents: Record<string, unknown>[]; hook?: unknown };

  it('on, status and off, for people and for programs', () => {
    const on = aegis('on', '--agent', 'claude', '--policy', 'rules.yaml', '--fail-closed');
    assert.equal(on.status, 0, on.stderr);
    assert.match(
      on.stdout,
      /^Claude Code {2}on {2}.*settings\.local\.json\n\nClaude Code, VS Code and GitHub Copilot CLI all read/,
    );
    fs.writeFileSync(path.join(folder(), 'work', 'rules.yaml'), 'version: "1"');
    const { status, stdout } = aegis('status', '--format', 'json');
    assert.equal(status, 0);
    const [claude] = json(stdout).agents;
    assert.deepEqual(
      { ...claude, node: undefined, file: undefined },
      {
        agent: 'claude',
        found: true,
        set_up: true,
        file: undefined,
        node: undefined,
        hook: path.join(folder(), 'state', 'aegis-audit-trail', 'hook', 'hook.js'),
        dir: path.join(folder(), 'work', '.aegis'),
        policy: path.join(folder(), 'work', 'rules.yaml'),
        fail_closed: true,
        last_recorded: null,
        problems: [],
      },
    );
    assert.match(aegis('status').stdout, /^Agent +Recording +Last recorded +Settings\nClaude Code +on +never +/);
    const off = aegis('off', '--format', 'json');
    assert.deepEqual(
      json(off.stdout).agents.map(({ agent, change }) => [agent, change]),
      [
        ['claude', 'off'],
        ['copilot', 'off'],
        ['vscode', 'off'],
        ['cursor', 'unchanged'],
        ['codex', 'unchanged'],
        ['gemini', 'unchanged'],
      ],
    );
  });

  it('ends with 1 where something that is set up does not work, or settings are refused, and with 2 where nothing could be done', () => {
    const none = aegis('on');
    assert.deepEqual([none.status, none.stdout], [2, '']);
    assert.match(none.stderr, /^aegis: No agent was found/);
    assert.equal(aegis('on', '--agent', 'nobody').status, 2);
    aegis('on', '--agent', 'gemini');
    fs.rmSync(path.join(folder(), 'state'), { recursive: true });
    const broken = aegis('status', '--agent', 'gemini');
    assert.equal(broken.status, 1);
    assert.match(broken.stdout, /Gemini CLI +broken/);
    assert.match(broken.stdout.replaceAll('\n', ' '), /hook\.js is gone\. Run aegis record on\./);
    fs.writeFileSync(path.join(folder(), 'work', '.gemini', 'settings.json'), 'no JSON');
    const refused = aegis('on', '--agent', 'gemini');
    assert.equal(refused.status, 1);
    assert.match(refused.stdout.replaceAll('\n', ' '), /is left as it is: it is no JSON\. Mend it, and try again\./);
  });
});
