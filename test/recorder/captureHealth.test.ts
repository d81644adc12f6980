import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { captureHealth, type CaptureHealth } from '../../src/recorder/health/captureHealth';
import { claudeTranscripts } from '../../src/recorder/health/transcripts';
import { runHook, type HookAnswer } from '../../src/recorder/hook/runHook';
import { temporaryFolder } from '../unit/support/temporaryFolder';

interface Call {
  readonly id: string;
  readonly tool?: string;
  readonly command?: string;
  readonly session?: string;
  readonly at?: string;
  readonly input?: unknown;
}

const LATER = '2999-01-01T00:00:00.000Z';
const EARLIER = '2020-01-01T00:00:00.000Z';

/** A line as Claude Code writes it of what the model said. */
function said(...calls: readonly Call[]): string {
  const { session = 's1', at = LATER } = calls[0];
  const blocks = calls.map(({ id, tool = 'Bash', command = 'ls', input }) => ({
    type: 'tool_use',
    id,
    name: tool,
    input: input ?? { command },
  }));
  const content = [{ type: 'text', text: 'I will look.' }, ...blocks];
  return JSON.stringify({
    type: 'assistant',
    sessionId: session,
    timestamp: at,
    message: { role: 'assistant', content },
  });
}

/** A line with what became of a call. */
function became(id: string, isError?: boolean): string {
  const block = {
    type: 'tool_result',
    tool_use_id: id,
    content: 'said',
    ...(isError === undefined ? {} : { is_error: isError }),
  };
  return JSON.stringify({
    type: 'user',
    sessionId: 's1',
    timestamp: LATER,
    message: { role: 'user', content: [block] },
  });
}

