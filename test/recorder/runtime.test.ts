import * as assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { assertAgrees, readTrail } from './support/checkTrail';

/** The library as programs get it. */
const library = createRequire(__filename)(path.resolve('dist/index.js')) as typeof import('../../src/index');
const { AuditTrail, Policy, RecordError, Runtime } = library;

const POLICY = `version: "1"
defaults: {risk_level: medium, approval: block}
rules:
  - {name: reads, match: {type: "read*"}, risk_level: low, approval: auto}
  - {name: writes, match: {type: "write*"}, risk_level: high, approval: approve}
plan_rules:
  sequence_patterns:
    - {name: exfiltrate, steps: ["read_secret", "read_web"], description: "Secrets must not leave"}
`;

describe('A runtime with a trail', () => {
  const folder = temporaryFolder();
  const trail = (): string => path.join(folder(), 'trail');

  async function run(
    types: readonly string[],
    execute: (type: string) => unknown,
    options: { approve?: boolean; parallel?: boolean } = {},
  ): Promise<readonly string[]> {
    const auditLogger = new AuditTrail({ directory: trail() });
    try {
      const runtime = new Runtime({
        executor: { execute: (action) => execute(action.type) },
        policy: Policy.fromYaml(POLICY),
        auditLogger,
        approvalHandler: () => options.approve === true,
        sessionId: 's',
        agentId: 'a',
      });
      const plan = runtime.plan(types.map((type) => ({ type, target: 'x' })));
      const results = await runtime.execute(plan, { parallel: options.parallel ?? false });
      return results.map(({ status }) => status);
    } finally {
      await auditLogger.close();
    }
  }

  const recorded = async (): Promise<unknown[]> =>
    (await assertAgrees(trail())).rows.map((row) => [row.action_type, row.result_status, row.human_decision]);

  it('records what was executed, blocked, approved, denied and skipped', async () => {
    const fails = (type: string): unknown => {
      if (type === 'read_broken') throw new Error('broken');
      return { type };
    };
    assert.deepEqual(await run(['read_a', 'delete', 'write_a', 'read_broken', 'read_b'], fails, { approve: true }), [
      'success',
      'blocked',
      'success',
      'failed',
      'skipped',
    ]);
    assert.deepEqual(await run(['write_b', 'read_c'], fails), ['denied', 'skipped']);
    assert.deepEqual(await recorded(), [
      ['read_a', 'success', null],
      ['delete', 'blocked', null],
      ['write_a', 'success', 'approved'],
      ['read_broken', 'failed', null],
      ['read_b', 'skipped', null],
      ['write_b', 'denied', 'denied'],
      ['read_c', 'skipped', null],
    ]);
  });

  it('has each attempt on the disk before the action is executed', async () => {
    const seen: unknown[] = [];
    await run(['read_a', 'read_b', 'read_c'], () => {
      const { entries, rows } = readTrail(trail());
      seen.push([entries.at(-1)!.metadata.phase, entries.at(-1)!.action_type, rows.at(-1)!.result_status]);
    });
    assert.deepEqual(seen, [
      ['attempt', 'read_a', null],
      ['attempt', 'read_b', null],
      ['attempt', 'read_c', null],
    ]);
    await recorded();
  });

  it('records every action of a plan that a plan rule stops', async () => {
    assert.deepEqual(await run(['read_secret', 'read_web'], () => assert.fail('executed')), ['blocked', 'blocked']);
    assert.deepEqual(await recorded(), [
      ['read_secret', 'blocked', null],
      ['read_web', 'blocked', null],
    ]);
    assert.equal(readTrail(trail()).rows[0].result_error, 'Blocked by plan rule: Secrets must not leave');
  });

  it('records a hundred actions at once', async () => {
    const types = Array.from({ length: 100 }, (_, i) => `read_${i}`);
    const statuses = await run(types, (type) => type, { parallel: true });
    assert.deepEqual(new Set(statuses), new Set(['success']));
    assert.equal((await recorded()).length, 100);
  });

  it('returns no success that is not recorded, and executes nothing after it', async () => {
    const executed: string[] = [];
    const breakIt = (type: string): void => {
      executed.push(type);
      if (type !== 'read_b') return;
      fs.renameSync(path.join(trail(), 'audit_chain.jsonl'), path.join(trail(), 'kept'));
      fs.mkdirSync(path.join(trail(), 'audit_chain.jsonl'));
    };
    const error = await run(['read_a', 'read_b', 'read_c'], breakIt).then(
      () => assert.fail('it was returned'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof RecordError);
    assert.deepEqual([error.sink, error.recorded, error.executed], ['chain', false, true]);
    assert.deepEqual(executed, ['read_a', 'read_b']);
    fs.rmdirSync(path.join(trail(), 'audit_chain.jsonl'));
    fs.renameSync(path.join(trail(), 'kept'), path.join(trail(), 'audit_chain.jsonl'));
    assert.deepEqual((await recorded()).slice(0, 2), [
      ['read_a', 'success', null],
      ['read_b', null, null],
    ]);
  });

  it('names the policy that decided in each entry', async () => {
    await run(['read_a'], () => undefined);
    const { entries } = readTrail(trail());
    assert.match(String(entries[0].metadata.policy_sha256), /^[0-9a-f]{64}$/);
  });
});
