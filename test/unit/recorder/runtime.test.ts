import * as assert from 'node:assert/strict';
import type { Action } from '../../../src/recorder/runtime/action';
import type { Decision } from '../../../src/recorder/runtime/decision';
import { HookError, PlanRecordError } from '../../../src/recorder/runtime/errors';
import { Policy } from '../../../src/recorder/runtime/policy';
import { Result } from '../../../src/recorder/runtime/result';
import { Runtime, type RuntimeOptions } from '../../../src/recorder/runtime/runtime';
import { fullDisk, MemoryLog } from './support/memoryLog';

const POLICY = Policy.fromYaml(`
rules:
  - { name: reads, match: { type: "read*" }, approval: auto, risk_level: low }
  - { name: fails, match: { type: "fail*" }, approval: auto, risk_level: low }
  - { name: writes, match: { type: "write*" }, approval: approve, risk_level: high }
  - { name: odd, match: { type: "odd" }, approval: auto, conditions: { param_gt: { n: 1 } } }
  - { name: no_deletes, match: { type: "delete*" }, approval: block, risk_level: critical }
plan_rules:
  sequence_patterns:
    - { name: exfiltration, steps: [read_secret, read_out], description: "secrets must not leave" }
`);

/** Executes what it is given by doing nothing; what is called `fail…` fails. */
class Recorder {
  readonly done: string[] = [];
  readonly log = new MemoryLog();
  readonly asked: Decision[] = [];

  runtime(more: Partial<RuntimeOptions> = {}): Runtime {
    return new Runtime({
      executor: {
        setup: () => this.done.push('setup'),
        teardown: () => this.done.push('teardown'),
        execute: (action) => {
          this.done.push(action.type);
          if (action.type.startsWith('fail')) throw new Error(`${action.type} is down`);
          return { done: action.type };
        },
      },
      policy: POLICY,
      auditLogger: this.log,
      approvalHandler: (decision) => this.asked.push(decision) > 0,
      clock: () => Date.parse('2026-03-29T10:30:02.114Z'),
      ...more,
    });
  }
}

function actions(...types: string[]): { type: string; target: string }[] {
  return types.map((type) => ({ type, target: 'crm' }));
}

function inShort(results: readonly Result[]): string[] {
  return results.map(({ action, status }) => `${status} ${action.type}`);
}

