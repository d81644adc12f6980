import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { testCall } from '../../src/recorder/agents/testCall';
import { runAegis, type Ran } from '../unit/support/runAegis';
import { temporaryFolder } from '../unit/support/temporaryFolder';

interface StatusJson {
  readonly agents: readonly {
    readonly agent: string;
    readonly set_up: boolean;
    readonly file: string;
    readonly last_recorded: string | null;
    readonly problems: readonly string[];
  }[];
}

interface HealthJson {
  readonly made: number;
  readonly captured: number;
  readonly not_recorded: readonly { readonly action_target: string; readonly line: number }[];
  readonly not_made: readonly unknown[];
}

describe('aegis record', () => {
  const folder = temporaryFolder();
  const workspace = (): string => path.join(folder(), 'work space');
  const config = (): string => path.join(folder(), 'claude');
  const settings = (): string => path.join(workspace(), '.claude', 'settings.local.json');

  beforeEach(() => fs.mkdirSync(workspace()));

  const aegis = (...args: string[]): Ran =>
    runAegis(['record', ...args], {
      cwd: workspace(),
      env: { HOME: path.join(folder(), 'home'), XDG_STATE_HOME: folder(), CLAUDE_CONFIG_DIR: config() },
    });

  /** Runs what the settings have for an event, as Claude Code does. */
  function tell(session: string, times: number): void {
    const { hooks } = JSON.parse(fs.readFileSync(settings(), 'utf8')) as {
      hooks: Record<string, { hooks: { command: string }[] }[]>;
    };
    const { before, after } = testCall('claude', workspace(), session, Date.now());
    for (let i = 0; i < times; i++)
      for (const [event, payload] of [
        ['PreToolUse', before],
        ['PostToolUse', after],
      ] as const) {
        const input = JSON.stringify({ ...payload, tool_use_id: `call-${i}` });
        const { status, stderr } = spawnSync('sh', ['-c', hooks[event][0].hooks[0].command], {
          input,
          cwd: workspace(),
          encoding: 'utf8',
        });
        assert.deepEqual([status, stderr], [0, '']);
      }
  }

  it('on, status and off tell what is so, and leave other settings to the byte', () => {
    const written = '{\n  // mine\n\t"model": "opus", "permissions": {"deny": ["Read(.env)"]},\n}';
    fs.mkdirSync(path.dirname(settings()));
    fs.writeFileSync(settings(), written);
    const status = (): StatusJson => JSON.parse(aegis('status', '--format', 'json').stdout) as StatusJson;
    assert.equal(status().agents.find(({ agent }) => agent === 'claude')?.set_up, false);
    const on = aegis('on', '--agent', 'claude');
    assert.deepEqual([on.code, on.stderr], [0, '']);
    assert.match(on.stdout, /^Claude Code\s+on\s+.*settings\.local\.json\n/);
    assert.ok(fs.readFileSync(settings(), 'utf8').includes('// mine'));
    const [claude] = status().agents;
    assert.deepEqual([claude.set_up, claude.last_recorded, claude.problems], [true, null, []]);
    const off = aegis('off');
    assert.equal(off.code, 0);
    assert.equal(fs.readFileSync(settings(), 'utf8'), written);
  });

  const agentsIn = (text: string) => (JSON.parse(text) as { agents: Record<string, unknown>[] }).agents;

  it('on, status and off, for people and for programs', () => {
    const on = aegis('on', '--agent', 'claude', '--policy', 'rules.yaml', '--fail-closed');
    assert.equal(on.code, 0, on.stderr);
    assert.match(
      on.stdout,
      /^Claude Code {2}on {2}.*settings\.local\.json\n\nClaude Code, VS Code and GitHub Copilot CLI all read/,
    );
    fs.writeFileSync(path.join(workspace(), 'rules.yaml'), 'version: "1"');
    const { code, stdout } = aegis('status', '--format', 'json');
    assert.equal(code, 0);
    const [claude] = agentsIn(stdout);
    assert.deepEqual(
      { ...claude, node: undefined, file: undefined },
      {
        agent: 'claude',
        found: true,
        set_up: true,
        file: undefined,
        node: undefined,
        hook: path.join(folder(), 'aegis-audit-trail', 'hook', 'hook.js'),
        dir: path.join(workspace(), '.aegis'),
        policy: path.join(workspace(), 'rules.yaml'),
        fail_closed: true,
        last_recorded: null,
        problems: [],
      },
    );
    assert.match(aegis('status').stdout, /^Agent +Recording +Last recorded +Settings\nClaude Code +on +never +/);
    const off = aegis('off', '--format', 'json');
    assert.deepEqual(
      agentsIn(off.stdout).map(({ agent, change }) => [agent, change]),
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

  it('on again keeps what was set up, says what holds, and takes it back where that is asked for', () => {
    const said = (...args: string[]): string => {
      const { code, stdout, stderr } = aegis('on', '--agent', 'claude', ...args);
      assert.deepEqual([code, stderr], [0, '']);
      return stdout.replaceAll(/\s+/g, ' ').replaceAll(`${fs.realpathSync(workspace())}/`, '');
    };
    const own = 'judged by policy.yaml or aegis-policy.yaml of the workspace, where there is one.';
    assert.match(
      said(),
      new RegExp(`Recorded in \\.aegis, ${own} What cannot be recorded is made all the same, with a word\\. $`),
    );
    const all = /Recorded in trail, judged by rules\.yaml\. What cannot be judged or recorded is denied\. $/;
    assert.match(said('--dir', 'trail', '--policy', 'rules.yaml', '--fail-closed'), all);
    assert.match(said(), all);
    assert.match(
      said('--no-fail-closed'),
      /Recorded in trail, judged by rules\.yaml\. .* made all the same, with a word\. $/,
    );
    assert.match(said('--no-policy', '--dir', '.aegis'), new RegExp(`Recorded in \\.aegis, ${own}`));
    const two = aegis('on', '--agent', 'gemini', '--dir', 'trail', '--format', 'json');
    assert.deepEqual(
      agentsIn(two.stdout).map(({ agent, dir, policy, fail_closed }) => [agent, dir, policy, fail_closed]),
      [['gemini', path.join(fs.realpathSync(workspace()), 'trail'), null, false]],
    );
    fs.mkdirSync(path.join(workspace(), '.gemini'), { recursive: true });
    assert.match(
      aegis('on').stdout.replaceAll(/\s+/g, ' '),
      /Claude Code: Recorded in .*\.aegis, .* Gemini CLI: Recorded in .*trail, /,
    );
  });

  it('ends with 1 where something that is set up does not work, or settings are refused, and with 2 where nothing could be done', () => {
    const none = aegis('on');
    assert.deepEqual([none.code, none.stdout], [2, '']);
    assert.match(none.stderr, /^aegis: No agent was found/);
    assert.equal(aegis('on', '--agent', 'nobody').code, 2);
    aegis('on', '--agent', 'gemini');
    fs.rmSync(path.join(folder(), 'aegis-audit-trail'), { recursive: true });
    const broken = aegis('status', '--agent', 'gemini');
    assert.equal(broken.code, 1);
    assert.match(broken.stdout, /Gemini CLI +broken/);
    assert.match(broken.stdout.replaceAll(/\s+/g, ' '), /hook\.js is gone\. Run aegis record on\./);
    fs.writeFileSync(path.join(workspace(), '.gemini', 'settings.json'), 'no JSON');
    const refused = aegis('on', '--agent', 'gemini');
    assert.equal(refused.code, 1);
    assert.match(refused.stdout.replaceAll(/\s+/g, ' '), /is left as it is: it is no JSON\. Mend it, and try again\./);
  });

  it('status says when an agent was recorded last, and opens nothing that could write beside its database', () => {
    aegis('on', '--agent', 'claude');
    tell('s', 1);
    const trail = path.join(workspace(), '.aegis');
    const traces = (): string[] => fs.readdirSync(trail).map((name) => `${name} ${fs.statSync(path.join(trail, name)).mtimeMs}`); // prettier-ignore
    const before = traces();
    const { agents } = JSON.parse(aegis('status', '--format', 'json').stdout) as StatusJson;
    const [{ last_recorded }] = agents;
    assert.ok(Math.abs(Date.parse(last_recorded!) - Date.now()) < 60_000, String(last_recorded));
    assert.deepEqual(traces(), before);
    assert.match(aegis('status').stdout, /\nClaude Code\s+on\s+\d{4}-\d\d-\d\d /);
  });

  it('health says how many of the calls in Claude Code’s transcripts are recorded, and which are not', () => {
    aegis('on', '--agent', 'claude');
    const none = aegis('health');
    assert.equal(none.code, 2);
    assert.match(none.stdout, /^Nothing was checked: Claude Code has kept no transcript of this folder\./);
    tell('s', 2);
    const project = path.join(config(), 'projects', fs.realpathSync(workspace()).replace(/[^a-zA-Z0-9]/g, '-'));
    fs.mkdirSync(project, { recursive: true });
    const line = (id: string, command?: string): string => {
      const { tool_name, tool_input } = testCall('claude', fs.realpathSync(workspace()), 's', Date.now()).before;
      const call =
        command === undefined ? { name: tool_name, input: tool_input } : { name: 'Bash', input: { command } };
      return JSON.stringify({
        ...{ type: 'assistant', sessionId: 's', timestamp: '2999-01-01T00:00:00.000Z' },
        message: { content: [{ type: 'tool_use', id, ...call }] },
      });
    };
    const write = (...lines: string[]): void => fs.writeFileSync(path.join(project, 's.jsonl'), lines.join('\n'));
    write(line('call-0'), line('call-1'));
    const whole = aegis('health');
    assert.deepEqual([whole.code, whole.stdout], [0, '2 of 2 calls that Claude Code made are recorded.\n']);
    write(line('call-0'), line('missed', 'curl \u001b[2J\u202e'));
    const { code, stdout } = aegis('health');
    assert.equal(code, 1);
    assert.match(stdout, /^1 of 2 calls .*\n\nNot recorded\n.* Bash {2}curl \\u\{1b\}\[2J\\u\{202e\} .*s\.jsonl:2\n/);
    assert.match(stdout, /\n\nRecorded, and not in a transcript\n.*aegis_test/);
    const json = JSON.parse(aegis('health', '--format', 'json').stdout) as HealthJson;
    assert.deepEqual(
      [json.made, json.captured, json.not_recorded.map(({ line: at }) => at), json.not_made.length],
      [2, 1, [2], 1],
    );
    assert.equal(aegis('health', '--transcript', 'gone.jsonl').code, 2);
    const typo = aegis('health', '--session', 'TYPO');
    assert.deepEqual([typo.code, typo.stderr], [2, '']);
    assert.match(
      typo.stdout,
      /^Nothing was checked: no call of the session TYPO stands in the 1 transcript that was read\.\n/,
    );
    assert.equal(aegis('health', '--session', 'TYPO', '--format', 'json').code, 2);
    write('{}');
    assert.match(aegis('health').stdout, /^Nothing was checked: no call stands in the 1 transcript that was read\./);
    write(line('early', 'ls').replace('2999', '1999').replace('"s"', '"before"'));
    const early = aegis('health');
    assert.equal(early.code, 2);
    assert.match(
      early.stdout.replaceAll(/\s+/g, ' '),
      /^Nothing was checked: 1 call was made before the recording began\. /,
    );
  });

  it('health looks where the hook records, and tells what is recorded otherwise than it was made', () => {
    aegis('on', '--agent', 'claude', '--dir', 'trail', '--policy', 'rules.yaml');
    fs.writeFileSync(path.join(workspace(), 'rules.yaml'), 'rules: [{name: all, match: {type: "*"}, approval: auto}]');
    tell('s', 1);
    const project = path.join(config(), 'projects', fs.realpathSync(workspace()).replace(/[^a-zA-Z0-9]/g, '-'));
    fs.mkdirSync(project, { recursive: true });
    const content = [{ type: 'tool_use', id: 'call-0', name: 'aegis_test', input: { path: '/other' } }];
    const line = { type: 'assistant', sessionId: 's', timestamp: '2999-01-01T00:00:00.000Z', message: { content } };
    fs.writeFileSync(path.join(project, 's.jsonl'), `${JSON.stringify(line)}\n`);
    const { code, stdout } = aegis('health');
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^1 of 1 call that Claude Code made is recorded\. 1 is recorded otherwise than it was made\.\n\nInput differs\n.* aegis_test {2}\/other, recorded: .*s\.jsonl:1,\s+audit_chain\.jsonl:1\n$/s,
    );
    const json = JSON.parse(aegis('health', '--format', 'json').stdout) as Record<string, unknown[]>;
    assert.deepEqual([json.ran_although_blocked, json.outcome_not_recorded], [[], []]);
    const [{ recorded, ...told }] = json.input_differs as Record<string, unknown>[];
    assert.deepEqual(
      { ...told, transcript: '' },
      {
        transcript: '',
        session_id: 's',
        call_id: 'call-0',
        action_type: 'aegis_test',
        action_target: '/other',
        timestamp: '2999-01-01T00:00:00.000Z',
        line: 1,
      },
    );
    assert.deepEqual(
      { ...(recorded as object), action_id: '', action_target: '', chain: '', timestamp: '' },
      {
        session_id: 's',
        action_id: '',
        action_type: 'aegis_test',
        action_target: '',
        timestamp: '',
        result_status: 'success',
        chain: '',
        line: 1,
      },
    );
    assert.equal(aegis('health', '--dir', '.aegis').code, 1);
  });
});