describe('Capture health', () => {
  const folder = temporaryFolder();
  const trail = (): string => path.join(folder(), '.aegis');
  const transcript = (...lines: readonly string[]): string => {
    const file = path.join(folder(), 'transcript.jsonl');
    fs.writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
    return file;
  };

  /** What Claude Code tells its hook before a call. */
  async function told(call: Call): Promise<void> {
    assert.deepEqual(await tell('PreToolUse', call), { stdout: '', stderr: '' });
  }

  function tell(
    event: string,
    { id, tool = 'Bash', command = 'ls', session = 's1', input }: Call,
  ): Promise<HookAnswer> {
    const payload = {
      ...{ session_id: session, cwd: folder(), permission_mode: 'default', hook_event_name: event },
      ...{ tool_name: tool, tool_input: input ?? { command }, tool_use_id: id, tool_response: 'said' },
    };
    return runHook({ agent: 'claude', dir: trail(), policy: undefined, isFailClosed: false }, () =>
      Promise.resolve(JSON.stringify(payload)),
    );
  }

  const health = (file: string, session?: string): CaptureHealth =>
    captureHealth({ workspace: folder(), trail: trail(), transcripts: [file], session });
  const ids = ({ notRecorded }: CaptureHealth): string[] => notRecorded.map(({ callId }) => callId);

  it('is whole where each call that was made is recorded, and no other', async () => {
    for (const id of ['a', 'b', 'c']) await told({ id });
    const found = health(transcript(said({ id: 'a' }, { id: 'b' }), said({ id: 'c' })));
    assert.deepEqual([found.made, found.captured, ids(found), found.notMade], [3, 3, [], []]);
  });

  it('names each call that is not recorded, and each recorded one that was not made, with their places', async () => {
    for (const id of ['a', 'x', 'c']) await told({ id, command: `run ${id}` });
    const file = transcript(said({ id: 'a' }), said({ id: 'b', tool: 'Write' }), said({ id: 'c' }), said({ id: 'd' }));
    const found = health(file);
    assert.deepEqual([found.made, found.captured], [4, 2]);
    assert.deepEqual(
      found.notRecorded.map(({ callId, tool, line }) => [callId, tool, line, file]),
      [
        ['b', 'Write', 2, file],
        ['d', 'Bash', 4, file],
      ],
    );
    assert.deepEqual(
      found.notMade.map(({ tool, target, line, file: chain }) => [tool, target, line, path.basename(chain)]),
      [['Bash', 'run x', 2, 'audit_chain.jsonl']],
    );
  });

  describe('where a call is recorded otherwise than it was made', () => {
    const differences = (...lines: string[]) => {
      const { ranAlthoughBlocked, inputDiffers, outcomeNotRecorded, notMade, made, captured } = health(
        transcript(...lines),
      );
      assert.deepEqual([notMade, captured], [[], made]);
      const idsOf = (list: typeof inputDiffers): string[] => list.map(({ call }) => call.callId);
      return [idsOf(ranAlthoughBlocked), idsOf(inputDiffers), idsOf(outcomeNotRecorded)];
    };

    it('names those that were blocked and ran', async () => {
      fs.writeFileSync(path.join(folder(), 'policy.yaml'), 'rules: [{name: never, approval: block}]');
      for (const id of ['ran', 'stopped', 'told']) await tell('PreToolUse', { id });
      const calls = ['ran', 'stopped', 'told'].map((id) => said({ id }));
      await tell('PostToolUse', { id: 'told' });
      assert.deepEqual(differences(...calls, became('ran'), became('stopped', true), became('told', false)), [
        ['ran', 'told'],
        [],
        [],
      ]);
    });

    it('names those without an outcome that were done, and no other', async () => {
      for (const id of ['done', 'ended', 'refused', 'running']) await told({ id });
      await tell('PostToolUse', { id: 'ended' });
      const calls = ['done', 'ended', 'refused', 'running'].map((id) => said({ id }));
      assert.deepEqual(differences(...calls, became('done'), became('ended'), became('refused', true)), [
        [],
        [],
        ['done'],
      ]);
    });

    it('names those with another input, also where the trail says itself that it was changed', async () => {
      await told({ id: 'other', command: 'ls' });
      await told({ id: 'changed', command: 'ls' });
      await tell('PostToolUse', { id: 'changed', command: 'ls -a' });
      await told({ id: 'same', command: 'deploy --token abcdef123456' });
      await told({ id: 'edit', input: { file_path: path.join(folder(), 'a', 'b.ts'), text: 'x', replace_all: false } });
      await told({ id: 'more', input: { command: 'ls', sandbox: 'off' } });
      await told({ id: 'here', input: { path: folder() } });
      await told({ id: 'moved', input: { path: path.join(folder(), 'ab.ts') } });
      const lines = [
        said({ id: 'other', command: 'rm -r x' }),
        said({ id: 'changed', command: 'ls' }),
        said({ id: 'same', command: 'deploy --token abcdef123456' }),
        said({ id: 'edit', input: { file_path: 'a/b.ts', text: 'x' } }),
        said({ id: 'more' }),
        said({ id: 'here', input: { path: '.' } }),
        said({ id: 'moved', input: { path: 'b.ts' } }),
      ];
      assert.deepEqual(differences(...lines), [[], ['other', 'changed', 'more', 'moved'], []]);
      const [{ recorded, call }, changed] = health(transcript(...lines)).inputDiffers;
      assert.deepEqual(
        [call.line, path.basename(recorded.file), recorded.line, recorded.target],
        [1, 'audit_chain.jsonl', 1, 'ls'],
      );
      assert.equal(changed.recorded.target, 'ls -a');
    });

    it('does not take a call for changed that stands in the transcripts with an id that was used twice', async () => {
      await told({ id: 'twice', command: 'one' });
      await told({ id: 'twice', command: 'two' });
      assert.deepEqual(differences(said({ id: 'twice', command: 'one' })), [[], [], []]);
    });
  });

  it('does not count what was made before anything was recorded, and says how much that is', async () => {
    await told({ id: 'b' });
    const found = health(transcript(said({ id: 'a', at: EARLIER }), said({ id: 'b' }), said({ id: 'c' })));
    assert.deepEqual([found.made, found.captured, found.before, ids(found)], [2, 1, 1, ['c']]);
  });

  it('counts all of them where nothing is recorded at all', () => {
    const found = health(transcript(said({ id: 'a', at: EARLIER })));
    assert.deepEqual([found.made, found.captured, found.before, ids(found)], [1, 0, 0, ['a']]);
  });

  it('counts a call once that stands in two transcripts, as where a session goes on in another', async () => {
    await told({ id: 'a', session: 'old' });
    const found = health(transcript(said({ id: 'a', session: 'old' }), said({ id: 'a', session: 'new' })));
    assert.deepEqual([found.made, found.captured, found.notMade], [1, 1, []]);
  });

  it('says of which sessions there is no transcript, and looks at one alone', async () => {
    await told({ id: 'a', session: 'lost' });
    await told({ id: 'b' });
    const file = transcript(said({ id: 'b' }), said({ id: 'c', session: 's2' }));
    assert.deepEqual(health(file).withoutTranscript, ['lost']);
    assert.deepEqual([health(file).made, health(file, 's1').made, health(file, 's1').withoutTranscript], [2, 1, []]);
  });

  it('reads chains that were put away, and changes nothing', async () => {
    await told({ id: 'a' });
    fs.renameSync(
      path.join(trail(), 'audit_chain.jsonl'),
      path.join(trail(), 'audit_chain.2026-11-30T101500.123456Z.jsonl'),
    );
    const before = fs.readdirSync(trail()).map((name) => [name, fs.statSync(path.join(trail(), name)).mtimeMs]);
    assert.equal(health(transcript(said({ id: 'a' }))).captured, 1);
    assert.deepEqual(
      fs.readdirSync(trail()).map((name) => [name, fs.statSync(path.join(trail(), name)).mtimeMs]),
      before,
    );
  });

  it('takes lines for nothing that are torn, hostile or none of a transcript', async () => {
    await told({ id: 'a' });
    const odd = [
      '{"type":"assistant","message":{"content":[{"type":"tool_use","id":"z"',
      '[]',
      'null "tool_use"',
      '{"type":"assistant","sessionId":7,"message":{"content":[{"type":"tool_use","id":"z","name":"x"}]}}',
      '{"type":"assistant","sessionId":"s1","message":{"content":{"type":"tool_use"}}}',
      '{"type":"assistant","sessionId":"s1","message":{"content":[null,1,{"type":"tool_use","id":1,"name":"x"}]}}',
      '{"type":"assistant","sessionId":"s1","message":{"content":[{"type":"server_tool_use","id":"z","name":"x"}]}}',
      `{"__proto__":{"type":"assistant"},"x":"tool_use"}`,
      `${'['.repeat(100_000)}"tool_use"`,
    ];
    const found = health(transcript(...odd, said({ id: 'a' })));
    assert.deepEqual([found.made, found.captured], [1, 1]);
  });

  it('finds the transcripts of a workspace, with those of subagents, and follows no links', () => {
    const config = path.join(folder(), 'config');
    const workspace = path.join(folder(), 'my.project_1');
    const project = path.join(config, 'projects', workspace.replace(/[^a-zA-Z0-9]/g, '-'));
    const files = ['b.jsonl', 'a.jsonl', path.join('a', 'subagents', 'agent-1.jsonl'), path.join('a', 'other.json')];
    for (const file of files) {
      fs.mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
      fs.writeFileSync(path.join(project, file), '');
    }
    fs.symlinkSync(project, path.join(project, 'loop'));
    fs.mkdirSync(path.join(config, 'projects', 'another'));
    assert.deepEqual(
      claudeTranscripts(workspace, { CLAUDE_CONFIG_DIR: config }).map((file) => path.relative(project, file)),
      [path.join('a', 'subagents', 'agent-1.jsonl'), 'a.jsonl', 'b.jsonl'],
    );
    assert.deepEqual(claudeTranscripts(workspace, { CLAUDE_CONFIG_DIR: path.join(folder(), 'none') }), []);
  });

  it('says which transcript cannot be read', () => {
    assert.throws(() => health(path.join(folder(), 'gone.jsonl')), /gone\.jsonl cannot be read \(ENOENT\)\./);
  });
});
