import * as assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { terminalApproval } from '../../../src/recorder/approval/terminalApproval';
import { Action, type ActionFields } from '../../../src/recorder/runtime/action';
import type { Decision } from '../../../src/recorder/runtime/decision';
import { Policy } from '../../../src/recorder/runtime/policy';
import { Runtime } from '../../../src/recorder/runtime/runtime';
import { MemoryLog } from './support/memoryLog';

const POLICY = Policy.fromYaml('rules: [{ name: ask, match: { type: "*" }, approval: approve, risk_level: high }]');

class Terminal {
  readonly input = Object.assign(new PassThrough(), { isTTY: true });
  readonly output = new PassThrough();
  readonly approve = terminalApproval(this);

  said(): string {
    return String(this.output.read() ?? '');
  }
}

function decisionOn(more: Partial<ActionFields> = {}): Decision {
  return POLICY.evaluate(new Action({ type: 'write', target: 'db', ...more }));
}

describe('Approval at a terminal', () => {
  let terminal: Terminal;
  beforeEach(() => {
    terminal = new Terminal();
  });

  it('shows the action in full', async () => {
    const params = { text: 'x'.repeat(5000), n: 1 };
    const answer = terminal.approve(decisionOn({ params, description: 'why', agentId: 'mia' }));
    terminal.input.end('y\n');
    assert.equal(await answer, true);
    const line = '='.repeat(60);
    assert.equal(
      terminal.said(),
      `\n${line}\n  APPROVAL REQUIRED\n${line}\n  Action:  write\n  Target:  db\n  Risk:    HIGH\n  Rule:    ask\n` +
        `  Params:  {"n": 1, "text": "${params.text}"}\n  Desc:    why\n  Agent:   mia\n${line}\n  Approve? [y/n]: `,
    );
  });

  it('lets no text act on the terminal', async () => {
    const answer = terminal.approve(
      decisionOn({ target: 'a\u001b[2J\u202e\n  Risk:    LOW', description: '\u009b1m' }),
    );
    terminal.input.end('n\n');
    await answer;
    const said = terminal.said();
    assert.match(said, /Target: {2}a\\u\{1b\}\[2J\\u\{202e\}\\u\{a\} {2}Risk: {4}LOW\n/);
    assert.match(said, /Desc: {4}\\u\{9b\}1m\n/);
  });

  for (const [typed, isApproved] of [
    ['y', true],
    ['YES', true],
    [' y ', true],
    ['n', false],
    ['No', false],
  ] as const)
    // prettier-ignore
    it(`takes "${typed}" for ${isApproved ? 'a yes' : 'a no'}`, async () => {
      const answer = terminal.approve(decisionOn());
      terminal.input.write(`${typed}\n`);
      assert.equal(await answer, isApproved);
    });

  it('asks again for anything else, and takes nothing for a yes', async () => {
    const answer = terminal.approve(decisionOn());
    terminal.input.write('\nyeah\nok\nn\n');
    assert.equal(await answer, false);
    assert.equal(terminal.said().match(/Please enter 'y' or 'n'\./g)?.length, 3);
  });

  it('denies where the input ends', async () => {
    const answer = terminal.approve(decisionOn());
    terminal.input.end();
    assert.equal(await answer, false);
    assert.match(terminal.said(), /The input ended before somebody answered\.\n$/);
  });

  it('denies where there is no terminal, and does not say that a person did', async () => {
    const input = new PassThrough();
    input.end('y\n');
    const log = new MemoryLog();
    const approvalHandler = terminalApproval({ input, output: terminal.output });
    const runtime = new Runtime({ executor: { execute: () => assert.fail() }, policy: POLICY, auditLogger: log, approvalHandler }); // prettier-ignore
    const result = await runtime.runOne({ type: 'write', target: 'db' });
    assert.deepEqual([result.status, result.error], ['denied', 'Denied: There is no terminal at which somebody could be asked.']); // prettier-ignore
    assert.equal(log.calls[0].action.humanDecision, undefined);
  });

  it('asks one question after the other', async () => {
    const answers = [terminal.approve(decisionOn({ target: 'one' })), terminal.approve(decisionOn({ target: 'two' }))];
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(!terminal.said().includes('two'));
    terminal.input.write('n\n');
    assert.equal(await answers[0], false);
    await new Promise((resolve) => setTimeout(resolve, 20));
    terminal.input.write('y\n');
    assert.equal(await answers[1], true);
    assert.match(terminal.said(), /two/);
  });
});
