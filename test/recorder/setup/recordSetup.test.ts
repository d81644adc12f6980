import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { findNode } from '../../../src/recorder/setup/findNode';
import { commandLine, readCommandLine } from '../../../src/recorder/setup/hookCommand';
import { installHook } from '../../../src/recorder/setup/installedHook';
import { recordOff, recordOn, type RecordOptions } from '../../../src/recorder/setup/recordSetup';
import { recordStatus } from '../../../src/recorder/setup/recordStatus';
import { PLACES, settingsFile } from '../../../src/recorder/setup/settingsPlace';
import { temporaryFolder } from '../../unit/support/temporaryFolder';
import { assertAgrees } from '../support/checkTrail';
import { hookFixture } from '../hooks/support/hooks';

describe('Recording an agent', () => {
  const folder = temporaryFolder();
  /** Names that a shell would take apart. */
  const workspace = (): string => path.join(folder(), `it's a $(touch gone) "work" space`);
  const state = (): string => path.join(folder(), "state of 'me'");
  const env = (): NodeJS.ProcessEnv => ({ ...process.env, XDG_STATE_HOME: state() });
  const home = (): string => path.join(folder(), 'home');
  const bundle = path.resolve('dist', 'hook.js');
  const options = () => ({ workspace: workspace(), env: env(), home: home(), bundle });

  beforeEach(() => {
    fs.mkdirSync(workspace());
    fs.mkdirSync(home());
  });

  /** Runs what stands in the settings, as the agent does. */
  function callHook(command: string, payload: unknown) {
    const { stdout, stderr, status } = spawnSync('sh', ['-c', command], {
      input: JSON.stringify(payload),
      encoding: 'utf8',
      cwd: folder(),
      env: { ...process.env, CLAUDE_PROJECT_DIR: '' },
    });
    return { stdout, stderr, status };
  }

  function commandIn(file: string): string {
    const settings = JSON.parse(fs.readFileSync(file, 'utf8')) as {
      hooks: Record<string, { command?: string; hooks?: { command: string }[] }[]>;
    };
    const [entry] = Object.values(settings.hooks)[0];
    return entry.command ?? entry.hooks![0].command;
  }

  for (const [agent, fixture] of [
    ['claude', 'claude/PreToolUse.Bash'],
    ['cursor', 'cursor/preToolUse'],
    ['codex', 'codex/PreToolUse'],
    ['gemini', 'gemini/BeforeTool'],
  ] as const)
    it(`${agent}: what is set up records, in a workspace of any name`, async () => {
      await recordOn({ ...options(), agents: [agent] });
      const { status, stderr } = callHook(
        commandIn(settingsFile(PLACES[agent], workspace())),
        hookFixture(fixture).payload,
      );
      assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
      const { rows } = await assertAgrees(path.join(workspace(), '.aegis'));
      assert.equal(rows.length, 1);
      const [found] = (await recordStatus({ ...options(), agents: [agent] })).agents;
      assert.equal(found.trail, path.join(workspace(), '.aegis'));
      assert.deepEqual([found.isSetUp, found.problems], [true, []]);
      assert.equal(fs.existsSync(path.join(folder(), 'gone')), false);
    });

  it('without a hook, or a Node, to start, the call passes and the person hears of it; with --fail-closed it is denied', async () => {
    const file = settingsFile(PLACES.claude, workspace());
    const payload = hookFixture('claude/PreToolUse.Bash').payload;
    await recordOn({ ...options(), agents: ['claude'] });
    const hook = path.join(state(), 'aegis-audit-trail', 'hook', 'hook.js');
    fs.rmSync(hook);
    const open = callHook(commandIn(file), payload);
    assert.equal(open.status, 0);
    assert.match((JSON.parse(open.stdout) as { systemMessage: string }).systemMessage, /nothing is recorded/);
    const [broken] = (await recordStatus({ ...options(), agents: ['claude'] })).agents;
    assert.match(broken.problems[0], /hook\.js is gone\. Run aegis record on\./);
    await recordOn({ ...options(), agents: ['claude'], isFailClosed: true });
    assert.ok(fs.existsSync(hook));
    fs.rmSync(hook);
    const closed = callHook(commandIn(file), payload);
    assert.equal(closed.status, 2);
    assert.match(closed.stderr, /nothing is recorded/);
  });

  it('status tells of entries that are not all there, of a Node and a policy that are gone, and of what cannot be read', async () => {
    const file = settingsFile(PLACES.codex, workspace());
    await recordOn({ ...options(), agents: ['codex'], policy: 'gone.yaml' });
    const settings = JSON.parse(fs.readFileSync(file, 'utf8')) as { hooks: Record<string, unknown> };
    delete settings.hooks.PostToolUse;
    fs.writeFileSync(file, JSON.stringify(settings).replace(process.execPath, '/nowhere/node'));
    const [codex] = (await recordStatus({ ...options(), agents: ['codex'] })).agents;
    assert.deepEqual(
      codex.problems.map((each) => /no entry for PostToolUse|nowhere\/node is gone|gone\.yaml is gone/.exec(each)?.[0]),
      ['no entry for PostToolUse', 'nowhere/node is gone', 'gone.yaml is gone'],
    );
    fs.writeFileSync(file, '{');
    const [unread] = (await recordStatus({ ...options(), agents: ['codex'] })).agents;
    assert.match(unread.problems[0], /hooks\.json: it is no JSON/);
  });

  it('takes the agents that are found in the workspace or the profile, and says where there is none', async () => {
    const none = await recordOn(options());
    assert.deepEqual(none.agents, []);
    assert.match(none.problem!, /No agent was found/);
    fs.mkdirSync(path.join(home(), '.gemini'));
    fs.mkdirSync(path.join(workspace(), '.cursor'));
    const found = await recordOn(options());
    assert.deepEqual(
      found.agents.map(({ agent, change }) => [agent, change]),
      [
        ['cursor', 'on'],
        ['gemini', 'on'],
      ],
    );
    const { agents, hook } = await recordStatus(options());
    assert.deepEqual(
      agents.map(({ agent, isFound, isSetUp }) => [agent, isFound, isSetUp]),
      [
        ['claude', false, false],
        ['copilot', false, false],
        ['vscode', false, false],
        ['cursor', true, true],
        ['codex', false, false],
        ['gemini', true, true],
      ],
    );
    assert.deepEqual(
      [hook.isThere, hook.version],
      [true, (JSON.parse(fs.readFileSync('package.json', 'utf8')) as { version: string }).version],
    );
    assert.equal((await recordOff(options())).agents.filter(({ change }) => change === 'off').length, 2);
  });

  const setupOf = async (given: Partial<RecordOptions> = {}) => {
    const [{ setup }] = (await recordOn({ ...options(), agents: ['claude'], ...given })).agents;
    return setup;
  };

  it('on again keeps what was set up before, unless it is told otherwise', async () => {
    const here = (name: string): string => path.join(workspace(), name);
    assert.deepEqual(await setupOf(), { dir: here('.aegis'), policy: undefined, isFailClosed: false });
    assert.deepEqual(await setupOf({ dir: 'trail', policy: 'rules.yaml', isFailClosed: true }), {
      dir: here('trail'),
      policy: here('rules.yaml'),
      isFailClosed: true,
    });
    const kept = { dir: here('trail'), policy: here('rules.yaml'), isFailClosed: true };
    assert.deepEqual(await setupOf(), kept);
    assert.deepEqual((await recordOn({ ...options(), agents: ['claude'] })).agents[0].change, 'unchanged');
    assert.deepEqual(await setupOf({ isFailClosed: false }), { ...kept, isFailClosed: false });
    assert.deepEqual(await setupOf({ policy: null }), { dir: here('trail'), policy: undefined, isFailClosed: false });
    assert.deepEqual(await setupOf({ dir: '.aegis' }), { dir: here('.aegis'), policy: undefined, isFailClosed: false });
    const elsewhere = path.join(folder(), 'trails');
    assert.equal((await setupOf({ dir: elsewhere }))?.dir, elsewhere);
    assert.equal((await setupOf())?.dir, elsewhere);
    assert.deepEqual((await recordStatus({ ...options(), agents: ['claude'] })).agents[0].problems, []);
  });

  it('in a workspace that was moved, status says so, and on records there, as it was set up', async () => {
    await recordOn({ ...options(), agents: ['claude'], policy: 'rules.yaml', isFailClosed: true });
    const moved = path.join(folder(), 'moved');
    fs.renameSync(workspace(), moved);
    fs.writeFileSync(path.join(moved, 'rules.yaml'), 'rules: []');
    const there = { ...options(), workspace: moved, agents: ['claude'] } as const;
    const [{ problems }] = (await recordStatus(there)).agents;
    assert.match(
      problems[0],
      /settings\.local\.json records in .*space\/\.aegis, outside of this folder: it was set up before the folder was moved or copied, or by hand\. Run aegis record on to record here\.$/,
    );
    const [{ setup }] = (await recordOn(there)).agents;
    assert.deepEqual(setup, {
      dir: path.join(moved, '.aegis'),
      policy: path.join(moved, 'rules.yaml'),
      isFailClosed: true,
    });
    assert.deepEqual((await recordStatus(there)).agents[0].problems, []);
    await recordOff(there);
    assert.deepEqual(fs.readdirSync(moved), ['rules.yaml']);
  });

  it('in a workspace that was moved with its trail, on goes on in that one', async () => {
    await recordOn({ ...options(), agents: ['claude'], dir: 'logs/trail', policy: 'rules.yaml' });
    fs.mkdirSync(path.join(workspace(), 'logs', 'trail'), { recursive: true });
    const moved = path.join(folder(), 'moved');
    fs.renameSync(workspace(), moved);
    const [{ setup }] = (await recordOn({ ...options(), workspace: moved, agents: ['claude'] })).agents;
    assert.deepEqual([setup?.dir, setup?.policy], [path.join(moved, 'logs', 'trail'), path.join(moved, 'rules.yaml')]);
  });

  it('a folder that is reached by a link is not taken for one that was moved', async () => {
    const link = path.join(folder(), 'link');
    fs.symlinkSync(workspace(), link);
    for (const dir of [undefined, path.join(folder(), 'trails')]) {
      await recordOn({ ...options(), agents: ['claude'], dir });
      const there = { ...options(), workspace: link, agents: ['claude'] } as const;
      const [{ problems, trail }] = (await recordStatus(there)).agents;
      assert.deepEqual([problems, trail], [[], dir ?? path.join(workspace(), '.aegis')]);
      assert.equal((await recordOn(there)).agents[0].setup?.dir, trail);
    }
    await recordOff({ ...options(), workspace: link });
    assert.deepEqual(fs.readdirSync(workspace()), []);
  });

  it('status tells of a trail whose folder is a file, and of settings of Claude Code that turn all hooks off', async () => {
    const config = path.join(home(), '.claude');
    fs.mkdirSync(config);
    const agents = ['claude', 'vscode'] as const;
    await recordOn({ ...options(), agents });
    const problems = async (env?: NodeJS.ProcessEnv): Promise<string[][]> => {
      const status = await recordStatus({ ...options(), agents, ...(env === undefined ? {} : { env }) });
      return status.agents.map((each) => [...each.problems]);
    };
    assert.deepEqual(await problems(), [[], []]);
    fs.writeFileSync(path.join(workspace(), '.aegis'), '');
    for (const [first] of await problems())
      assert.match(
        first,
        /\.aegis is a file where the folder of the trail should be: nothing can be recorded\. Move it away\.$/,
      );
    fs.rmSync(path.join(workspace(), '.aegis'));
    const local = settingsFile(PLACES.claude, workspace());
    const files = [path.join(config, 'settings.json'), path.join(workspace(), '.claude', 'settings.json'), local];
    for (const file of files) {
      const before = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '{}';
      fs.writeFileSync(file, before.replace('{', '{ "disableAllHooks": true, // for now\n'));
      const [claude, vscode] = await problems();
      assert.deepEqual(vscode, []);
      assert.deepEqual(claude, [
        `${file} turns all hooks of Claude Code off: nothing of it is recorded. Take "disableAllHooks" out of it.`,
      ]);
      // What stands nearer to the workspace counts.
      fs.writeFileSync(file, before.replace('{', '{ "disableAllHooks": false,'));
      assert.deepEqual((await problems())[0], []);
    }
    fs.writeFileSync(local, fs.readFileSync(local, 'utf8').replace(' "disableAllHooks": false,', ''));
    fs.writeFileSync(files[1], '{}');
    fs.writeFileSync(files[0], '{}');
    const other = path.join(folder(), 'config');
    fs.mkdirSync(other);
    fs.writeFileSync(path.join(other, 'settings.json'), '{"disableAllHooks": true}');
    assert.match(
      (await problems({ ...env(), CLAUDE_CONFIG_DIR: other }))[0][0],
      /config\/settings\.json turns all hooks/,
    );
    fs.writeFileSync(path.join(other, 'settings.json'), 'no JSON');
    assert.deepEqual((await problems({ ...env(), CLAUDE_CONFIG_DIR: other }))[0], []);
  });

  it('installs nothing where no Node is new enough', async () => {
    const bin = path.join(folder(), 'bin');
    fs.mkdirSync(bin);
    for (const name of ['node', 'old-node'])
      fs.writeFileSync(path.join(bin, name), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    assert.equal(await findNode({ PATH: bin }, path.join(bin, 'old-node')), undefined);
    assert.equal(await findNode({ PATH: '' }, '/nowhere/node'), undefined);
    const real = { PATH: `${bin}${path.delimiter}${path.dirname(process.execPath)}` };
    const expected = path.join(path.dirname(process.execPath), 'node');
    assert.equal((await findNode(real, path.join(bin, 'old-node')))?.file, expected);
  });

  it('a hook that is newer is not replaced by an older one', () => {
    const place = path.join(folder(), 'hook');
    const [old, newer] = ['0.9.0', '0.10.1'].map((version) => {
      const file = path.join(folder(), `${version}.js`);
      fs.writeFileSync(file, `// aegis-audit-trail hook ${version}\n`);
      return file;
    });
    for (const [given, kept] of [
      [old, old],
      [newer, newer],
      [old, newer],
    ])
      assert.equal(fs.readFileSync(installHook(place, given), 'utf8'), fs.readFileSync(kept, 'utf8'));
    assert.deepEqual(fs.readdirSync(place), ['hook.js']);
  });

  it('a command is read back from the line that it became, on each system', () => {
    const command = {
      node: '/opt/no de/bin/node',
      isElectron: false,
      hook: "/home/o'neil/.local/state/aegis-audit-trail/hook/hook.js",
      agent: 'claude',
      dir: '/srv "x"/.aegis',
      policy: "/srv/'p'.yaml",
      isFailClosed: true,
    } as const;
    for (const isFailClosed of [true, false])
      assert.deepEqual(readCommandLine(commandLine({ ...command, isFailClosed }, true, 'linux')), {
        ...command,
        isFailClosed,
      });
    const electron = { ...command, isElectron: true };
    assert.deepEqual(readCommandLine(commandLine(electron, false, 'darwin')), electron);
    const windows = {
      ...command,
      node: 'C:\\Program Files\\nodejs\\node.exe',
      hook: 'C:\\Users\\a b\\AppData\\Roaming\\aegis-audit-trail\\hook\\hook.js',
      dir: 'D:\\code\\.aegis',
      policy: undefined,
    };
    const line = commandLine(windows, true, 'win32');
    assert.equal(
      line,
      '"C:/Program Files/nodejs/node.exe" --no-warnings "C:/Users/a b/AppData/Roaming/aegis-audit-trail/hook/hook.js" --agent claude --dir "D:/code/.aegis" --fail-closed',
    );
    assert.equal(readCommandLine(line)?.dir, 'D:/code/.aegis');
    assert.equal(readCommandLine('./guard.sh --agent claude'), undefined);
  });
});
