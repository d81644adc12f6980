import * as assert from 'node:assert/strict';
import { describedRefusals, ensureClaudeAgentSdkIsThere, FRAMEWORKS } from './support/frameworks';
import { project, short, type Recorded, type SeenError } from './support/program';

const framework = (name: string): (typeof FRAMEWORKS)[number] => FRAMEWORKS.find((each) => each.name === name)!;
const results = (recorded: readonly Recorded[]): string[] =>
  recorded.map(({ tool, status, row }) => [tool, status, row.result_error ?? row.result_data].map(String).join(' '));

const SECRETS = `version: '1'
rules:
  - name: no_secrets
    match: { type: read_file, target: 'secret*' }
    approval: block
  - name: others
    approval: auto
`;

describe('A recorded call', function () {
  this.timeout(120_000);
  before(ensureClaudeAgentSdkIsThere);
  const inProject = project();
  const approve = true;

  for (const name of ['langchain', 'ai', 'openai'])
    it(`is the same while results are streamed: ${framework(name).title}`, async () => {
      const { run, recorded } = inProject();
      const { seen, made } = run(name, 'before', { scene: 'stream', approve });
      assert.deepEqual(made, ['read_file', 'send_mail']);
      assert.deepEqual(describedRefusals(framework(name), seen), [
        'delete_user: Blocked by policy rule: nothing_is_deleted',
      ]);
      assert.equal((await recorded()).length, 3);
    });

  it('is the same by an agent that the AI SDK has for it', async () => {
    const { run, recorded } = inProject();
    run('ai', 'before', { scene: 'loop', approve: false });
    assert.deepEqual(short(await recorded()), [
      'read_file success reading -',
      'send_mail denied mails_need_a_person denied',
      'delete_user blocked nothing_is_deleted -',
    ]);
  });

  describe('with a policy about secrets', () => {
    const withSecrets = project({ policy: SECRETS.replace('type: read_file, ', '') });

    it('on several files is blocked where one of them is: Model Context Protocol', async () => {
      const { run, recorded } = withSecrets();
      const { seen } = run<readonly unknown[]>('mcp', 'before', { scene: 'several' });
      assert.equal(seen[0], 'made');
      assert.equal((seen[1] as SeenError).isBlocked, true);
      assert.deepEqual(
        (await recorded()).map(({ row }) => [row.action_target, row.result_status]),
        [
          ['a.txt, b.txt', 'success'],
          ['secret/b.txt', 'blocked'],
        ],
      );
    });
  });

  it('is made as it was judged, whatever the program does with its object meanwhile: Model Context Protocol', async () => {
    const { run, recorded } = inProject();
    const { seen, made } = run<readonly string[]>('mcp', 'before', { scene: 'reused', approve });
    assert.equal(seen.length, 2);
    assert.deepEqual(made, ['read_file', 'read_file']);
    assert.deepEqual(
      (await recorded()).map(({ row }) => [row.action_type, row.action_target, row.result_status]),
      [
        ['read_file', 'a.txt', 'success'],
        ['read_file', 'b.txt', 'success'],
      ],
    );
  });

  it('of a Model Context Protocol client fails where its result says so, is captured however it is asked for, and several at once are', async () => {
    const { run, recorded } = inProject();
    const { seen } = run('mcp', 'before', { scene: 'others' });
    assert.deepEqual(seen, { isError: true, asked: 'read_file is done', both: 2 });
    const rows = await recorded();
    assert.equal(results(rows)[0], 'read_file failed There is no missing.txt.');
    assert.deepEqual(
      rows.map(({ row }) => row.action_target),
      ['missing.txt', 'b.txt', 'c.txt', 'd.txt'],
    );
  });

  it('of LangChain is handed on as it is: a value, an error, what comes bit by bit, what a tool of an own class makes of its input', async () => {
    const { run, recorded } = inProject();
    const { seen } = run<Record<string, unknown>>('langchain', 'before', { scene: 'others' });
    const { thrown, ...rest } = seen;
    assert.deepEqual(rest, { returned: 'read_file is done', bits: 'three', events: ['one', 'two'], own: 'kept true' });
    assert.equal((thrown as SeenError).message, 'There is no missing.txt.');
    assert.deepEqual(results(await recorded()), [
      'read_file success "read_file is done"',
      'read_file failed There is no missing.txt.',
      'read_slowly success "three"',
      'read_own success "kept true"',
    ]);
  });

  it('of LangChain belongs to its thread', async () => {
    const { run, recorded } = inProject();
    run('langchain', 'before');
    assert.deepEqual([...new Set((await recorded()).map(({ row }) => row.session_id))], ['thread-7']);
  });

  it('of the AI SDK is handed on as it is: what comes bit by bit from a generator and from anything else, an error', async () => {
    const { run, recorded } = inProject();
    const { seen } = run<readonly unknown[]>('ai', 'before', { scene: 'others' });
    assert.deepEqual(seen.slice(0, 6), [
      { output: 'one', preliminary: true },
      { output: 'two', preliminary: true },
      { output: 'two', preliminary: false },
      { output: 1, preliminary: true },
      { output: 2, preliminary: true },
      { output: 2, preliminary: false },
    ]);
    assert.deepEqual(results(await recorded()), [
      'read_slowly success "two"',
      'read_plainly success 2',
      'read_failing failed There is no missing.txt.',
    ]);
  });

  it('of OpenAI Agents fails where the function threw, and is refused to the program too', async () => {
    const { run, recorded } = inProject();
    const { seen, made } = run<{ direct: SeenError }>('openai', 'before', { scene: 'others' });
    assert.deepEqual([seen.direct.name, seen.direct.rule], ['ActionBlockedError', 'nothing_is_deleted']);
    assert.deepEqual(made, ['read_file', 'read_file']);
    assert.deepEqual(
      (await recorded()).map(({ tool, status }) => `${String(tool)} ${String(status)}`),
      ['read_file failed', 'read_file failed', 'delete_user blocked'],
    );
  });

  it('of OpenAI Agents is also a command and a patch that the program carries out', async () => {
    const { run, recorded } = inProject();
    const { seen, made } = run<{ outputs: { output: unknown }[] }>('openai', 'before', { scene: 'local' });
    assert.deepEqual(made, ['ls', 'rm -rf /', 'a.txt']);
    assert.equal(seen.outputs[3].output, 'Blocked by policy rule: nothing_is_deleted');
    assert.deepEqual(
      (await recorded()).map(({ tool, row }) => `${String(tool)} ${String(row.action_target)}`),
      ['shell ls', 'shell rm -rf /', 'create_file a.txt', 'delete_file b.txt'],
    );
  });

  it('of the Claude Agent SDK fails where the tool did, is denied where the program itself denies it, and leaves its hooks alone', async () => {
    const { run, recorded } = inProject();
    const { seen, made } = run<{ own: string[] }>('claude', 'before', { scene: 'others' });
    assert.deepEqual(made, ['read_file']);
    assert.deepEqual(seen.own, ['read_file', 'read_secret']);
    assert.deepEqual(results(await recorded()), [
      'read_file failed There is no missing.txt.',
      'read_secret denied Not today.',
    ]);
  });

  it('of the Claude Agent SDK is the same of an agent that was started beforehand, and belongs to its session', async () => {
    const { run, recorded } = inProject();
    run('claude', 'before', { scene: 'warm', approve });
    const rows = await recorded();
    assert.equal(short(rows).at(-1), 'delete_user blocked nothing_is_deleted -');
    assert.deepEqual([...new Set(rows.map(({ row }) => row.session_id))], ['b3f0a6de-0000-4000-8000-000000000001']);
  });

  it('of the Claude Agent SDK is judged anew where the program changes its input', async () => {
    const { run, recorded, write } = inProject();
    write('policy.yaml', SECRETS);
    const { made } = run('claude', 'before', { scene: 'changed' });
    assert.deepEqual(made, ['read_file']);
    assert.deepEqual(results(await recorded()), [
      'read_file success "read_file is done"',
      'read_file denied The program changed the input.',
      'read_file blocked Blocked by policy rule: no_secrets',
    ]);
  });

  it('that two libraries tell of is one, unless it is another or the policy is stricter about what is within', async () => {
    const { run, recorded } = inProject();
    run('ai', 'before', { scene: 'nested' });
    const rows = (await recorded()).map(({ tool, status, row }) => [row.agent_id, tool, status].map(String).join(' '));
    assert.deepEqual(rows, [
      'ai-sdk read_file success',
      'ai-sdk office__read_file success',
      'ai-sdk read_all success',
      'mcp-client read_file success',
      'mcp-client read_file success',
      'ai-sdk office__delete_user failed',
      'mcp-client delete_user blocked',
    ]);
  });

  it('that an agent of OpenAI makes through a Model Context Protocol client is one', async () => {
    const { run, recorded } = inProject();
    const { made } = run('openai', 'before', { scene: 'nested', approve });
    assert.deepEqual(made, ['read_file', 'send_mail']);
    assert.deepEqual(
      (await recorded()).map(({ row }) => row.agent_id),
      ['openai-agents', 'openai-agents', 'openai-agents'],
    );
  });

  it('is on the disk when the program is told of its end, whatever becomes of the program', async () => {
    const { run, recorded } = inProject();
    run('mcp', 'before', { approve, exit: true });
    assert.equal((await recorded()).length, 3);
  });

  it('needs a person where the policy cannot be used, who is told why', async () => {
    const { run, recorded, write } = inProject();
    write('policy.yaml', 'rules: [{approval: allow}]');
    const { made, said } = run('mcp', 'auto');
    assert.deepEqual(made, []);
    const rows = await recorded();
    assert.deepEqual(
      rows.map(({ status, rule }) => `${String(status)} ${String(rule)}`),
      Array.from({ length: 3 }, () => 'denied <not judged>'),
    );
    assert.match(
      String(rows[0].row.action_desc),
      /^The policy cannot be used, so each call needs a person: policy\.yaml|^The policy cannot be used/,
    );
    assert.match(said, /each one asked about: .*policy\.yaml, line 1: /);
  });

  describe('that cannot be recorded', () => {
    it('is not made where its attempt cannot, and is no success where its end cannot', () => {
      const { run } = inProject();
      for (const { name, title } of FRAMEWORKS) {
        const attempt = run(name, 'before', { failAt: 'attempt', quiet: true });
        assert.deepEqual(attempt.made, [], title);
        assert.match(JSON.stringify([attempt.seen, attempt.thrown]), /The disk is full/, title);
        const outcome = run(name, 'before', { failAt: 'outcome', quiet: true });
        assert.deepEqual(outcome.made, ['read_file'], title);
        assert.match(JSON.stringify([outcome.seen, outcome.thrown]), /The disk is full/, title);
      }
    });

    it('is told to the program as a RecordError that says whether it was made', () => {
      const { run } = inProject();
      const told = (name: string, failAt: string): SeenError => {
        const { seen, thrown } = run(name, 'before', { failAt, quiet: true });
        return firstError(seen) ?? thrown!;
      };
      for (const { name } of FRAMEWORKS)
        for (const [failAt, executed] of [
          ['attempt', false],
          ['outcome', true],
        ] as const) {
          const { isRecordError, executed: was } = told(name, failAt);
          assert.deepEqual([isRecordError, was], [true, executed], `${name} ${failAt}`);
        }
    });
  });
});

/** In what a program saw, wherever it is. */
function firstError(seen: unknown): SeenError | undefined {
  if (typeof seen !== 'object' || seen === null) return undefined;
  if ('isRecordError' in seen && (seen as SeenError).isRecordError) return seen as SeenError;
  for (const each of Object.values(seen)) {
    const found = firstError(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
