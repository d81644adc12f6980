import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from '../../unit/support/temporaryFolder';
import { assertAgrees } from '../support/checkTrail';
import { hookFixture, hookIn } from './support/hooks';

describe('A call that an agent tells of', () => {
  const folder = temporaryFolder();
  const trail = (): string => path.join(folder(), '.aegis');
  const before = hookFixture('claude/PreToolUse.Bash').payload;
  const after = {
    ...hookFixture('claude/PostToolUse.Write').payload,
    ...callOf(before),
    tool_response: { stdout: 'ok' },
  };

  /** Of Gemini CLI, which gives no ids. */
  const beforeWithout = hookFixture('gemini/BeforeTool').payload;
  const afterWithout = {
    ...hookFixture('gemini/AfterTool').payload,
    tool_name: beforeWithout.tool_name,
    tool_input: beforeWithout.tool_input,
  };

  it('is one action with its outcome, by the id of the call', async () => {
    await hookIn(folder(), 'claude', before);
    await hookIn(folder(), 'claude', { ...before, tool_use_id: 'toolu_other' });
    await hookIn(folder(), 'claude', after);
    const { rows, entries } = await assertAgrees(trail());
    assert.deepEqual(
      rows.map(({ result_status }) => result_status),
      ['success', null],
    );
    assert.equal(rows[0].result_data, '{"stdout": "ok"}');
    const ids = entries.map(({ metadata }) => String(metadata.action_id));
    assert.equal(ids[0], ids[2]);
    assert.match(ids[0], /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    const told = (entries[0].metadata as { action_params: unknown }).action_params;
    assert.deepEqual(told, before.tool_input);
  });

  it('is recorded once, and answered the same, however often and to whichever hook it is told', async () => {
    fs.writeFileSync(
      path.join(folder(), 'policy.yaml'),
      'rules: [{name: look, match: {type: editFiles}, approval: approve}]',
    );
    const asked = hookFixture('vscode/PreToolUse').payload;
    const done = { ...hookFixture('vscode/PostToolUse').payload, tool_use_id: asked.tool_use_id };
    const answers = [];
    for (const agent of ['vscode', 'claude', 'claude'] as const) answers.push(await hookIn(folder(), agent, asked));
    assert.equal(new Set(answers.map(({ stdout }) => stdout)).size, 1);
    assert.match(answers[0].stdout, /"ask"/);
    for (const agent of ['claude', 'vscode', 'claude'] as const)
      assert.deepEqual(await hookIn(folder(), agent, done), { stdout: '', stderr: '' });
    const { rows, entries } = await assertAgrees(trail());
    assert.equal(rows.length, 1);
    assert.equal(entries.length, 2);
    assert.equal(rows[0].agent_id, 'vscode');
  });

  it('that was blocked is denied again when it is told again, and what is told of its end changes nothing', async () => {
    fs.writeFileSync(path.join(folder(), 'policy.yaml'), 'rules: [{name: never, approval: block}]');
    const asked = hookFixture('cursor/preToolUse').payload;
    const answers = [await hookIn(folder(), 'cursor', asked), await hookIn(folder(), 'claude', asked)];
    for (const { stdout } of answers) assert.equal((JSON.parse(stdout) as { permission: string }).permission, 'deny');
    const denied = { ...hookFixture('cursor/postToolUseFailure.denied').payload, tool_use_id: asked.tool_use_id };
    assert.deepEqual(await hookIn(folder(), 'cursor', denied), { stdout: '{}', stderr: '' });
    const { rows } = await assertAgrees(trail());
    assert.deepEqual(
      rows.map(({ result_status }) => result_status),
      ['blocked'],
    );
  });

  it('that acts on several files is blocked where one of them is, wherever it stands', async () => {
    fs.writeFileSync(
      path.join(folder(), 'policy.yaml'),
      "rules: [{name: secrets, match: {target: 'secrets/*'}, approval: block}, {name: others, approval: auto}]",
    );
    const patch = (...lines: string[]): unknown => ({ command: ['*** Begin Patch', ...lines, '*** End Patch'].join('\n') }); // prettier-ignore
    const calls: [string, unknown, boolean][] = [
      ['apply_patch', patch('*** Update File: ok.txt', '*** Update File: secrets/k'), true],
      ['apply_patch', patch('*** Delete File: secrets/k', '*** Delete File: ok.txt'), true],
      ['apply_patch', patch('*** Update File: ok.txt', '*** Move to: secrets/k'), true],
      ['apply_patch', patch('*** Update File: ok.txt', '*** Add File: fine.txt'), false],
      ['mcp__fs__read_multiple_files', { paths: ['a', 'secrets/k'] }, true],
      ['mcp__fs__move_file', { source: 'a', destination: 'secrets/k' }, true],
      ['mcp__fs__move_file', { source: 'a', destination: 'b' }, false],
      ['mcp__fs__copy', { path: 'a', destination: 'secrets/k' }, true],
      ['read_many_files', { include: ['secrets/k'] }, true],
      ['Read', { target_file: 'secrets/k' }, true],
    ];
    for (const [i, [tool_name, tool_input, isDenied]] of calls.entries()) {
      const { stdout } = await hookIn(folder(), 'claude', { ...before, tool_use_id: `c${i}`, tool_name, tool_input });
      assert.equal(stdout.includes('"deny"'), isDenied, JSON.stringify(tool_input));
    }
    const { rows } = await assertAgrees(trail());
    assert.equal(rows[0].action_target, 'ok.txt, secrets/k');
    assert.equal(rows[0].matched_rule, 'secrets');
  });

  it('that was blocked and is told to have been made is recorded as made, once, beside the one that was blocked', async () => {
    fs.writeFileSync(path.join(folder(), 'policy.yaml'), 'rules: [{name: never, approval: block}]');
    await hookIn(folder(), 'claude', before);
    for (let i = 0; i < 2; i++) assert.deepEqual(await hookIn(folder(), 'claude', after), { stdout: '', stderr: '' });
    const { rows, entries } = await assertAgrees(trail());
    assert.deepEqual(
      rows.map((row) => [row.approval, row.result_status, row.action_desc]),
      [
        ['block', 'blocked', null],
        ['block', 'success', 'It was not to be made, and was made all the same.'],
      ],
    );
    assert.deepEqual(
      entries.map(({ metadata }) => metadata.phase),
      ['decision', 'attempt', 'outcome'],
    );
  });

  describe('with another input than was judged', () => {
    const changed = { command: 'npm test -- --all' };
    const afterChanged = { ...after, tool_input: changed };
    const storyOf = async (): Promise<unknown[]> => {
      const { rows } = await assertAgrees(trail());
      return rows.map((row) => [row.action_target, row.approval, row.result_status, row.action_desc, row.result_error]);
    };

    it('is recorded with what was made, as an action of its own that the policy judges, once', async () => {
      fs.writeFileSync(
        path.join(folder(), 'policy.yaml'),
        "rules: [{name: all, match: {target: '*--all'}, approval: block}, {name: others, approval: auto}]",
      );
      await hookIn(folder(), 'claude', before);
      for (let i = 0; i < 2; i++)
        assert.deepEqual(await hookIn(folder(), 'claude', afterChanged), { stdout: '', stderr: '' });
      assert.deepEqual(await storyOf(), [
        [
          'npm test',
          'auto',
          'skipped',
          null,
          'It was made with another input, which is recorded as an action of its own.',
        ],
        [
          'npm test -- --all',
          'block',
          'success',
          'Its input was changed after it was judged: it was made with this one.',
          null,
        ],
      ]);
      const { entries, rows } = await assertAgrees(trail());
      assert.deepEqual(JSON.parse(String(rows[1].action_params)), changed);
      const ids = entries.map(({ metadata }) => String(metadata.action_id));
      assert.equal(new Set(ids).size, 2);
      for (const id of ids) assert.ok(id.startsWith(ids[0]), 'it is known by its id which call it belongs to');
    });

    it('that differs in nothing but the order of its members, is the same call', async () => {
      const { timeout, ...others } = before.tool_input as Readonly<Record<string, unknown>>;
      await hookIn(folder(), 'claude', { ...before, tool_input: { ...others, timeout } });
      await hookIn(folder(), 'claude', { ...after, tool_input: { timeout, ...others } });
      assert.deepEqual(await storyOf(), [['npm test', 'auto', 'success', null, null]]);
    });

    it('and was then denied was not made: it ends what was judged', async () => {
      await hookIn(folder(), 'claude', before);
      const denied = { ...afterChanged, hook_event_name: 'PermissionDenied', tool_response: undefined, reason: 'No.' };
      await hookIn(folder(), 'claude', denied);
      assert.deepEqual(await storyOf(), [['npm test', 'auto', 'denied', null, 'No.']]);
    });

    it('under an id that was used before, is a call of its own, recorded as the policy judges it, once', async () => {
      fs.writeFileSync(
        path.join(folder(), 'policy.yaml'),
        "rules: [{name: all, match: {target: '*--all'}, approval: block}, {name: others, approval: auto}]",
      );
      await hookIn(folder(), 'claude', before);
      for (let i = 0; i < 2; i++) {
        const { stdout } = await hookIn(folder(), 'claude', { ...before, tool_input: changed });
        assert.match(stdout, /Blocked by policy rule: all/);
      }
      await hookIn(folder(), 'claude', { ...before, tool_input: { command: 'ls' } });
      await hookIn(folder(), 'claude', { ...after, tool_input: { command: 'ls' } });
      await hookIn(folder(), 'claude', after);
      const used = 'Its call has the id of another one with another input.';
      assert.deepEqual(await storyOf(), [
        ['npm test', 'auto', 'success', null, null],
        ['npm test -- --all', 'block', 'blocked', used, 'Blocked by policy rule: all'],
        ['ls', 'auto', 'success', used, null],
      ]);
    });

    it('and was blocked with both, was made all the same', async () => {
      fs.writeFileSync(path.join(folder(), 'policy.yaml'), 'rules: [{name: never, approval: block}]');
      await hookIn(folder(), 'claude', before);
      for (let i = 0; i < 2; i++) await hookIn(folder(), 'claude', afterChanged);
      assert.deepEqual(
        (await storyOf()).map((row) => (row as unknown[]).slice(0, 4)),
        [
          ['npm test', 'block', 'blocked', null],
          ['npm test -- --all', 'block', 'success', 'It was not to be made, and was made all the same.'],
        ],
      );
    });
  });

  it('without an id, ends the oldest of the open ones that were made with the same', async () => {
    for (const second of ['00', '01', '02'])
      await hookIn(folder(), 'gemini', { ...beforeWithout, timestamp: `2026-12-01T10:30:${second}Z` });
    await hookIn(folder(), 'gemini', { ...beforeWithout, tool_input: { file_path: '/other' } });
    await hookIn(folder(), 'gemini', { ...beforeWithout, session_id: 'g-2' });
    for (const [second, llmContent] of [
      ['05', 'first'],
      ['06', 'second'],
    ])
      await hookIn(folder(), 'gemini', {
        ...afterWithout,
        timestamp: `2026-12-01T10:30:${second}Z`,
        tool_response: { llmContent },
      });
    const { rows } = await assertAgrees(trail());
    assert.deepEqual(
      rows.map(({ result_data }) => result_data),
      ['{"llmContent": "first"}', '{"llmContent": "second"}', null, null, null],
    );
  });

  it('without an id is one call where the agent says the same at the same time, else one for each telling', async () => {
    await hookIn(folder(), 'gemini', beforeWithout);
    await hookIn(folder(), 'gemini', beforeWithout);
    const untimed = { ...beforeWithout, timestamp: undefined, tool_name: 'glob' };
    await hookIn(folder(), 'gemini', untimed);
    await hookIn(folder(), 'gemini', untimed);
    const { rows } = await assertAgrees(trail());
    assert.deepEqual(
      rows.map(({ action_type }) => action_type),
      ['write_file', 'glob', 'glob'],
    );
  });

  it('pairs by parameters that hold a secret, which is in neither', async () => {
    const secret = { command: 'deploy --token abcdef123456', env: { API_KEY: 'k-1234567890' } };
    await hookIn(folder(), 'gemini', { ...beforeWithout, tool_input: secret });
    await hookIn(folder(), 'gemini', { ...afterWithout, tool_input: secret });
    const { rows } = await assertAgrees(trail());
    assert.equal(rows.length, 1);
    assert.equal(rows[0].result_status, 'success');
    for (const file of fs.readdirSync(trail()))
      assert.doesNotMatch(fs.readFileSync(path.join(trail(), file), 'latin1'), /abcdef123456|k-1234567890/, file);
  });

  it('whose beginning nobody told is recorded with its end, and says so; told again, it is not recorded again', async () => {
    await hookIn(folder(), 'claude', after);
    await hookIn(folder(), 'claude', after);
    const { rows, entries } = await assertAgrees(trail());
    assert.equal(rows.length, 1);
    assert.equal(rows[0].result_status, 'success');
    assert.equal(rows[0].action_desc, 'Nothing was told of it before it ended.');
    assert.deepEqual(
      entries.map(({ metadata }) => metadata.phase),
      ['attempt', 'outcome'],
    );
  });

  it('that is called with what is no object, or with nothing, is recorded', async () => {
    await hookIn(folder(), 'claude', { ...before, tool_input: 'just a text', tool_use_id: 'a' });
    await hookIn(folder(), 'claude', { ...before, tool_input: ['x', 'y'], tool_use_id: 'b' });
    await hookIn(folder(), 'claude', { ...before, tool_input: undefined, tool_use_id: 'c' });
    await hookIn(folder(), 'claude', { ...before, session_id: 7, tool_use_id: 'd' });
    const { rows } = await assertAgrees(trail());
    assert.deepEqual(
      rows.map(({ action_params, action_target, session_id }) => [action_params, action_target, session_id]),
      [
        ['{"value": "just a text"}', 'just a text', 'abc123'],
        ['{"value": ["x", "y"]}', '', 'abc123'],
        ['{}', '', 'abc123'],
        [
          '{"command": "npm test", "description": "Run test suite", "run_in_background": false, "timeout": 120000}',
          'npm test',
          '',
        ],
      ],
    );
  });

  function callOf({ tool_name, tool_input, tool_use_id }: Readonly<Record<string, unknown>>) {
    return { tool_name, tool_input, tool_use_id };
  }
});
