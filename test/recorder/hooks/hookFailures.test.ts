import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { AGENT_NAMES, type AgentName } from '../../../src/recorder/agents/agent';
import { InputError } from '../../../src/recorder/hook/readInput';
import { runHook } from '../../../src/recorder/hook/runHook';
import { temporaryFolder } from '../../unit/support/temporaryFolder';
import { assertAgrees, readTrail } from '../support/checkTrail';
import { hookFixture, hookIn } from './support/hooks';

const ASKED: Readonly<Record<AgentName, string>> = {
  claude: 'claude/PreToolUse.Bash',
  copilot: 'copilot/preToolUse',
  vscode: 'vscode/PreToolUse',
  cursor: 'cursor/preToolUse',
  codex: 'codex/PreToolUse',
  gemini: 'gemini/BeforeTool',
};

/** An answer that lets no call pass without a person. */
const DENIES = /"(permissionDecision|permission|decision)":"deny"/;
const ASKS_OR_DENIES = /"(permissionDecision|permission|decision)":"(ask|deny)"/;

describe('A hook where something fails', () => {
  const folder = temporaryFolder();
  const trail = (): string => path.join(folder(), '.aegis');
  const policy = (text: string): void => fs.writeFileSync(path.join(folder(), 'policy.yaml'), text);
  const never = 'rules: [{name: never, approval: block}]';
  const fine = 'rules: [{name: fine, approval: auto}]';

  for (const agent of AGENT_NAMES) {
    const asked = hookFixture(ASKED[agent]).payload;

    it(`${agent}: a policy that cannot be used asks, or denies where that is not known, with the reason`, async () => {
      policy('rules: [{approval: allow}]');
      const { stdout } = await hookIn(folder(), agent, asked);
      assert.match(stdout, ASKS_OR_DENIES);
      assert.match(stdout, /policy\.yaml, line 1: /);
      const { rows } = await assertAgrees(trail());
      assert.deepEqual([rows[0].approval, rows[0].matched_rule], ['approve', '<not judged>']);
    });

    it(`${agent}: a policy that was named and is not there does the same`, async () => {
      const { stdout } = await hookIn(folder(), agent, asked, { policy: path.join(folder(), 'gone.yaml') });
      assert.match(stdout, ASKS_OR_DENIES);
      assert.match(stdout, /gone\.yaml: It cannot be read \(ENOENT\)/);
    });

    it(`${agent}: what cannot be recorded lets the call pass, with a word, unless the policy blocks it`, async () => {
      fs.writeFileSync(trail(), 'a file where the folder should be');
      const passed = await hookIn(folder(), agent, asked);
      assert.doesNotMatch(passed.stdout, ASKS_OR_DENIES);
      assert.match(passed.stderr, /Aegis could not record this: .*Nothing was recorded\./);
      policy(never);
      const blocked = await hookIn(folder(), agent, asked);
      assert.match(blocked.stdout, DENIES);
      assert.match(blocked.stdout, /Blocked by policy rule: never/);
      assert.match(blocked.stderr, /Aegis could not record this/);
    });

    it(`${agent}: what cannot be recorded is denied where the person asked for that`, async () => {
      fs.writeFileSync(trail(), '');
      policy(fine);
      const { stdout } = await hookIn(folder(), agent, asked, { isFailClosed: true });
      assert.match(stdout, DENIES);
      assert.match(stdout, /Aegis could not record this/);
    });

    it(`${agent}: what is no JSON, no object or nothing at all lets the call pass, with a word`, async () => {
      policy(never);
      for (const input of ['{"session_id": ', 'hello', '', '[]', '7', 'null', '\u0000']) {
        const { stdout, stderr } = await hookIn(folder(), agent, input);
        assert.doesNotMatch(stdout, ASKS_OR_DENIES, input);
        assert.match(stderr, /Aegis did not record this: What the agent sent is no (JSON|object)\./, input);
      }
      const closed = await hookIn(folder(), agent, 'hello', { isFailClosed: true });
      assert.match(closed.stdout, DENIES);
    });

    it(`${agent}: an event that may be a call and cannot be understood is denied where the person asked for that`, async () => {
      for (const input of ['{}', '{"tool_name": 5}', '{"hook_event_name": "PreToolUse", "tool_input": {}}']) {
        const { stdout, stderr } = await hookIn(folder(), agent, input, { isFailClosed: true });
        assert.match(stdout, DENIES, input);
        assert.match(stderr, /Aegis could not understand/, input);
        assert.doesNotMatch((await hookIn(folder(), agent, input)).stdout, ASKS_OR_DENIES, input);
      }
      const { stdout } = await hookIn(folder(), agent, '{"hook_event_name": "SessionStart"}', { isFailClosed: true });
      assert.doesNotMatch(stdout, ASKS_OR_DENIES);
    });

    it(`${agent}: a call that is too large to be read passes no policy without a person`, async () => {
      const tooLarge = (): Promise<string> =>
        Promise.reject(new InputError('The agent sent a call of more than 64 MB.', true));
      const args = { agent, dir: trail(), policy: undefined, isFailClosed: false };
      assert.doesNotMatch((await runHook(args, tooLarge)).stdout, ASKS_OR_DENIES);
      policy(fine);
      const { stdout } = await runHook(args, tooLarge);
      assert.match(stdout, ASKS_OR_DENIES);
      assert.match(stdout, /more than 64 MB/);
    });
  }

  it('what is wrong and where comes first, then what came of it, then what to do, a sentence each', async () => {
    const said = async (agent: AgentName): Promise<unknown> => {
      const answer = JSON.parse((await hookIn(folder(), agent, hookFixture(ASKED[agent]).payload)).stdout) as {
        readonly user_message?: string;
        readonly hookSpecificOutput?: { readonly permissionDecisionReason: string };
      };
      return answer.user_message ?? answer.hookSpecificOutput?.permissionDecisionReason;
    };
    policy('rules: [');
    const wrong = `The policy cannot be used: ${path.join(folder(), 'policy.yaml')}, line 1: This [ is never closed. Write ] behind its last item, or put the text in quotes.`;
    const remedy = 'A person must mend it before calls can be judged.';
    assert.equal(await said('claude'), `${wrong} ${remedy}`);
    assert.equal(
      await said('cursor'),
      `${wrong} Cursor cannot ask on a hook's word, so this call is denied. ${remedy}`,
    );
    policy('rules: [{name: look, approval: approve}]');
    const look = 'The policy rule look wants a person to approve this.';
    const payload = { ...hookFixture(ASKED.cursor).payload, tool_use_id: 'another' };
    assert.match(
      (await hookIn(folder(), 'cursor', payload)).stdout,
      new RegExp(`"${look} Cursor cannot ask on a hook's word, so this call is denied\\."`),
    );
    const tooLarge = (): Promise<string> =>
      Promise.reject(new InputError('The agent sent a call of more than 64 MB.', true));
    const args = { agent: 'codex', dir: trail(), policy: undefined, isFailClosed: false } as const;
    assert.match(
      (await runHook(args, tooLarge)).stdout,
      /"The agent sent a call of more than 64 MB\. So the policy could not be asked\. Codex cannot ask on a hook's word, so this call is denied\."/,
    );
  });

  it('a call of over 10 MB is judged in full and recorded in part', async () => {
    policy(
      'rules: [{name: last word, match: {type: Write}, conditions: {param_contains: {content: secret end}}, approval: block}]',
    );
    const content = `${'0123456789abcdef'.repeat(700_000)} secret end`;
    const payload = {
      ...hookFixture('claude/PreToolUse.Bash').payload,
      tool_name: 'Write',
      tool_input: { file_path: '/a', content },
    };
    const { stdout } = await hookIn(folder(), 'claude', payload);
    assert.match(stdout, /Blocked by policy rule: last word/);
    const [{ action_params }] = readTrail(trail()).rows;
    assert.ok(String(action_params).length < 2_000_000);
  });

  it('a call that is nested too deep is judged by nobody: it is asked about, and recorded', async () => {
    const deep = `${'['.repeat(300)}${']'.repeat(300)}`;
    const payload = JSON.stringify({
      ...hookFixture('claude/PreToolUse.Bash').payload,
      tool_input: { deep: 0 },
    }).replace('"deep":0', `"deep":${deep}`);
    assert.equal((await hookIn(folder(), 'claude', payload)).stdout, '');
    policy(fine);
    const { stdout } = await hookIn(folder(), 'claude', payload.replace('toolu_01ABC123', 'toolu_2'));
    assert.match(stdout, /"ask"/);
    assert.match(stdout, /cannot be judged: .*nested deeper than 100 levels/);
    const { rows } = await assertAgrees(trail());
    assert.equal(rows.length, 2);
  });

  it('a condition that cannot be evaluated blocks', async () => {
    policy('rules: [{name: clock, conditions: {time_after: 99}, approval: auto}]');
    const { stdout } = await hookIn(folder(), 'claude', hookFixture('claude/PreToolUse.Bash').payload);
    assert.match(stdout, DENIES);
  });

  it('that takes too long answers all the same, by the policy', async () => {
    policy(never);
    const args = { agent: 'claude', dir: trail(), policy: undefined, isFailClosed: false } as const;
    const payload = JSON.stringify(hookFixture('claude/PreToolUse.Bash').payload);
    const { stdout, stderr } = await runHook(args, () => Promise.resolve(payload), 0);
    assert.match(stdout, DENIES);
    assert.match(stderr, /it took longer than 0 s/);
  });

  it('the policy of the folder in which the trail is counts where the agent is in another', async () => {
    policy(never);
    const payload = { ...hookFixture('codex/PreToolUse').payload, cwd: path.join(folder(), 'deep', 'below') };
    assert.match((await hookIn(folder(), 'codex', payload)).stdout, DENIES);
  });
});
