import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Action } from '../../../src/recorder/runtime/action';
import { Policy, PolicyError } from '../../../src/recorder/runtime/policy';
import { Result } from '../../../src/recorder/runtime/result';

describe('An action', () => {
  it('is what it was when it was made', () => {
    const list = [1, { deep: true }];
    const params = { list, map: new Map([['a', list]]) };
    const action = new Action({ type: 'read', target: 'crm', params, description: 'all' });
    list.push(2);
    params.map.clear();
    const { map } = action.params as { map: Map<string, unknown> };
    assert.deepEqual(action.params, { list: [1, { deep: true }], map: new Map([['a', [1, { deep: true }]]]) });
    // What cannot be frozen is each reader's own.
    map.set('b', 1);
    assert.equal((action.params.map as Map<string, unknown>).size, 1);
    assert.ok(Object.isFrozen(action) && Object.isFrozen(action.params) && Object.isFrozen(action.params.list));
    assert.equal(String(action), 'Action(read -> crm - all)');
    assert.equal(String(new Action({ type: 'read', target: '' })), 'Action(read -> )');
  });

  it('takes data of any kind: circles, dates, bytes, integers of any size, nothing', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const given = { circle, date: new Date(5), bytes: Buffer.from('ab'), floats: new Float32Array([1.5]), n: 2n ** 70n, nan: NaN, none: undefined, set: new Set([1]), big: 'x'.repeat(3 << 20) }; // prettier-ignore
    const { params } = new Action({ type: 'a', target: 'b', params: given });
    assert.deepEqual(params, given);
    assert.ok(Buffer.isBuffer(params.bytes));
    assert.notEqual(params.bytes, given.bytes);
    assert.deepEqual(
      new Action({ type: 'a', target: 'b', params: JSON.parse('{"__proto__": 1}') as object as never }).params,
      JSON.parse('{"__proto__": 1}'),
    );
  });

  it('says what is wrong with one that is none', () => {
    const made = (fields: object) => () => new Action({ type: 'a', target: 'b', ...fields });
    assert.throws(made({ type: '' }), /^TypeError: The type of an action must not be empty/);
    assert.throws(made({ type: undefined }), /^TypeError: The type of an action must be a text, and is missing/);
    assert.throws(made({ target: 5 }), /^TypeError: The target of an action must be a text\./);
    assert.throws(made({ params: [] }), /^TypeError: The parameters of an action must be an object/);
    assert.throws(made({ chainDepth: -1 }), /^TypeError: The chainDepth of an action must be /);
    assert.throws(made({ params: { on: { done: () => 1 } } }), /^TypeError: The parameters of "a": "on"\.done is a function, which cannot be copied, /); // prettier-ignore
    assert.throws(made({ params: { p: Promise.resolve() } }), /"p" is an object of the class Promise, /);
    assert.throws(made({ params: { get p() { return assert.fail(); } } }), /is an object that cannot be read, /); // prettier-ignore
    assert.throws(made({ params: { p: new Array(2 ** 32 - 1) } }), /"p" is data of more than 5,000,000 items, /);
    let deep: unknown = 1;
    for (let i = 0; i < 200_000; i++) deep = [deep];
    assert.throws(made({ params: { deep } }), /is nested deeper than 100 levels, /);
  });
});

