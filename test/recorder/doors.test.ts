import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import type { CleanAction, CleanOutcome } from '../../src/core/record/actionRecord';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { assertAgrees, chainFiles, linesOf, readTrail } from './support/checkTrail';
import { given } from './support/given';

/** The library as programs get it. */
const library = createRequire(__filename)(path.resolve('dist/index.js')) as typeof import('../../src/index');
const { Action, AuditLogger, AuditTrail, CryptoAuditChain, JsonlAuditLogger } = library;
type AuditTrail = import('../../src/index').AuditTrail;

const done = { status: 'success', data: { ok: true } } as const;

describe('AuditTrail', () => {
  const folder = temporaryFolder();
  const trailFolder = (): string => path.join(folder(), 'trail');

  async function withTrail<T>(work: (trail: AuditTrail) => Promise<T>, options = {}): Promise<T> {
    const trail = new AuditTrail({ directory: trailFolder(), ...options });
    try {
      return await work(trail);
    } finally {
      await trail.close();
    }
  }

  it('writes to chain, database, JSON lines and log at once', async () => {
    const logged: [CleanAction, CleanOutcome][] = [];
    const log = { write: (action: CleanAction, outcome: CleanOutcome) => void logged.push([action, outcome]) };
    await withTrail(
      async (trail) => {
        const one = given();
        await trail.attempt(one);
        assert.equal(logged.length, 0);
        await trail.outcome(one, done);
        await trail.decision(given({ approval: 'block', riskLevel: 'CRITICAL' }), { status: 'blocked', error: 'no' });
      },
      { log },
    );
    const { entries, rows, jsonLines } = await assertAgrees(trailFolder());
    assert.deepEqual(
      entries.map(({ metadata }) => metadata.phase),
      ['attempt', 'outcome', 'decision'],
    );
    assert.deepEqual(
      rows.map((row) => row.result_status),
      ['success', 'blocked'],
    );
    assert.equal(jsonLines.length, 2);
    assert.deepEqual(
      logged.map(([, outcome]) => outcome.result_status),
      ['success', 'blocked'],
    );
  });

  it('has the attempt on the disk before anything is done, and shows it as without outcome until there is one', async () => {
    await withTrail(async (trail) => {
      await trail.attempt(given());
      assert.equal(readTrail(trailFolder()).rows[0].result_status, null);
      assert.equal(readTrail(trailFolder()).entries[0].metadata.phase, 'attempt');
    });
  });

  it('takes the outcome from another process than the attempt', async () => {
    const one = given();
    await withTrail((trail) => trail.attempt(one), { clock: () => 1_000_000 });
    const asSeenLater = { ...one, actionTarget: '/home/a/docs/a.md', actionParams: { lines: 10, at: 1 } };
    await withTrail((trail) => trail.outcome(asSeenLater, done), { clock: () => 2_000_000 });
    const { rows, entries } = await assertAgrees(trailFolder());
    assert.equal(entries[1].action_target, 'docs/a.md');
    assert.deepEqual(entries[1].metadata.action_params, { lines: 10 });
    assert.equal(rows[0].timestamp, '1970-01-01T00:16:40+00:00');
    assert.equal(rows[0].result_status, 'success');
  });

  it('writes no secret to any of its files, in parameters, target, result or error', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    await withTrail(async (trail) => {
      const one = given({
        actionParams: { password: 'hunter22', text: `use ${secret}` },
        actionTarget: `https://u:hunter22@host/`,
      });
      await trail.attempt(one);
      await trail.outcome(one, { status: 'failed', data: { said: secret }, error: `token ${secret} refused` });
    });
    await assertAgrees(trailFolder());
    for (const name of fs.readdirSync(trailFolder())) {
      const bytes = fs.readFileSync(path.join(trailFolder(), name)).toString('latin1');
      assert.ok(!bytes.includes('hunter22') && !bytes.includes(secret), name);
    }
    assert.match(String(readTrail(trailFolder()).rows[0].action_params), /"password": "\[REDACTED\]"/);
  });

  it('records what JSON has no form for as something else that says so, and never fails for it', async () => {
    const circular: Record<string, unknown> = {
      big: 2n ** 70n,
      when: new Date(0),
      none: undefined,
      nan: NaN,
      map: new Map([['a', 1]]),
    };
    circular.self = circular;
    circular.huge = 'x'.repeat(3_000_000);
    await withTrail(async (trail) => {
      const one = given({ actionParams: circular });
      await trail.attempt(one);
      await trail.outcome(one, { status: 'success', data: circular });
    });
    const params = String(readRows()[0].action_params);
    assert.match(params, /"big": 1180591620717411303424/);
    assert.match(params, /"nan": NaN/);
    assert.match(params, /"self": "\[circular\]"/);
    assert.ok(params.length < 2_000_000);
  });

  const readRows = (): ReturnType<AuditTrail['getLog']> => {
    const trail = new AuditTrail({ directory: trailFolder() });
    return trail.getLog();
  };

  it('makes a new folder with a .gitignore, and leaves one that is there as it is', async () => {
    await withTrail((trail) => trail.attempt(given()));
    assert.match(fs.readFileSync(path.join(trailFolder(), '.gitignore'), 'utf8'), /^\*$/m);
    const other = path.join(folder(), 'other');
    fs.mkdirSync(other);
    await withTrail((trail) => trail.attempt(given()), { directory: other });
    assert.ok(!fs.existsSync(path.join(other, '.gitignore')));
  });

  it('rotates: the new chain names the head of the old one, and everything verifies', async () => {
    await withTrail(async (trail) => {
      assert.equal(await trail.rotate(), undefined, 'there was nothing to put away');
      const one = given();
      await trail.attempt(one);
      const rotation = await trail.rotate();
      await trail.outcome(one, done);
      const old = linesOf(rotation!.chain).at(-1)!;
      const first = linesOf(trail.chainPath!)[0] as {
        action_type: string;
        metadata: { previous_chain: Record<string, unknown> };
      };
      assert.equal(first.action_type, 'aegis.rotated');
      assert.deepEqual(first.metadata.previous_chain, {
        algorithm: 'sha256',
        bytes: fs.statSync(rotation!.chain).size,
        entries: 1,
        file: path.basename(rotation!.chain),
        last_hash: old.entry_hash,
      });
    });
    await assertAgrees(trailFolder());
  });

  it('rotates by itself when the chain has grown beyond what it was told', async () => {
    await withTrail(
      async (trail) => {
        for (let i = 0; i < 20; i++) await trail.decision(given(), { status: 'skipped' });
      },
      { rotateAtBytes: 3000 },
    );
    assert.ok(chainFiles(trailFolder()).length > 3);
    assert.equal((await assertAgrees(trailFolder())).rows.length, 20);
  });

  it('filters, counts and exports as the reference does', async () => {
    await withTrail(async (trail) => {
      await trail.decision(given({ sessionId: 'a', riskLevel: 'HIGH', agentId: 'x' }), { status: 'blocked' });
      await trail.decision(given({ sessionId: 'b', actionType: 'run' }), { status: 'skipped' });
      assert.deepEqual(
        trail.getLog({ riskLevel: 'high' }).map((row) => row.session_id),
        ['a'],
      );
      assert.deepEqual(trail.getLog({ sessionId: 'b', actionType: 'run', resultStatus: 'skipped' }).length, 1);
      assert.deepEqual(
        trail.getLog({ agentId: 'x', sessionId: '' }).map((row) => row.id),
        [1],
      );
      assert.deepEqual(
        trail.getLog({ limit: 1 }).map((row) => row.id),
        [1],
      );
      assert.equal(trail.getLog({ limit: 0 }).length, 0);
      assert.equal(trail.getLog({ since: new Date(Date.now() + 60_000) }).length, 0);
      assert.equal(trail.getLog({ until: new Date(Date.now() + 60_000) }).length, 2);
      assert.equal(trail.count({ resultStatus: 'blocked' }), 1);
      const exported = path.join(folder(), 'export.jsonl');
      assert.equal(trail.exportJsonl(exported), 2);
      assert.equal(fs.readFileSync(exported, 'utf8'), fs.readFileSync(trail.jsonlPath!, 'utf8'));
      assert.equal(trail.exportJsonl(exported, 'b'), 1);
    });
  });

  it('refuses an action that could not be read back from its entry, and records the next', async () => {
    await withTrail(async (trail) => {
      for (const [members, why] of [
        [{ approval: 'yes' as 'auto' }, /approval of an action must be one of auto, approve, block, and is "yes"/],
        [{ riskLevel: 'huge' as 'LOW' }, /riskLevel .* is "HUGE"/],
        [{ humanDecision: 'maybe' as 'denied' }, /humanDecision/],
        [{ actionType: '' }, /needs a type/],
      ] as const)
        await assert.rejects(trail.attempt(given(members)), why);
      await assert.rejects(trail.decision(given(), { status: 'ok' as 'success' }), /status .* is "ok"/);
      await trail.decision(given(), { status: 'skipped' });
    });
    assert.equal((await assertAgrees(trailFolder())).rows.length, 1);
  });

  it('has nothing to tell before anything is recorded', () => {
    const trail = new AuditTrail({ directory: trailFolder() });
    assert.deepEqual([trail.getLog(), trail.count()], [[], 0]);
  });

  it('refuse names that they do not have, for what is misspelt would be missing in the record', async () => {
    const refused = (make: () => unknown, sentence: RegExp): void => assert.throws(make, sentence);
    refused(() => new Action({ type: 'a', target: 'b', ...{ agent: 'me' } }), /An action has no "agent"\. .*agentId/);
    refused(() => new AuditTrail({ dir: 'x' } as never), /An AuditTrail has no "dir"\. .*directory/);
    refused(() => new AuditTrail('x' as never), /An AuditTrail must be given as an object with directory/);
    for (const rotateAtBytes of [0, -1, NaN, '1' as never])
      refused(() => new AuditTrail({ directory: trailFolder(), rotateAtBytes }), /rotateAtBytes must be a number/);
    const trail = new AuditTrail({ directory: trailFolder() });
    refused(() => trail.getLog({ session_id: 'x' } as never), /A filter has no "session_id"\. .*sessionId/);
    refused(() => trail.count({ agentId: 'x' } as never), /A filter of a count has no "agentId"/);
    await trail.close();
  });

  it('refuses what it cannot be, with a sentence', () => {
    assert.throws(() => new AuditTrail({ chainPath: false, databasePath: false, jsonlPath: false }), /needs a chain/);
    assert.throws(() => new AuditTrail({ chainPath: 'a', databasePath: 'a' }), /must be different/);
    assert.throws(
      () => new AuditTrail({ directory: trailFolder(), algorithm: 'md5' as 'sha256' }),
      /no algorithm "md5"/,
    );
  });
});