describe('A runtime', () => {
  let recorder: Recorder;
  beforeEach(() => {
    recorder = new Recorder();
  });

  it('evaluates, asks, executes, records, and only then returns', async () => {
    const runtime = recorder.runtime({ agentId: 'mia', sessionId: 's1' });
    const plan = runtime.plan(actions('read', 'write', 'delete'));
    const results = await runtime.execute(plan);
    assert.deepEqual(inShort(results), ['success read', 'success write', 'blocked delete']);
    assert.deepEqual(recorder.log.lines, [
      'attempt read',
      'success read',
      'attempt write',
      'success write',
      'not executed: blocked delete',
    ]);
    assert.deepEqual(recorder.done, ['setup', 'read', 'write', 'teardown']);
    assert.deepEqual(results.map(String), ['[OK] read -> crm', '[OK] write -> crm', '[BLOCK] delete -> crm']);
    assert.equal(results[2].error, 'Blocked by policy rule: no_deletes');
    assert.deepEqual(results[0].data, { done: 'read' });
    assert.equal(results[0].startedAt, '2026-03-29T10:30:02.114000+00:00');
    const { action, outcome } = recorder.log.calls.find(({ phase, action: { actionType } }) => phase === 'outcome' && actionType === 'write')!; // prettier-ignore
    assert.deepEqual(outcome, { status: 'success', data: { done: 'write' }, error: undefined });
    assert.match(action.actionId, /^[0-9a-f-]{36}$/);
    assert.deepEqual(
      [action.sessionId, action.matchedRule, action.approval, action.riskLevel, action.humanDecision, action.agentId],
      ['s1', 'writes', 'approve', 'HIGH', 'approved', 'mia'],
    );
    assert.equal(action.policyHash, POLICY.hash);
  });

  it('records an attempt before it executes', async () => {
    const seen: string[][] = [];
    const executor = { execute: () => void seen.push([...recorder.log.lines]) };
    await recorder.runtime({ executor }).execute(recorder.runtime().plan(actions('read', 'read_2')));
    assert.deepEqual(seen, [['attempt read'], ['attempt read', 'success read', 'attempt read_2']]);
  });

  it('gives the log an outcome and the next attempt at once', async () => {
    const runtime = recorder.runtime();
    const atOnce: string[] = [];
    recorder.log.fail = ({ phase, action }) => {
      atOnce.push(`${phase} ${action.actionType} of ${recorder.log.calls.length}`);
      return undefined;
    };
    await runtime.execute(runtime.plan(actions('read', 'read_2')));
    assert.deepEqual(atOnce, ['attempt read of 1', 'outcome read of 3', 'attempt read_2 of 3', 'outcome read_2 of 4']);
  });

  it('skips what is behind a failure, and records that', async () => {
    const runtime = recorder.runtime();
    const results = await runtime.execute(runtime.plan(actions('read', 'fail', 'read_2', 'delete')));
    assert.deepEqual(inShort(results), ['success read', 'failed fail', 'skipped read_2', 'skipped delete']);
    assert.deepEqual([results[1].error, results[2].error], ['fail is down', 'Skipped due to prior failure']);
    assert.deepEqual(recorder.log.lines.slice(-3), [
      'failed fail',
      'not executed: skipped read_2',
      'not executed: skipped delete',
    ]);
  });

  it('does not end at a failure in parallel', async () => {
    const runtime = recorder.runtime();
    const results = await runtime.execute(runtime.plan(actions('fail', 'read', 'delete')), { parallel: true });
    assert.deepEqual(inShort(results), ['failed fail', 'success read', 'blocked delete']);
    assert.equal(recorder.log.lines.length, 5);
  });

  it('executes nothing of a plan that a plan rule blocks, and records every action of it', async () => {
    const runtime = recorder.runtime();
    const plan = runtime.plan(actions('read_secret', 'delete', 'read_out'));
    assert.deepEqual([plan.hasBlocked, plan.requiresApproval, plan.length], [true, false, 3]);
    assert.match(plan.summary(), /^ {2}1\. \[ {3}AUTO\] Action\(read_secret -> crm\) {2}\(risk=LOW, rule=reads\)\n/);
    assert.match(plan.summary(), /\n {2}Plan rule: \[ {2}BLOCK\] secrets must not leave$/);
    const results = await runtime.execute(plan);
    assert.deepEqual(recorder.done, []);
    for (const result of results) assert.equal(result.error, 'Blocked by plan rule: secrets must not leave');
    assert.deepEqual(recorder.log.lines, ['read_secret', 'delete', 'read_out'].map((type) => `not executed: blocked ${type}`)); // prettier-ignore
  });

  it('blocks what it cannot evaluate', async () => {
    const result = await recorder.runtime().runOne({ type: 'odd', target: 'x', params: { n: 'many' } });
    assert.deepEqual([result.status, result.action.type], ['blocked', 'odd']);
    assert.match(result.error!, /^The conditions of rule 4 \("odd"\) cannot be evaluated: /);
    assert.deepEqual(recorder.log.lines, ['not executed: blocked odd']);
    assert.equal(recorder.log.calls[0].action.approval, 'block');
  });

  it('judges at the time of its clock', async () => {
    const policy = Policy.fromYaml('rules: [{ match: { type: "*" }, approval: auto, conditions: { time_after: "18:00" } }]'); // prettier-ignore
    const at = (time: string): Runtime => recorder.runtime({ policy, clock: () => Date.parse(time) });
    assert.equal((await at('2026-03-29T17:59:59Z').runOne(actions('a')[0])).status, 'blocked');
    assert.equal((await at('2026-03-29T18:00:00Z').runOne(actions('a')[0])).status, 'success');
  });

  it('says in a dry run what would happen, and does and records nothing', async () => {
    const runtime = recorder.runtime();
    const results = await runtime.execute(runtime.plan(actions('read', 'write', 'delete')), { dryRun: true });
    assert.deepEqual(results.map(({ status, data }) => [status, data]), [
      ['success', { dry_run: true, would_execute: true }],
      ['success', { dry_run: true, approval_required: true }],
      ['blocked', null],
    ]); // prettier-ignore
    const stopped = await runtime.execute(runtime.plan(actions('read_secret', 'read_out')), { dryRun: true });
    assert.deepEqual(inShort(stopped), ['blocked read_secret', 'blocked read_out']);
    assert.deepEqual([recorder.done, recorder.log.calls, recorder.asked], [[], [], []]);
  });

  it('fails an action whose verification does not say true', async () => {
    const answers: unknown[] = [true, false, undefined];
    const executor = { execute: () => 1, verify: () => answers.shift() as boolean };
    const runtime = recorder.runtime({ executor });
    const results = await runtime.execute(runtime.plan(actions('read', 'read', 'read')), { parallel: true });
    assert.deepEqual(results.map(({ status, error }) => [status, error]), [
      ['success', null],
      ['failed', 'Post-execution verification failed'],
      ['failed', 'Post-execution verification failed'],
    ]); // prettier-ignore
  });

  it('takes a result that the executor made', async () => {
    const executor = {
      execute: (action: Action) => new Result({ action, status: 'failed', data: { code: 404 }, error: 'not there' }),
    };
    const result = await recorder.runtime({ executor }).runOne(actions('read')[0]);
    assert.deepEqual([result.status, result.data, result.error], ['failed', { code: 404 }, 'not there']);
  });

  it('executes nothing where the executor cannot be set up', async () => {
    const executor = {
      setup: () => Promise.reject(new Error('no browser')),
      execute: () => assert.fail('executed'),
      teardown: () => recorder.done.push('teardown'),
    };
    const runtime = recorder.runtime({ executor });
    const results = await runtime.execute(runtime.plan(actions('read', 'delete')));
    assert.deepEqual(inShort(results), ['skipped read', 'blocked delete']);
    assert.equal(results[0].error, 'Skipped: the executor could not be set up: no browser');
    assert.deepEqual([recorder.done, recorder.log.lines.length], [['teardown'], 2]);
  });

  it('says what is missing', () => {
    const without = (part: Partial<Record<keyof RuntimeOptions, unknown>>): void =>
      void recorder.runtime(part as Partial<RuntimeOptions>);
    assert.throws(() => without({ auditLogger: undefined }), /^TypeError: A Runtime needs an auditLogger, /);
    assert.throws(() => without({ executor: {} }), /^TypeError: The executor of a Runtime must be /);
    assert.throws(() => without({ policy: {} }), /^TypeError: The policy of a Runtime must be /);
    assert.throws(() => without({ approvalHandler: true }), /^TypeError: The approvalHandler of a Runtime /);
    assert.throws(() => without({ sessionId: 5 }), /^TypeError: The sessionId of a Runtime must be a text/);
  });

  it('executes no plan that it did not make', async () => {
    const forged = { decisions: [{ action: {}, approval: 'auto', isAllowed: true }] };
    await assert.rejects(recorder.runtime().execute(forged as never), /^TypeError: execute takes a plan /);
  });

  it('takes another policy for the plans to come', async () => {
    const runtime = recorder.runtime();
    const before = runtime.plan(actions('read'));
    runtime.updatePolicy(Policy.fromYaml(''));
    assert.equal((await runtime.execute(before))[0].status, 'success');
    assert.equal((await runtime.runOne(actions('read')[0])).error, 'Blocked by policy rule: <default>');
  });

  it('has a session of its own', () => {
    assert.match(recorder.runtime().sessionId, /^[0-9a-f]{12}$/);
    assert.notEqual(recorder.runtime().sessionId, recorder.runtime().sessionId);
  });
});

