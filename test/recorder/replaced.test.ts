import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { RecordError } from '../../src/recorder/errors';
import { Staged } from '../../src/recorder/trail/staged';
import type { TrailWriter } from '../../src/recorder/trail/trailWriter';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { assertAgrees, readTrail } from './support/checkTrail';
import { replaceMethod } from './support/replaceMethod';
import { action, now, success, writerIn } from './support/trail';

describe('A file that is replaced while a writer has it open', () => {
  const folder = temporaryFolder();
  const file = (name: string): string => path.join(folder(), name);
  const remove = (...names: string[]): void => names.forEach((name) => fs.rmSync(file(name), { force: true }));
  const databaseFiles = ['aegis_audit.db', 'aegis_audit.db-wal', 'aegis_audit.db-shm'];

  async function record(writer: TrailWriter): Promise<void> {
    const one = action();
    await writer.record({ phase: 'attempt', action: one });
    await writer.record({ phase: 'outcome', action: one, outcome: success, timestamp: now() });
  }

  it('and is a database alone: what is recorded later is in the new one', async () => {
    const writer = writerIn(folder(), { chain: undefined, jsonLines: undefined });
    await record(writer);
    remove(...databaseFiles);
    await record(writer);
    await writer.close();
    assert.equal(readTrailRows(), 1);
  });

  it('and is the database of a trail: two writers agree on the new one, which is made of the chain', async () => {
    const writers = [writerIn(folder()), writerIn(folder())];
    for (const writer of writers) await record(writer);
    remove(...databaseFiles, 'aegis_audit.jsonl');
    for (const writer of [...writers, ...writers]) await record(writer);
    await Promise.all(writers.map((writer) => writer.close()));
    const { entries, rows } = await assertAgrees(folder());
    assert.equal(rows.length, 6);
    assert.equal(entries.filter((entry) => entry.action_type === 'aegis.recovered').length, 1);
  });

  it('and is the lock: it is not taken any more', async () => {
    const writer = writerIn(folder());
    await record(writer);
    remove('audit_chain.jsonl.lock');
    await record(writer);
    assert.ok(fs.existsSync(file('audit_chain.jsonl.lock')));
    const recording = writer.record({ phase: 'attempt', action: action() });
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--no-warnings', path.join(__dirname, 'programs', 'recordOnce.js'), folder()],
      { encoding: 'utf8' },
    );
    assert.equal(stdout, 'recorded', stderr);
    await recording;
    await writer.close();
    assert.equal((await assertAgrees(folder())).rows.length, 4);
  });

  for (const name of ['audit_chain.jsonl', 'aegis_audit.jsonl'])
    it(`and is ${name}, which somebody writes to who takes no turns: nothing of theirs or ours is lost`, async () => {
      const writer = writerIn(folder());
      await record(writer);
      const theirs = fs.readFileSync(file(name), 'utf8').split('\n')[0].slice(0, -1);
      const putBack = replaceMethod(
        Staged.prototype,
        'tally',
        (tally) =>
          function (this: Staged) {
            tally.call(this);
            fs.appendFileSync(file(name), theirs);
          },
      );
      const error: unknown = await writer
        .record({ phase: 'decision', action: action(), outcome: success, timestamp: now() })
        .catch((reason: unknown) => reason)
        .finally(putBack);
      assert.match(String(error), /something else has written to it meanwhile/);
      assert.equal((error as RecordError).recorded, name === 'aegis_audit.jsonl');
      await record(writer);
      await writer.close();
      const { rows } = await assertAgrees(folder());
      assert.equal(rows.length, name === 'aegis_audit.jsonl' ? 3 : 2);
      const [aside] = fs.readdirSync(folder()).filter((other) => other.startsWith(`${name}.cut-at-`));
      assert.equal(fs.readFileSync(file(aside), 'utf8'), theirs);
    });

  function readTrailRows(): number {
    fs.writeFileSync(file('audit_chain.jsonl'), '');
    fs.writeFileSync(file('aegis_audit.jsonl'), '');
    return readTrail(folder()).rows.length;
  }
});
