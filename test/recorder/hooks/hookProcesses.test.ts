import * as assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from '../../unit/support/temporaryFolder';
import { assertAgrees } from '../support/checkTrail';
import { HOOK, hookFixture, startHook } from './support/hooks';

describe('The hook as agents start it', () => {
  const folder = temporaryFolder();
  const trail = (): string => path.join(folder(), '.aegis');
  const payload = hookFixture('claude/PreToolUse.Bash').payload;
  const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    ...process.env,
    CLAUDE_PROJECT_DIR: '',
    ...more,
  });

  it('twenty at once lose nothing and double nothing, attempts and outcomes, and the chain verifies', async () => {
    const calls = Array.from({ length: 20 }, (_, i) => ({
      ...payload,
      tool_use_id: `toolu_${i}`,
      session_id: `s${i % 3}`,
    }));
    const run = (each: object) => startHook(['--agent', 'claude', '--dir', trail()], JSON.stringify(each));
    const asked = await Promise.all([...calls, calls[0], calls[1]].map(run));
    const ended = await Promise.all(
      calls.map((call) => run({ ...call, hook_event_name: 'PostToolUse', tool_response: 'ok' })),
    );
    for (const each of [...asked, ...ended]) assert.deepEqual(each, { stdout: '', stderr: '', code: 0 });
    const { rows, entries } = await assertAgrees(trail());
    assert.equal(rows.length, 20);
    assert.equal(entries.length, 40);
    assert.ok(rows.every(({ result_status }) => result_status === 'success'));
  }).timeout(60_000);

  it('writes beside the workspace that the agent names, else where the payload says', async () => {
    const named = path.join(folder(), 'named');
    const told = path.join(folder(), 'told');
    fs.mkdirSync(named);
    fs.mkdirSync(told);
    await startHook(['--agent', 'claude'], JSON.stringify({ ...payload, cwd: told }), {
      env: env({ CLAUDE_PROJECT_DIR: named }),
    });
    await startHook(['--agent', 'claude'], JSON.stringify({ ...payload, cwd: told }), { env: env() });
    for (const place of [named, told]) {
      await assertAgrees(path.join(place, '.aegis'));
      assert.match(fs.readFileSync(path.join(place, '.aegis', '.gitignore'), 'utf8'), /^\*$/m);
    }
  });

  it('ends with 0 and says what is wrong, also where the command line is', async () => {
    for (const args of [[], ['--agent'], ['--agent', 'nobody'], ['--agent', 'claude', '--nonsense'], ['what']]) {
      const { code, stdout, stderr } = await startHook(args, JSON.stringify(payload), { cwd: folder() });
      assert.deepEqual({ code, stdout }, { code: 0, stdout: '' }, args.join(' '));
      assert.match(stderr, /^aegis: .*Usage: aegis hook --agent/, args.join(' '));
    }
    const { code, stdout } = await startHook(['--agent', 'claude', '--dir', trail()], 'not JSON');
    assert.equal(code, 0);
    assert.match(stdout, /^\{"systemMessage":"Aegis did not record this: What the agent sent is no JSON\."\}$/);
  });

  it('does not wait for ever for a payload that does not come', async () => {
    const start = Date.now();
    const { code, stderr } = await startHook(['--agent', 'claude', '--dir', trail()], undefined);
    assert.equal(code, 0);
    assert.match(stderr, /did not send the whole call within 5 s/);
    assert.ok(Date.now() - start < 15_000);
  }).timeout(30_000);

  it('does not mind an agent that has stopped listening', async () => {
    fs.writeFileSync(path.join(folder(), 'policy.yaml'), 'rules: [{name: never, approval: block}]');
    const child = spawn(process.execPath, [HOOK, '--agent', 'claude', '--dir', trail()]);
    child.stdout.destroy();
    child.stdin.end(JSON.stringify(payload));
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(code, 0);
    const { rows } = await assertAgrees(trail());
    assert.equal(rows[0].result_status, 'blocked');
  });

  it('on a Node without SQLite records nothing, says so, and denies all the same what the policy blocks', async () => {
    const without = env({ NODE_OPTIONS: '--no-experimental-sqlite' });
    const passed = await startHook(['--agent', 'claude', '--dir', trail()], JSON.stringify(payload), { env: without });
    assert.equal(passed.code, 0);
    assert.match(
      passed.stdout,
      /^\{"systemMessage":"Aegis could not record this: Recording needs Node 22\.13 or newer/,
    );
    fs.writeFileSync(path.join(folder(), 'policy.yaml'), 'rules: [{name: never, approval: block}]');
    const blocked = await startHook(['--agent', 'claude', '--dir', trail()], JSON.stringify(payload), { env: without });
    assert.equal(blocked.code, 0);
    assert.match(blocked.stdout, /"permissionDecision":"deny".*Blocked by policy rule: never/);
  });

  it('is also a command of aegis', async () => {
    const cli = path.resolve('dist', 'cli.js');
    const run = (args: readonly string[], input: string): Promise<{ code: number | null; stdout: string }> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [cli, 'hook', ...args]);
        let stdout = '';
        child.stdout.on('data', (part: Buffer) => (stdout += part.toString()));
        child.on('close', (code) => resolve({ code, stdout }));
        child.stdin.end(input);
      });
    assert.deepEqual(await run(['--agent', 'claude', '--dir', trail()], JSON.stringify(payload)), {
      code: 0,
      stdout: '',
    });
    assert.equal((await run(['--agnt', 'claude'], '')).code, 0);
    await assertAgrees(trail());
  });
});
