import * as assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { RecordDatabase } from '../../src/recorder/database/recordDatabase';
import { RecordError } from '../../src/recorder/errors';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { assertAgrees, readTrail } from './support/checkTrail';
import { replaceMethod } from './support/replaceMethod';
import { action, now, success, writerIn } from './support/trail';

describe('Where a sink fails', () => {
  const folder = temporaryFolder();
  const file = (name: string): string => path.join(folder(), name);

  /** The error, which must be one that names a sink. */
  async function failing(work: Promise<unknown>): Promise<RecordError> {
    const error = await work.then(
      () => assert.fail('it did not fail'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof RecordError, String(error));
    return error;
  }

  /** Lets those writes fail whose text is such. */
  async function whileWritingFails<T>(fails: (text: string) => boolean, work: () => Promise<T>): Promise<T> {
    const module = createRequire(__filename)('node:fs') as typeof fs;
    const { writeSync } = module;
    const failing = (descriptor: number, bytes: Uint8Array, ...more: number[]): number => {
      if (fails(Buffer.from(bytes).toString('utf8'))) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      return writeSync(descriptor, bytes, ...more);
    };
    module.writeSync = failing as typeof writeSync;
    try {
      return await work();
    } finally {
      module.writeSync = writeSync;
    }
  }

  const decision = () =>
    ({
      phase: 'decision',
      action: action({ approval: 'block' }),
      outcome: { ...success, result_status: 'blocked' },
      timestamp: now(),
    }) as const;

  it('for a full disk, the error says so, and the sinks agree once there is room again', async () => {
    const mount = file('mount');
    const copies = file('copies');
    fs.mkdirSync(mount);
    fs.mkdirSync(copies);
    // A mount of one's own: for the super-user at once, for anybody else in a namespace in which they are it.
    const flags = process.getuid?.() === 0 ? ['-m'] : ['-rm'];
    const script = `mount -t tmpfs -o size=2m tmpfs "${mount}" && exec "${process.execPath}" --no-warnings "${path.join(__dirname, 'programs', 'onFullDisk.js')}" "${mount}" "${copies}"`;
    const { status, stdout, stderr } = spawnSync('unshare', [...flags, 'sh', '-c', script], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    const told = JSON.parse(stdout) as {
      free: number;
      ok: number;
      errors: { sink: string; recorded: boolean; message: string; of: string }[];
    }[];
    for (const { free, errors } of told) {
      assert.ok(errors.length > 0, `nothing failed with ${free} bytes free`);
      for (const { message } of errors)
        assert.match(message, /could not be written: .*(the disk is full)|has no attempt/);
    }
    const { entries } = await assertAgrees(copies);
    const there = new Set(entries.map(({ metadata }) => `${String(metadata.phase)} ${String(metadata.action_id)}`));
    for (const { recorded, of } of told.flatMap(({ errors }) => errors)) assert.equal(there.has(of), recorded, of);
    console.log(
      `      ${told.map(({ free, ok, errors }) => `${free} free: ${ok} recorded, ${errors.map(({ sink, recorded }) => `${sink}${recorded ? ' (recorded)' : ''}`).join('/')}`).join('\n      ')}`,
    );
  }).timeout(60_000);

  it('for a read-only file system, the error says so', () => {
    const mount = file('mount');
    fs.mkdirSync(mount);
    const flags = process.getuid?.() === 0 ? ['-m'] : ['-rm'];
    const script = `mount -t tmpfs -o ro,size=1m tmpfs "${mount}" && exec "${process.execPath}" --no-warnings "${path.join(__dirname, 'programs', 'recordOnce.js')}" "${mount}"`;
    const { stdout, stderr } = spawnSync('unshare', [...flags, 'sh', '-c', script], { encoding: 'utf8' });
    assert.match(
      stdout,
      /^The chain ".*audit_chain\.jsonl" could not be written: .*(read-only|cannot be opened).* Nothing was recorded\./,
      stderr,
    );
  });

  it('for a database or a chain that became read-only meanwhile, nothing is recorded in either', async () => {
    const writer = writerIn(folder());
    await writer.record(decision());
    await writer.close();
    const before = fs.readFileSync(file('audit_chain.jsonl'));
    for (const name of ['aegis_audit.db', 'audit_chain.jsonl']) {
      // (A folder in its place is what nobody can write, not even the super-user.)
      fs.renameSync(file(name), file('kept'));
      fs.mkdirSync(file(name));
      const again = writerIn(folder());
      const { sink, recorded, message } = await failing(again.record(decision()));
      await again.close();
      assert.deepEqual([sink, recorded], [name === 'aegis_audit.db' ? 'database' : 'chain', false]);
      assert.match(message, /could not be written: .*Nothing was recorded\.$/);
      fs.rmdirSync(file(name));
      fs.renameSync(file('kept'), file(name));
    }
    assert.ok(fs.readFileSync(file('audit_chain.jsonl')).equals(before));
  });

  it('for JSON lines alone, the others hold the action, and the line follows when it can', async () => {
    const writer = writerIn(folder());
    await writer.record(decision());
    await writer.close();
    fs.renameSync(file('aegis_audit.jsonl'), file('kept'));
    // A device takes no line, and is not a plain file.
    fs.symlinkSync('/dev/full', file('aegis_audit.jsonl'));
    const again = writerIn(folder());
    const { sink, recorded, message } = await failing(again.record(decision()));
    assert.equal(sink, 'json lines');
    assert.match(message, /is not a plain file/);
    assert.equal(recorded, false);
    fs.rmSync(file('aegis_audit.jsonl'));
    fs.renameSync(file('kept'), file('aegis_audit.jsonl'));
    await again.record(decision());
    await again.close();
    await assertAgrees(folder());
  });

  for (const [what, name, sink] of [
    ['the lock of the chain', 'audit_chain.jsonl.lock', 'chain'],
    ['the database', 'aegis_audit.db', 'database'],
  ] as const)
    it(`for ${what} that another process holds too long, the error says so; once it lets go, all goes on`, async () => {
      const first = writerIn(folder());
      await first.record(decision());
      await first.close();
      const holder = spawn('python3', [
        '-c',
        `import sqlite3, sys\ndb = sqlite3.connect('${file(name)}', isolation_level=None)\ndb.execute('BEGIN IMMEDIATE')\nprint('held', flush=True)\nsys.stdin.read()`,
      ]);
      await new Promise((resolve) => holder.stdout.once('data', resolve));
      const writer = writerIn(folder(), { patience: 300 });
      const error = await failing(writer.record(decision()));
      assert.deepEqual([error.sink, error.recorded], [sink, false]);
      assert.match(error.message, /is being written by another process, which did not let go of it for \d+ s/);
      const waiting = writerIn(folder(), { patience: 20_000 });
      const recorded = waiting.record(decision());
      let ticks = 0;
      const clock = setInterval(() => ticks++, 5);
      await new Promise((resolve) => setTimeout(resolve, 100));
      clearInterval(clock);
      assert.ok(ticks > 2, 'waiting stood in the way of the program');
      holder.stdin.end();
      await recorded;
      await Promise.all([writer.close(), waiting.close()]);
      assert.equal((await assertAgrees(folder())).rows.length, 2);
    });

  for (const [what, sink, fails] of [
    ['the JSON lines', 'json lines', (text: string) => text.startsWith('{"id": ')],
    ['the chain', 'chain', (text: string) => text.includes('aegis.recovered')],
  ] as const)
    it(`for ${what} while a trail is put in order, nothing that was asked for is said to be recorded that is not`, async () => {
      const first = writerIn(folder());
      for (let i = 0; i < 2; i++) await first.record(decision());
      await first.close();
      fs.truncateSync(file('aegis_audit.jsonl'), 0);
      const writer = writerIn(folder());
      const one = decision();
      const error = await failing(whileWritingFails(fails, () => writer.record(one)));
      assert.equal(error.sink, sink);
      const isThere = readTrail(folder()).entries.some(({ metadata }) => metadata.action_id === one.action.action_id);
      assert.equal(error.recorded, isThere);
      await writer.record(decision());
      await writer.close();
      await assertAgrees(folder());
    });

  it('for a database that cannot be committed while a trail is put in order, nothing is said to be recorded', async () => {
    const first = writerIn(folder());
    for (let i = 0; i < 2; i++) await first.record(decision());
    await first.close();
    fs.truncateSync(file('aegis_audit.jsonl'), 0);
    const writer = writerIn(folder());
    const putBack = replaceMethod(
      RecordDatabase.prototype,
      'commit',
      (commit) =>
        function (this: RecordDatabase) {
          if (fs.readFileSync(file('audit_chain.jsonl'), 'utf8').includes('aegis.recovered'))
            throw new Error('no room');
          commit.call(this);
        },
    );
    const error = await failing(writer.record(decision())).finally(putBack);
    assert.deepEqual([error.sink, error.recorded], ['database', false]);
    await writer.record(decision());
    await writer.close();
    assert.equal((await assertAgrees(folder())).rows.length, 3);
  });

  it('for a log that throws, the error says that the action is recorded', async () => {
    const writer = writerIn(folder(), {}, () => {
      throw new Error('no room in the log');
    });
    const { sink, recorded, message } = await failing(writer.record(decision()));
    assert.deepEqual([sink, recorded], ['log', true]);
    assert.match(message, /no room in the log/);
    await writer.close();
    await assertAgrees(folder());
  });

  it('for an outcome, the error says that the action was executed', async () => {
    const writer = writerIn(folder());
    const one = action();
    await writer.record({ phase: 'attempt', action: one });
    fs.renameSync(file('audit_chain.jsonl'), file('kept'));
    fs.mkdirSync(file('audit_chain.jsonl'));
    const { executed, recorded } = await failing(
      writer.record({ phase: 'outcome', action: one, outcome: success, timestamp: now() }),
    );
    assert.deepEqual({ executed, recorded }, { executed: true, recorded: false });
    await writer.close();
    fs.rmdirSync(file('audit_chain.jsonl'));
    fs.renameSync(file('kept'), file('audit_chain.jsonl'));
    assert.equal(readTrail(folder()).rows[0].result_status, null, 'the outcome is unknown, and stays so');
  });

  it('an outcome without an attempt, a second one, and an action that is there already are refused; what came with them is recorded', async () => {
    const writer = writerIn(folder());
    const one = action();
    await writer.record({ phase: 'attempt', action: one });
    const outcome = { phase: 'outcome', action: one, outcome: success, timestamp: now() } as const;
    const results = await Promise.allSettled([
      writer.record(outcome),
      writer.record(outcome),
      writer.record({ ...outcome, action: action() }),
      writer.record({ phase: 'attempt', action: one }),
      writer.record(decision()),
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'rejected', 'fulfilled'],
    );
    await writer.close();
    assert.equal((await assertAgrees(folder())).rows.length, 2);
  });

  it('a clock that goes back changes neither the order nor what is recorded', async () => {
    const times = ['2026-11-30T10:00:00+00:00', '2026-11-30T09:00:00+00:00'];
    const writer = writerIn(folder());
    for (const timestamp of times) await writer.record({ ...decision(), action: action({ timestamp }), timestamp });
    await writer.close();
    const { entries, rows } = await assertAgrees(folder());
    assert.deepEqual(
      entries.map((entry) => entry.timestamp),
      times,
    );
    assert.deepEqual(
      rows.map((row) => row.timestamp),
      times,
    );
  });
});
