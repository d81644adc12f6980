import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { tracesOf } from '../sqlite/support/imageRows';
import { temporaryFolder } from '../support/temporaryFolder';
import type { LogService } from '../../../src/logfile/logService';
import type { LogSummary } from '../../../src/logfile/logSummary';
import { answered, entriesOf, reading, sessionsOf, viewOf } from './support/logs';

const WRITER = path.join('test', 'unit', 'logfile', 'support', 'actionWriter.py');

/** Makes sure that what was read is of whole transactions, none of them taken back. */
async function checkIsCommitted(service: LogService, file: string, summary: LogSummary): Promise<void> {
  const { entries, sessions, deleted, warnings } = summary;
  assert.equal(entries % 3, 0, `${entries} entries: half a transaction`);
  assert.equal(sessions, entries / 3);
  (await sessionsOf(service, file)).forEach((session, i) =>
    assert.deepEqual([session.id, session.entries, session.open], [`transaction ${i + 1}`, 3, 0]),
  );
  assert.deepEqual([deleted, warnings], [0, []]);
}

describe('A database that an agent is writing', () => {
  const folder = temporaryFolder();

  for (const [mode, transactions, least] of [
    ['WAL', 1200, 10],
    ['DELETE', 800, 5],
  ] as const) {
    it(`is shown as of one commit or another each time it is read again, and never in between (${mode})`, async () => {
      const file = path.join(folder(), 'aegis_audit.db');
      const writer = spawn('python3', [WRITER, file, mode, String(transactions), '0.001']);
      let said = '';
      const ended = new Promise<number | null>((resolve) => writer.once('close', resolve));
      await new Promise<void>((resolve) =>
        writer.stdout.on('data', (data) => {
          said += String(data);
          resolve();
        }),
      );
      const { service } = reading();
      /** On a busy machine a reading can be overtaken for so long that it gives up. */
      const patiently = async <T>(read: () => Promise<T>): Promise<T> => {
        for (;;) {
          try {
            return await read();
          } catch (error) {
            if ((error as { problem?: unknown }).problem !== 'unstable') throw error;
            writer.stdin.write('slower\n');
          }
        }
      };
      let last = await patiently(() => service.open(file));
      let changes = 0;
      while (writer.exitCode === null) {
        const summary = await patiently(() => service.refresh(file));
        if (summary === undefined) continue;
        // How often one gets to read meanwhile depends on the machine, so the writer goes on as long as it takes.
        if (++changes === least) writer.stdin.end();
        await checkIsCommitted(service, file, summary);
        assert.ok(summary.entries >= last.entries, 'an older state than before');
        last = summary;
        // Whatever else is asked of it is of whole transactions, too.
        const [{ matched }, sessions] = await Promise.all([
          service.view(1, file, viewOf('xxx -type:"step 1"'), changes).then((figures) => answered(figures)),
          sessionsOf(service, file, 'params:xxx'),
        ]);
        assert.equal(matched % 2, 0);
        assert.ok(sessions.every(({ entries }) => entries === 3));
      }
      assert.equal(await ended, 0);
      await service.refresh(file);
      const end = await service.open(file);
      await checkIsCommitted(service, file, end);
      assert.equal(end.entries, 3 * Number(/\d+/.exec(said)));
      const left = fs.readdirSync(folder()).filter((name) => !/^aegis_audit\.db$/.test(name));
      assert.deepEqual(left, [], 'something stands beside it');
    }).timeout(900_000);
  }

  for (const [mode, companion] of [
    ['DELETE', '-journal'],
    ['PERSIST', '-journal'],
    ['WAL', '-wal'],
  ]) {
    it(`and that was killed in the middle of it has what was committed before, and stays as it was left (${mode})`, async () => {
      const file = path.join(folder(), 'aegis_audit.db');
      const { signal, stderr } = spawnSync('python3', [WRITER, file, mode, '60', '0', 'killed']);
      assert.equal(signal, 'SIGKILL', stderr.toString());
      assert.ok(fs.statSync(`${file}${companion}`).size > 4096, 'the transaction did not reach the disk');
      const before = tracesOf(folder());
      const { service } = reading();
      const summary = await service.open(file);
      await checkIsCommitted(service, file, summary);
      assert.equal(summary.entries, 180);
      assert.equal((await entriesOf(service, file, 'status:never')).length, 0);
      assert.equal((await entriesOf(service, file, 'params:xxx')).length > 100, true);
      assert.equal((await service.detail(file, '7')).row.session, 'transaction 3');
      assert.deepEqual(tracesOf(folder()), before);
    });
  }
});
