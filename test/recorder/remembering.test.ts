import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { AuditTrail } from '../../src/recorder/auditTrail';
import { nodeSqlite, type NodeDatabaseSync } from '../../src/sqlite/nodeDatabase';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { assertAgrees, linesOf } from './support/checkTrail';
import { given } from './support/given';

const done = { status: 'success', data: { ok: true } } as const;

describe('What a trail remembers from one turn to the next', () => {
  const folder = temporaryFolder();
  const trails: AuditTrail[] = [];

  function trailHere(): AuditTrail {
    const trail = new AuditTrail({ directory: folder() });
    trails.push(trail);
    return trail;
  }

  afterEach(async () => {
    for (const trail of trails.splice(0)) await trail.close();
  });

  /** As another program, on a connection of its own. */
  function elsewhere(trail: AuditTrail, work: (database: NodeDatabaseSync) => void): void {
    const database = new (nodeSqlite()!.DatabaseSync)(trail.databasePath!, { readOnly: false });
    try {
      work(database);
    } finally {
      database.close();
    }
  }

  function assertLinesAreExported(trail: AuditTrail): void {
    const exported = path.join(folder(), 'exported.jsonl');
    trail.exportJsonl(exported);
    assert.equal(fs.readFileSync(trail.jsonlPath!, 'utf8'), fs.readFileSync(exported, 'utf8'));
  }

  it('makes the line that is exported, whatever stands in the row', async () => {
    const trail = trailHere();
    const odd = ['', 'a\0b', '"\\\n\u0085', '😀\uffff', '\ud800 alone', '1e400'];
    for (const text of odd) {
      const action = given({
        actionTarget: text,
        actionParams: { [text]: text, n: 1e22 },
        agentId: text,
        chainDepth: 3,
      });
      await trail.attempt(action);
      await trail.outcome(action, { status: 'failed', data: [text, -0, 2 ** 60], error: text });
      await trail.decision(given({ actionDesc: text, humanDecision: 'denied' }), { status: 'denied', data: 0 });
    }
    assert.equal(linesOf(trail.jsonlPath!).length, 2 * odd.length);
    assertLinesAreExported(trail);
  });

  it('is not held against a column that somebody adds between an attempt and its outcome', async () => {
    const trail = trailHere();
    const action = given();
    await trail.attempt(action);
    elsewhere(trail, (database) => database.exec("ALTER TABLE audit_log ADD COLUMN team TEXT DEFAULT 'blue'"));
    await trail.outcome(action, done);
    await trail.decision(given(), { status: 'blocked' });
    assert.deepEqual(
      linesOf(trail.jsonlPath!).map(({ team }) => team),
      ['blue', 'blue'],
    );
    assertLinesAreExported(trail);
  });

  it('is not held against what a trigger of somebody else makes of a row', async () => {
    const trail = trailHere();
    const action = given();
    await trail.attempt(action);
    elsewhere(trail, (database) =>
      database.exec(
        `CREATE TRIGGER noted AFTER UPDATE ON audit_log WHEN NEW.result_error IS NULL BEGIN
           UPDATE audit_log SET result_error = 'noted' WHERE id = NEW.id;
         END`,
      ),
    );
    await trail.outcome(action, done);
    const next = given();
    await trail.attempt(next);
    await trail.outcome(next, done);
    assert.deepEqual(
      linesOf(trail.jsonlPath!).map((line) => line.result_error),
      ['noted', 'noted'],
    );
    assertLinesAreExported(trail);
  });

  it('is forgotten when another writer of the trail has ended the attempt', async () => {
    const [one, other] = [trailHere(), trailHere()];
    const action = given();
    await one.attempt(action);
    await other.outcome(action, done);
    await assert.rejects(one.outcome(action, done), /has no attempt without an outcome/);
    await assert.rejects(other.attempt(action), /is recorded already/);
    const next = given();
    await one.attempt(next);
    await one.outcome(next, done);
    const { rows } = await assertAgrees(folder());
    assert.equal(rows.length, 2);
    assertLinesAreExported(one);
  });

  it('finds the outcomes of more attempts than it keeps', async () => {
    const trail = trailHere();
    const actions = Array.from({ length: 1100 }, () => given());
    await Promise.all(actions.map((action) => trail.attempt(action)));
    await Promise.all(actions.map((action) => trail.outcome(action, done)));
    assert.equal((await assertAgrees(folder())).jsonLines.length, actions.length);
    assertLinesAreExported(trail);
  });

  it('is no excuse for a last line that was changed in its place', async () => {
    for (const [change, to] of [
      ['docs/a.md', 'docs/b.md'],
      ['}\n', '} '],
      ['}\n{', '} {'],
    ] as const) {
      const directory = path.join(folder(), Buffer.from(change).toString('hex'));
      const trail = new AuditTrail({ directory });
      try {
        for (let i = 0; i < 3; i++) await trail.decision(given(), { status: 'blocked' });
        const text = fs.readFileSync(trail.chainPath!, 'latin1');
        const at = text.lastIndexOf(change);
        const changed = text.slice(0, at) + to + text.slice(at + change.length);
        assert.equal(changed.length, text.length);
        fs.writeFileSync(trail.chainPath!, changed, 'latin1');
        await trail.decision(given(), { status: 'blocked' });
        const added = fs.readFileSync(trail.chainPath!, 'latin1').slice(changed.trimEnd().length);
        assert.match(added, /"action_type": "aegis\.(?:break_found|recovered)"/, `${change} became ${to}`);
      } finally {
        await trail.close();
      }
    }
  });
});