describe('Approval', () => {
  const outcomes: [string, RuntimeOptions['approvalHandler'], string, string | undefined][] = [
    ['a no', () => false, 'Denied by human operator', 'denied'],
    ['a no that takes time', () => Promise.resolve(false), 'Denied by human operator', 'denied'],
    ['an error', () => { throw new Error('no phone'); }, 'Denied: the approval handler failed: no phone', undefined],
    ['a rejection', () => Promise.reject(new Error('no phone')), 'Denied: the approval handler failed: no phone', undefined],
    ['something else than true', () => 'yes' as never, 'Denied: the approval handler answered neither true nor false', undefined],
  ]; // prettier-ignore
  for (const [what, approvalHandler, error, human] of outcomes)
    it(`is not given by ${what}`, async () => {
      const recorder = new Recorder();
      const runtime = recorder.runtime({ approvalHandler });
      const results = await runtime.execute(runtime.plan(actions('write', 'read')));
      assert.deepEqual(inShort(results), ['denied write', 'skipped read']);
      assert.equal(results[0].error, error);
      assert.deepEqual(recorder.log.lines, ['not executed: denied write', 'not executed: skipped read']);
      assert.equal(recorder.log.calls[0].action.humanDecision, human);
      assert.deepEqual(recorder.done, ['setup', 'teardown']);
    });
});

