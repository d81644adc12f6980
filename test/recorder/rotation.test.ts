import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { RecordDatabase } from '../../src/recorder/database/recordDatabase';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { assertAgrees, chainFiles, linesOf } from './support/checkTrail';
import { replaceMethod } from './support/replaceMethod';
import { action, now, success, writerIn } from './support/trail';

describe('A rotation', () => {
  const folder = temporaryFolder();
  const file = (name: string): string => path.join(folder(), name);

  async function record(count: number, rotates = false): Promise<void> {
    const writer = writerIn(folder());
    for (let i = 0; i < count; i++) {
      const one = action();
      await writer.record({ phase: 'attempt', action: one });
      await writer.record({ phase: 'outcome', action: one, outcome: success, timestamp: now() });
    }
    if (rotates) await writer.rotate();
    await writer.close();
  }

  const typesOf = (name: string): unknown[] => linesOf(name).map((entry) => entry.action_type);

  for (const [step, what] of [
    ['linkSync 1 before', 'before the old chain has its second name'],
    ['linkSync 1 after', 'when the old chain has a second name'],
    ['renameSync 1 after', 'when the new chain is in its place'],
    ['renameSync 2 after', 'when the JSON lines are put away'],
    ['commit 2 before', 'before it is committed'],
    ['commit 2 after', 'when it is committed'],
  ])
    it(`that is killed ${what} is finished or begun again`, async () => {
      await record(2);
      const { stdout, signal } = spawnSync(
        process.execPath,
        ['--no-warnings', path.join(__dirname, 'programs', 'rotateAndDie.js'), folder(), ...step.split(' ')],
        { encoding: 'utf8' },
      );
      assert.deepEqual({ stdout, signal }, { stdout: '', signal: 'SIGKILL' });
      await record(1);
      await record(1, true);
      const { rows } = await assertAgrees(folder());
      assert.equal(rows.length, 4);
      const chains = chainFiles(folder());
      assert.deepEqual(
        chains.flatMap(typesOf).filter((type) => type === 'aegis.break_found'),
        [],
      );
      assert.equal(new Set(chains.map((name) => fs.statSync(name).ino)).size, chains.length);
      // What a chain says of the JSON lines before it is there.
      for (const chain of chains.slice(1)) {
        const { metadata } = linesOf(chain)[0] as {
          metadata: { previous_json_lines: { file: string; bytes: number } };
        };
        assert.equal(fs.statSync(file(metadata.previous_json_lines.file)).size, metadata.previous_json_lines.bytes);
      }
    });

  it('is no break for a database that a loss of power took back to where it was synced', async () => {
    const files = ['aegis_audit.db', 'aegis_audit.db-wal'];
    const synced = new Map<string, Buffer>();
    const putBack = replaceMethod(
      RecordDatabase.prototype,
      'sync',
      (sync) =>
        function (this: RecordDatabase) {
          sync.call(this);
          for (const name of files) synced.set(name, fs.readFileSync(file(name)));
        },
    );
    try {
      await record(3, true);
    } finally {
      putBack();
    }
    await record(1);
    fs.rmSync(file('aegis_audit.db-shm'), { force: true });
    for (const [name, bytes] of synced) fs.writeFileSync(file(name), bytes);
    await record(1);
    assert.equal((await assertAgrees(folder())).rows.length, 5);
    assert.deepEqual(typesOf(file('audit_chain.jsonl')).slice(0, 4), [
      'aegis.rotated',
      'read_file',
      'read_file',
      'aegis.recovered',
    ]);
  });

  const noBreak = (): void =>
    assert.deepEqual(
      chainFiles(folder())
        .flatMap(typesOf)
        .filter((type) => type === 'aegis.break_found'),
      [],
    );

  async function recordChainOnly(times: number): Promise<void> {
    const writer = writerIn(folder(), { database: undefined, jsonLines: undefined });
    for (let i = 0; i < times; i++) {
      const one = action();
      await writer.record({ phase: 'attempt', action: one });
      await writer.record({ phase: 'outcome', action: one, outcome: success, timestamp: now() });
      await writer.rotate();
    }
    await writer.close();
  }

  it('by a process that does not write to the database is no break for those that do, who get its rows', async () => {
    await record(2);
    await recordChainOnly(3);
    await record(1);
    noBreak();
    assert.equal((await assertAgrees(folder())).rows.length, 6);
    await record(1, true);
    await recordChainOnly(1);
    await record(1);
    noBreak();
    assert.equal((await assertAgrees(folder())).rows.length, 9);
  });

  it('is no break for a copy of the database that was put back', async () => {
    await record(2);
    const copy = fs.readFileSync(file('aegis_audit.db'));
    await record(2, true);
    await record(2, true);
    await record(1);
    for (const name of ['aegis_audit.db-shm', 'aegis_audit.db-wal']) fs.rmSync(file(name), { force: true });
    fs.writeFileSync(file('aegis_audit.db'), copy);
    await record(1);
    noBreak();
    assert.equal((await assertAgrees(folder())).rows.length, 8);
  });

  for (const [what, change] of [
    ['is gone', (archive: string) => fs.rmSync(archive)],
    ['ends earlier', (archive: string) => fs.truncateSync(archive, Math.floor(fs.statSync(archive).size / 2))],
    [
      'was changed in the middle',
      (archive: string) =>
        fs.writeFileSync(archive, fs.readFileSync(archive, 'utf8').replace('"decision": "auto"', '"decision": "none"')),
    ],
  ] as const)
    it(`is a break where a chain that was put away ${what} before the database came to it`, async () => {
      await record(1);
      const copy = fs.readFileSync(file('aegis_audit.db'));
      await record(1, true);
      await record(1, true);
      for (const name of ['aegis_audit.db-shm', 'aegis_audit.db-wal']) fs.rmSync(file(name), { force: true });
      fs.writeFileSync(file('aegis_audit.db'), copy);
      change(chainFiles(folder())[1]);
      await record(1);
      assert.ok(typesOf(file('audit_chain.jsonl')).includes('aegis.break_found'));
    });

  it('says how many entries there were, also without a database', async () => {
    const writer = writerIn(folder(), { database: undefined, jsonLines: undefined });
    for (let i = 0; i < 3; i++) await writer.record({ phase: 'attempt', action: action() });
    await writer.rotate();
    await writer.close();
    const { metadata } = linesOf(file('audit_chain.jsonl'))[0] as { metadata: { previous_chain: { entries: number } } };
    assert.equal(metadata.previous_chain.entries, 3);
  });
});
