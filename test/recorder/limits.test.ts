import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { AuditTrail, type AuditTrailOptions } from '../../src/recorder/auditTrail';
import { LockFile } from '../../src/recorder/files/lockFile';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { linesOf } from './support/checkTrail';
import { replaceMethod } from './support/replaceMethod';
import { action, writerIn } from './support/trail';
import { given } from './support/given';

const done = { status: 'success', data: { ok: true } } as const;

describe('A trail at its limits', () => {
  const folder = temporaryFolder();
  const trailFolder = (): string => path.join(folder(), 'trail');

  async function withTrail(work: (trail: AuditTrail) => Promise<void>, options: AuditTrailOptions = {}): Promise<void> {
    const trail = new AuditTrail({ directory: trailFolder(), ...options });
    try {
      await work(trail);
    } finally {
      await trail.close();
    }
  }

  it('exports over none of its own files, and takes any number of rows for a limit', async () => {
    await withTrail(async (trail) => {
      await trail.decision(given(), { status: 'blocked' });
      for (const own of [trail.chainPath, trail.databasePath, trail.jsonlPath]) {
        const before = fs.readFileSync(own!);
        assert.throws(() => trail.exportJsonl(path.relative('.', own!)), /is a file of the trail itself/);
        assert.ok(fs.readFileSync(own!).equals(before));
      }
      assert.deepEqual(
        [Infinity, 1e300, 1.5, 0, -1].map((limit) => trail.getLog({ limit }).length),
        [1, 1, 1, 0, 0],
      );
      assert.throws(() => trail.getLog({ limit: NaN }), /limit must be a number/);
    });
  });

  it('writes what is too much for one turn in several', async () => {
    let turns = 0;
    const putBack = replaceMethod(
      LockFile.prototype,
      'take',
      (take) =>
        function (this: LockFile, patience) {
          turns++;
          return take.call(this, patience);
        },
    );
    const writer = writerIn(folder());
    try {
      const large = () => action({ action_params: { text: 'x'.repeat(1 << 24) } });
      await Promise.all(Array.from({ length: 6 }, () => writer.record({ phase: 'attempt', action: large() })));
      assert.equal(turns, 3);
    } finally {
      putBack();
      await writer.close();
    }
    assert.equal(linesOf(path.join(folder(), 'audit_chain.jsonl')).length, 6);
  });

  it('has one outcome of an action, also without a database', async () => {
    await withTrail(
      async (trail) => {
        const one = given();
        await trail.attempt(one);
        const told = await Promise.allSettled([trail.outcome(one, done), trail.outcome(one, done)]);
        assert.deepEqual(
          told.map(({ status }) => status),
          ['fulfilled', 'rejected'],
        );
        assert.equal(linesOf(trail.chainPath!).length, 2);
      },
      { databasePath: false },
    );
  });

  it('can neither record nor rotate when it is closed', async () => {
    const trail = new AuditTrail({ directory: trailFolder() });
    await trail.attempt(given());
    await trail.close();
    await assert.rejects(trail.attempt(given()), /is closed/);
    await assert.rejects(trail.rotate(), /is closed/);
  });
});