describe('Hooks', () => {
  it('hear of each step in its order', async () => {
    const recorder = new Recorder();
    const heard: string[] = [];
    const runtime = recorder.runtime({
      hooks: {
        onDecision: ({ action, approval }) => heard.push(`${approval} ${action.type}`),
        onApproval: ({ action }, approved) => Promise.resolve(heard.push(`${approved} ${action.type}`)),
        onExecute: (result) => heard.push(`${String(result)}, ${recorder.log.lines.at(-1)}`),
      },
    });
    await runtime.execute(runtime.plan(actions('read', 'write', 'delete')));
    assert.deepEqual(heard, [
      'auto read',
      '[OK] read -> crm, success read',
      'approve write',
      'true write',
      '[OK] write -> crm, success write',
      'block delete',
      '[BLOCK] delete -> crm, not executed: blocked delete',
    ]);
  });

  it('block the action where onDecision throws', async () => {
    const recorder = new Recorder();
    const runtime = recorder.runtime({ hooks: { onDecision: () => Promise.reject(new Error('oops')) } });
    const result = await runtime.runOne(actions('read')[0]);
    assert.deepEqual([result.status, result.error], ['blocked', 'The hook onDecision failed: oops']);
    assert.deepEqual(recorder.log.lines, ['not executed: blocked read']);
    const foretold = await runtime.runOne(actions('read')[0], { dryRun: true });
    assert.deepEqual([foretold.status, foretold.error], [result.status, result.error]);
  });

  it('block the action where onApproval throws, though it was approved; a no stays a no', async () => {
    const recorder = new Recorder();
    const hooks = { onApproval: () => assert.fail('oops') };
    const result = await recorder.runtime({ hooks }).runOne(actions('write')[0]);
    assert.deepEqual([result.status, result.error], ['blocked', 'The hook onApproval failed: oops']);
    assert.equal(recorder.log.calls[0].action.humanDecision, 'approved');
    const denied = await recorder.runtime({ hooks, approvalHandler: () => false }).runOne(actions('write')[0]);
    assert.deepEqual([denied.status, denied.error], ['denied', 'Denied by human operator. The hook onApproval failed: oops']); // prettier-ignore
  });

  it('end the plan where onExecute throws, and what was done is in the error', async () => {
    const recorder = new Recorder();
    const runtime = recorder.runtime({ hooks: { onExecute: () => assert.fail('oops') } });
    await assert.rejects(runtime.execute(runtime.plan(actions('read', 'read_2'))), (error) => {
      assert.ok(error instanceof HookError);
      assert.match(error.message, /^The hook onExecute failed: oops\. /);
      assert.deepEqual(inShort(error.results), ['success read', 'skipped read_2']);
      return true;
    });
    assert.deepEqual(recorder.log.lines, ['attempt read', 'success read', 'not executed: skipped read_2']);
    assert.deepEqual(recorder.done, ['setup', 'read', 'teardown']);
  });

  it('tell of a teardown that throws with what was done', async () => {
    const executor = { execute: () => 1, teardown: () => assert.fail('stuck') };
    const runtime = new Recorder().runtime({ executor });
    await assert.rejects(runtime.execute(runtime.plan(actions('read'))), (error) => {
      assert.ok(error instanceof HookError);
      assert.match(error.message, /^The executor's teardown failed: stuck\. /);
      assert.deepEqual(inShort(error.results), ['success read']);
      return true;
    });
  });
});

describe('Where something cannot be recorded', () => {
  let recorder: Recorder;
  beforeEach(() => {
    recorder = new Recorder();
  });

  async function failing(types: string[], parallel = false): Promise<PlanRecordError> {
    const runtime = recorder.runtime();
    try {
      await runtime.execute(runtime.plan(actions(...types)), { parallel });
    } catch (error) {
      assert.ok(error instanceof PlanRecordError);
      assert.equal(error.name, 'RecordError');
      assert.equal(recorder.done.at(-1), 'teardown');
      return error;
    }
    return assert.fail('nothing failed');
  }

  it('an attempt is not executed, nor anything after it', async () => {
    recorder.log.fail = ({ phase, action }) => (phase === 'attempt' && action.actionType === 'read_2' ? fullDisk() : undefined); // prettier-ignore
    const error = await failing(['read', 'read_2', 'read_3']);
    assert.deepEqual([error.message, error.sink, error.recorded, error.executed], ['The disk is full.', 'chain', false, false]); // prettier-ignore
    assert.deepEqual(inShort(error.results), ['success read']);
    assert.deepEqual(recorder.done, ['setup', 'read', 'teardown']);
    assert.deepEqual(recorder.log.lines, ['attempt read', 'success read']);
  });

  it('an attempt that one sink has is said not to have been executed', async () => {
    recorder.log.fail = ({ phase }) => (phase === 'attempt' ? fullDisk(true) : undefined);
    const error = await failing(['read']);
    assert.deepEqual([error.recorded, error.executed], [true, false]);
    assert.deepEqual(recorder.log.lines, ['skipped read']);
    assert.deepEqual(recorder.done, ['setup', 'teardown']);
  });

  it('an outcome was executed, is no success, and nothing after it is executed', async () => {
    recorder.log.fail = ({ phase, action }) => (phase === 'outcome' && action.actionType === 'read' ? fullDisk() : undefined); // prettier-ignore
    const error = await failing(['read', 'read_2']);
    assert.deepEqual([error.recorded, error.executed, error.results], [false, true, []]);
    assert.deepEqual(recorder.done, ['setup', 'read', 'teardown']);
    // The attempt that was recorded at the same time is not left open.
    assert.deepEqual(recorder.log.lines, ['attempt read', 'attempt read_2', 'skipped read_2']);
    assert.equal(recorder.log.calls.filter(({ phase, action }) => phase === 'outcome' && action.actionType === 'read').length, 1); // prettier-ignore
  });

  it('a decision is an error too', async () => {
    recorder.log.fail = ({ phase }) => (phase === 'decision' ? fullDisk() : undefined);
    assert.equal((await failing(['delete'])).executed, false);
    const error = await failing(['fail', 'read']);
    assert.deepEqual(inShort(error.results), ['failed fail']);
  });

  it('in parallel, what is under way ends first', async () => {
    recorder.log.fail = ({ phase, action }) => (phase === 'attempt' && action.actionType === 'read' ? fullDisk() : undefined); // prettier-ignore
    const error = await failing(['read', 'read_2', 'delete'], true);
    assert.deepEqual(inShort(error.results), ['success read_2', 'blocked delete']);
    assert.equal(error.executed, false);
  });

  it('the error is one of recording, whatever the log throws', async () => {
    recorder.log.fail = ({ phase }) => (phase === 'outcome' ? new Error('strange') : undefined);
    const error = await failing(['read']);
    assert.deepEqual([error.message, error.executed], ['The action could not be recorded: strange', true]);
  });
});