describe('A result', () => {
  const action = new Action({ type: 'read', target: 'crm' });

  it('is frozen deeply, and a copy', () => {
    const data = { rows: [{ id: 1 }] };
    const result = new Result({ action, status: 'success', data });
    data.rows[0].id = 2;
    assert.deepEqual(result.data, { rows: [{ id: 1 }] });
    const copy = result.data;
    for (const each of [result, copy, copy.rows, copy.rows[0]]) assert.ok(Object.isFrozen(each));
    assert.throws(() => {
      (result as { status: string }).status = 'failed';
    }, TypeError);
    assert.deepEqual(JSON.parse(JSON.stringify(result)) as unknown, { action: { type: 'read', target: 'crm', description: '', agentId: '', parentAgentId: '', chainId: '', chainDepth: 0, params: {} }, status: 'success', error: null, startedAt: null, completedAt: null, ok: true, data: { rows: [{ id: 1 }] } }); // prettier-ignore
  });

  it('keeps bytes, and has what cannot be copied as it is recorded', () => {
    class Row {
      id = 1;
    }
    const result = new Result({ action, status: 'success', data: { bytes: Buffer.from('ab'), call: () => 1, row: new Row(), error: new Error('no') } }); // prettier-ignore
    assert.deepEqual(result.data, {
      bytes: Buffer.from('ab'),
      call: '[function call]',
      row: { id: 1 },
      error: { name: 'Error', message: 'no' },
    });
    (result.data as { bytes: Buffer }).bytes[0] = 0;
    assert.equal(String((result.data as { bytes: Buffer }).bytes), 'ab');
  });

  it('is made of whatever an executor returns', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const dataOf = (data: unknown): unknown => new Result({ action, status: 'success', data }).data;
    assert.deepEqual(dataOf([proxy]), ["[unreadable: Cannot perform 'IsArray' on a proxy that has been revoked]"]);
    assert.equal((dataOf({ list: new Array(2 ** 32 - 1) }) as { list: unknown[] }).list.length, 10_001);
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const copy = dataOf(circle) as typeof circle;
    assert.equal(copy.self, copy);
  });

  it('is written with its mark', () => {
    const marks = (['success', 'failed', 'blocked', 'denied', 'skipped'] as const).map((status) => String(new Result({ action, status }))); // prettier-ignore
    assert.deepEqual(
      marks,
      ['OK', 'FAIL', 'BLOCK', 'DENY', 'SKIP'].map((mark) => `[${mark}] read -> crm`),
    );
    assert.throws(() => new Result({ action, status: 'done' as never }), /^TypeError: The status of a result must be /);
  });
});

describe('A policy', () => {
  const YAML = 'rules:\n  - match: { type: "read*" }\n    approval: auto\n';

  it('is known by the hash of its text', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aegis-policy-'));
    const file = path.join(folder, 'policy.yaml');
    fs.writeFileSync(file, `\ufeff${YAML}`);
    const hash = createHash('sha256').update(fs.readFileSync(file)).digest('hex');
    assert.equal(Policy.fromFile(file).hash, hash);
    assert.equal(Policy.fromYaml(YAML).hash, createHash('sha256').update(YAML).digest('hex'));
    fs.writeFileSync(file, Buffer.from([0x61, 0xff]));
    assert.throws(() => Policy.fromFile(file), /^PolicyError: .*policy\.yaml: This file is not in UTF-8: line 1 /);
    assert.throws(() => Policy.fromFile(path.join(folder, 'none.yaml')), /: It cannot be read \(ENOENT\)\.$/);
    fs.rmSync(folder, { recursive: true });
  });

  it('that the loader refuses says why and where', () => {
    assert.throws(
      () => Policy.fromYaml('rules:\n  - match: { type: "*" }\n    approval: deny\n'),
      (error) => {
        assert.ok(error instanceof PolicyError);
        assert.equal(error.line, 3);
        assert.match(error.message, /^The policy, line 3: The policy cannot be loaded: .*"deny"/);
        return true;
      },
    );
    assert.throws(() => Policy.fromYaml('a: [1'), /^PolicyError: The policy, line 1: /);
  });

  it('judges all of a parameter, however long', () => {
    const policy = Policy.fromYaml('rules:\n  - { name: drop, match: { type: "*" }, approval: block, conditions: { param_contains: { sql: DROP } } }\n  - { match: { type: "*" }, approval: auto }'); // prettier-ignore
    const params = { sql: `${'SELECT 1; '.repeat(300_000)}DROP TABLE users` };
    assert.equal(policy.evaluate(new Action({ type: 'query', target: 'db', params })).matchedRule, 'drop');
  });

  it('gives frozen decisions', () => {
    const decision = Policy.fromYaml(YAML).evaluate(new Action({ type: 'read', target: 'x' }));
    assert.ok(Object.isFrozen(decision));
    const { approval, riskLevel, matchedRule, isAllowed, problem } = decision;
    assert.deepEqual([approval, riskLevel, matchedRule, isAllowed, problem], ['auto', 'MEDIUM', 'rule_0', true, undefined]); // prettier-ignore
  });
});
