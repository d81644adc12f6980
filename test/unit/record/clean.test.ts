import * as assert from 'node:assert/strict';
import type { ActionRecord } from '../../../src/core/record/actionRecord';
import { cleanAction, cleanOutcome } from '../../../src/core/record/clean';
import { redaction } from '../../../src/core/record/redaction';

const TIME = '2026-03-29T10:30:02.114000+00:00';
const redact = redaction();

function record(more: Record<string, unknown> = {}): ActionRecord {
  return {
    actionId: 'id',
    sessionId: 's',
    actionType: 'read',
    actionTarget: 'crm',
    actionParams: {},
    riskLevel: 'LOW',
    approval: 'auto',
    matchedRule: 'reads',
    ...more,
  };
}

describe('An action that is about to be written', () => {
  it('has a column for everything, and null where nothing was said', () => {
    assert.deepEqual(cleanAction(record(), TIME, redact), {
      action_id: 'id',
      session_id: 's',
      timestamp: TIME,
      action_type: 'read',
      action_target: 'crm',
      action_params: {},
      action_desc: null,
      risk_level: 'LOW',
      approval: 'auto',
      matched_rule: 'reads',
      human_decision: null,
      agent_id: null,
      parent_agent_id: null,
      chain_id: null,
      chain_depth: 0,
      policy_hash: null,
    });
  });

  it('keeps what was said, but for empty texts', () => {
    const said = { actionDesc: 'd', humanDecision: 'approved', agentId: 'a', parentAgentId: '', chainId: 'c', chainDepth: 2, policyHash: 'f' }; // prettier-ignore
    const made = cleanAction(record(said), TIME, redact);
    assert.deepEqual(
      [made.action_desc, made.human_decision, made.agent_id, made.parent_agent_id, made.chain_id, made.chain_depth],
      ['d', 'approved', 'a', null, 'c', 2],
    );
  });

  it('has no secrets in parameters, target, description, data and error', () => {
    const secret = `ghp_${'a1'.repeat(18)}`;
    const action = cleanAction(
      record({ actionParams: { password: 'x', a: [secret] }, actionTarget: `https://a:b@c/${secret}`, actionDesc: secret }), // prettier-ignore
      TIME,
      redact,
    );
    assert.deepEqual(action.action_params, { password: '[REDACTED]', a: ['[REDACTED: GitHub token]'] });
    assert.equal(action.action_target, 'https://a:[REDACTED: password]@c/[REDACTED: GitHub token]');
    assert.equal(action.action_desc, '[REDACTED: GitHub token]');
    assert.deepEqual(cleanOutcome({ status: 'failed', data: { token: 1, b: secret }, error: `no ${secret}` }, redact), {
      result_status: 'failed',
      result_data: { token: '[REDACTED]', b: '[REDACTED: GitHub token]' },
      result_error: 'no [REDACTED: GitHub token]',
    });
  });

  it('has parameters that are an object, whatever was given', () => {
    const paramsOf = (actionParams: unknown): unknown =>
      cleanAction(record({ actionParams }), TIME, redact).action_params;
    assert.deepEqual(paramsOf(undefined), {});
    assert.deepEqual(paramsOf(null), {});
    assert.deepEqual(paramsOf([1]), { value: [1] });
    assert.deepEqual(paramsOf('text'), { value: 'text' });
    assert.deepEqual(paramsOf(new Map([['a', undefined]])), { a: null });
    assert.deepEqual(paramsOf(new Date(0)), { value: '1970-01-01T00:00:00+00:00' });
  });

  it('has texts that UTF-8 can hold', () => {
    const made = cleanAction(
      record({ actionType: 'a\ud800', actionTarget: '\udfff', sessionId: '\ud800s', agentId: '\ud800', actionParams: { '\ud800': ['\udc00'], '\ud801': 1 } }), // prettier-ignore
      TIME,
      redact,
    );
    assert.deepEqual(
      [made.action_type, made.action_target, made.session_id, made.agent_id],
      ['a\ufffd', '\ufffd', '\ufffds', '\ufffd'],
    );
    assert.deepEqual(made.action_params, { '\ufffd': ['\ufffd'], '\ufffd (2)': 1 });
    assert.ok(Object.isFrozen(made.action_params));
    assert.deepEqual(cleanOutcome({ status: 'success', data: '\ud800', error: '\ud800' }, redact), {
      result_status: 'success',
      result_data: '\ufffd',
      result_error: '\ufffd',
    });
  });

  it('has texts, whatever was given for them', () => {
    const made = cleanAction(
      record({ actionType: 5, actionTarget: { b: [1n] }, sessionId: undefined, agentId: 0, chainDepth: '3', riskLevel: 'high' }), // prettier-ignore
      TIME,
      redact,
    );
    assert.deepEqual(
      [made.action_type, made.action_target, made.session_id, made.agent_id, made.chain_depth, made.risk_level],
      ['5', '{"b": [1]}', '', '0', 0, 'HIGH'],
    );
  });

  it('needs a type', () => {
    for (const actionType of [undefined, null, ''])
      assert.throws(() => cleanAction(record({ actionType }), TIME, redact), /^TypeError: An action needs a type, /);
  });

  it('ends empty where nothing came of it', () => {
    assert.deepEqual(cleanOutcome({ status: 'success' }, redact), {
      result_status: 'success',
      result_data: null,
      result_error: null,
    });
  });
});
