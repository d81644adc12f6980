import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describedRefusals, ensureClaudeAgentSdkIsThere, FRAMEWORKS } from './support/frameworks';
import { found, project, short, type Answer, type Project } from './support/program';

const framework = (name: string): (typeof FRAMEWORKS)[number] => FRAMEWORKS.find((each) => each.name === name)!;

const RECORDED = [
  'read_file success reading -',
  'send_mail success mails_need_a_person approved',
  'delete_user blocked nothing_is_deleted -',
];

/** Node as it was before it had hooks for modules. */
const WITHOUT_HOOKS = [
  '--import',
  'data:text/javascript,import module from "node:module"; module.registerHooks = undefined;',
];

describe('The modules whose calls are recorded', function () {
  this.timeout(120_000);
  before(ensureClaudeAgentSdkIsThere);
  const inProject = project();

  async function assertRecorded(
    name: string,
    { run, recorded }: Project,
    ...how: [settings: object, node?: string[]]
  ): Promise<void> {
    const [settings, node] = how;
    for (const when of ['before', 'after'] as const) {
      const { seen, made } = run(name, when, { approve: true, quiet: true, ...settings, sessionId: when }, node);
      assert.deepEqual(made, ['read_file', 'send_mail'], when);
      assert.equal(describedRefusals(framework(name), seen).length, 1);
    }
    assert.deepEqual(short(await recorded()), [...RECORDED, ...RECORDED]);
  }

  for (const name of ['mcp', 'mcp2', 'langchain', 'openai']) {
    it(`may be loaded before or after, as ES modules: ${framework(name).title}`, () =>
      assertRecorded(name, inProject(), {}));
    it(`may be loaded before or after, as CommonJS: ${framework(name).title}`, () =>
      assertRecorded(name, inProject(), { format: 'cjs' }));
    it(`may be loaded before or after where Node has no hooks for modules: ${framework(name).title}`, async () => {
      await assertRecorded(name, inProject(), {}, WITHOUT_HOOKS);
    });
  }

  it('may be the Vercel AI SDK loaded before, which is then reached by its telemetry, as is said', async () => {
    const { run, recorded } = inProject();
    const { seen, libraries } = run('ai', 'after', { approve: true });
    assert.deepEqual(short(await recorded()), RECORDED);
    assert.equal(describedRefusals(framework('ai'), seen).length, 1);
    assert.match(
      howOf(libraries, 'ai'),
      /^by its telemetry, because it was loaded before, or has no function executeToolCall: a call that sets `telemetry` itself .* is not captured, and results are not recorded$/,
    );
  });

  it('are refused by telemetry where the program hides the input by which they would have to be judged', async () => {
    const { run, recorded } = inProject();
    const { made } = run('ai', 'after', { scene: 'hidden', approve: true });
    assert.deepEqual(made, []);
    const [first] = await recorded();
    assert.equal(first.status, 'blocked');
    assert.match(String(first.row.result_error), /hides the input from telemetry/);
  });

  it('are the same whatever the program does with its telemetry, where they are loaded afterwards', async () => {
    const { run, recorded } = inProject();
    run('ai', 'before', { scene: 'ownTelemetry', approve: true });
    assert.deepEqual(short(await recorded()), RECORDED);
  });

  it('are not those of the Claude Agent SDK loaded before, as is said with what to do', () => {
    const { folder, run } = inProject();
    const scope = path.join(folder, 'node_modules', '@anthropic-ai');
    const installed = path.dirname(fileURLToPath(process.env.AEGIS_TEST_CLAUDE_SDK!));
    fs.mkdirSync(scope);
    fs.symlinkSync(installed, path.join(scope, 'claude-agent-sdk'), 'junction');
    const { libraries, made, said } = run('claude', 'after');
    assert.equal(made.length, 3);
    assert.match(
      howOf(libraries, '@anthropic-ai/claude-agent-sdk'),
      /loaded before.*node --import aegis-audit-trail\/auto/,
    );
    assert.match(said, /^aegis: The tool calls of Claude Agent SDK 0\.3\.\d+ are not recorded: It was loaded before/);
  });

  it('are attached to once, however often the program asks', async () => {
    const { run, recorded } = inProject();
    const { isSame } = run('mcp', 'twice', { approve: true });
    assert.equal(isSame, true);
    assert.deepEqual(short(await recorded()), RECORDED);
  });

  it('are as they were when everything is taken back, and can be attached to again', () => {
    const { out } = inProject().program('undo.mjs');
    const { during, afterwards, attached, again, ...rest } = JSON.parse(out) as Record<string, unknown>;
    const { differs, integrations } = during as { differs: string[]; integrations: number };
    assert.deepEqual([differs.length, integrations], [5, 1]);
    assert.deepEqual(afterwards, { differs: [], integrations: 0 });
    assert.deepEqual(rest, { rest: 0, left: 0, isAnother: true, sdk: 'function' });
    assert.ok(Number(attached) >= 5, String(attached));
    assert.equal(again, attached);
  });

  for (const { name, title } of FRAMEWORKS)
    it(`are not heard of any more when everything is taken back: ${title}`, () => {
      const { folder, run } = inProject();
      const { made } = run(name, 'undone', { quiet: true });
      assert.deepEqual(made, ['read_file', 'send_mail', 'delete_user']);
      assert.ok(!fs.existsSync(path.join(folder, '.aegis')));
    });

  describe('that are not as they must be', () => {
    const fake = (files: Readonly<Record<string, string>>): Project => {
      const here = inProject();
      const place = 'node_modules/@modelcontextprotocol/sdk';
      here.write(
        `${place}/package.json`,
        '{"name": "@modelcontextprotocol/sdk", "version": "9.9.9", "type": "module"}',
      );
      for (const [name, text] of Object.entries(files)) here.write(`${place}/${name}`, text);
      here.write('program.mjs', PROGRAM);
      return here;
    };
    const PROGRAM = `
      import { autoInstrument } from 'aegis-audit-trail';
      const handle = await autoInstrument();
      const loaded = await import('@modelcontextprotocol/sdk/dist/esm/client/index.js').catch(() => ({}));
      console.log(JSON.stringify({ libraries: handle.libraries, exports: Object.keys(loaded) }));`;
    const answer = (here: Project): Pick<Answer<unknown>, 'libraries' | 'said'> & { exports: string[] } => {
      const { out, said } = here.program(pathFromPrograms(here, 'program.mjs'));
      return { ...(JSON.parse(out) as Pick<Answer<unknown>, 'libraries'> & { exports: string[] }), said };
    };

    it('are named, with what is not as expected, and run as ever', () => {
      const here = fake({ 'dist/esm/client/index.js': 'export class Client { call() {} }' });
      const { libraries, said, exports } = answer(here);
      assert.deepEqual(found({ libraries }), ['@modelcontextprotocol/sdk not captured']);
      const why = 'Its class Client has no method callTool, as in the versions that are known.';
      assert.equal(howOf(libraries, '@modelcontextprotocol/sdk'), why);
      assert.match(
        said,
        new RegExp(`^aegis: The tool calls of Model Context Protocol client 9\\.9\\.9 are not recorded: ${why}$`, 'm'),
      );
      assert.deepEqual(exports, ['Client']);
    });

    it('are named where their files are somewhere else', () => {
      const { libraries } = answer(fake({ 'lib/client.js': 'export class Client { callTool() {} }' }));
      assert.match(howOf(libraries, '@modelcontextprotocol/sdk'), /^Its files are not where they are in the versions/);
    });
  });

  it('are not attached to with an option that is none', () => {
    const here = inProject();
    here.write(
      'program.mjs',
      `import { autoInstrument } from 'aegis-audit-trail';
      const said = [];
      for (const options of [{ approvalHandler: 'yes' }, { agentId: 7 }, { auditLogger: {} }, { policy: 7 }])
        await autoInstrument(options).catch((error) => said.push(error.name));
      console.log(said.join());`,
    );
    const { out } = here.program(pathFromPrograms(here, 'program.mjs'));
    assert.equal(out.trim(), 'TypeError,TypeError,TypeError,TypeError');
  });

  it('are left alone by a Node that has no SQLite, as is said', () => {
    const { folder, run } = inProject();
    const { made, problem, said, libraries } = run('mcp', 'auto', { quiet: true }, ['--no-experimental-sqlite']);
    assert.equal(made.length, 3);
    assert.deepEqual(libraries, []);
    assert.match(
      problem!,
      /^Recording needs Node 22\.13 or newer, for its SQLite: this is Node \d+.*No tool call is recorded, and none is blocked\.$/,
    );
    assert.match(said, /^aegis: Recording needs Node 22\.13/);
    assert.ok(!fs.existsSync(path.join(folder, '.aegis')));
  });
});

function howOf(libraries: Answer<unknown>['libraries'], name: string): string {
  return libraries.find(({ package: each }) => each === name)?.how ?? '';
}

function pathFromPrograms({ folder }: Project, name: string): string {
  return path.relative(path.resolve('test/recorder/instrument/programs'), path.join(folder, name));
}