describe('Loggers for one place', () => {
  const folder = temporaryFolder();

  it('AuditLogger records in a database', async () => {
    const logger = new AuditLogger(path.join(folder(), 'a.db'));
    const one = given();
    await logger.attempt(one);
    await logger.outcome(one, done);
    assert.equal(logger.getLog()[0].result_status, 'success');
    assert.equal(logger.count(), 1);
    await logger.close();
  });

  it('JsonlAuditLogger writes a line for each action that has ended, without an id', async () => {
    const file = path.join(folder(), 'a.jsonl');
    const logger = new JsonlAuditLogger(file);
    const one = given();
    await logger.attempt(one);
    await logger.outcome(one, done);
    await assert.rejects(logger.outcome(one, done), /was not attempted in this process, or has ended already/);
    await logger.close();
    const [line, ...more] = linesOf(file);
    assert.deepEqual(
      [line.result_status, line.action_params, 'id' in line, more],
      ['success', '{"lines": 10}', false, []],
    );
  });

  for (const algorithm of ['sha256', 'sha3_256'] as const)
    for (const isStored of [true, false])
      it(`CryptoAuditChain ${isStored ? 'in a file' : 'in memory'} with ${algorithm} gives each entry with its hash, and verifies`, async () => {
        const chain = new CryptoAuditChain({
          algorithm,
          ...(isStored ? { storagePath: path.join(folder(), 'c.jsonl') } : {}),
        });
        const content = { agentId: 'a', actionType: 't', actionTarget: 'x', decision: 'auto', riskLevel: 'low' };
        const first = await chain.append(content);
        const second = await chain.append({ ...content, metadata: { token: 'abc', n: 1.5 } });
        assert.equal(second.previous_hash, first.entry_hash);
        assert.deepEqual(second.metadata, { n: 1.5, token: '[REDACTED]' });
        assert.ok(Object.isFrozen(second));
        const { valid, entries } = await chain.verify();
        assert.deepEqual({ valid, entries }, { valid: true, entries: 2 });
        await chain.close();
      });
});
