import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { temporaryFolder } from '../support/temporaryFolder';
import { TABLE, makeDatabase, reading, rowsOf } from './support/logs';

const line = (i: number, what = 'read_file'): string =>
  `${JSON.stringify({ id: i, session_id: 's', timestamp: '2026-03-29T10:30:02Z', action_type: what, action_target: 't', risk_level: 'LOW', approval: 'auto' })}\n`;
const lines = (count: number): string => Array.from({ length: count }, (_, i) => line(i + 1)).join('');

/** Time enough that a file's times tell of the next write. */
const tick = (): Promise<void> => rest(12);

describe('Lines that were read before and are gone', () => {
  const folder = temporaryFolder();
  const file = (): string => path.join(folder(), 'trail.jsonl');

  async function write(text: string): Promise<void> {
    await tick();
    fs.writeFileSync(file(), text);
  }

  it('are told of, until the log is forgotten, also while lines are added', async () => {
    const { service } = reading();
    const warnings = async (): Promise<readonly string[]> => (await service.open(file())).warnings;
    await write(lines(10));
    assert.deepEqual(await warnings(), []);
    await write(lines(2));
    assert.deepEqual(await warnings(), ['This file had 10 lines when it was read before, and has 2 now.']);
    await tick();
    fs.appendFileSync(file(), line(3));
    assert.deepEqual(await warnings(), ['This file had 10 lines when it was read before, and has 3 now.']);
    service.close(file());
    assert.deepEqual(await warnings(), []);
  });

  it('are told of where the file was away for a while, and where it was emptied', async () => {
    const { service } = reading();
    await write(lines(10));
    await service.open(file());
    fs.rmSync(file());
    await assert.rejects(service.open(file()), /There is no such file/);
    await write(lines(9));
    const told = async (): Promise<string> => (await service.open(file())).warnings.join();
    assert.equal(await told(), 'This file had 10 lines when it was read before, and has 9 now.');
    await write('');
    assert.equal(await told(), 'This file had 10 lines when it was read before, and has 0 now.');
  });

  it('are told of where one was changed before the end', async () => {
    const { service } = reading();
    await write(lines(10));
    await service.open(file());
    await write(line(1, 'write_file') + lines(10).slice(line(1).length) + line(11));
    const { warnings } = await service.open(file());
    assert.deepEqual(warnings, [
      'This file had 10 lines when it was read before, which do not all stand in it as they did: it was changed before its end, or replaced.',
    ]);
  });

  it('are no matter where they are there again, or where the file was only touched, copied or added to', async () => {
    const { service } = reading();
    const warnings = async (): Promise<readonly string[]> => (await service.open(file())).warnings;
    await write(lines(10));
    await warnings();
    await write(lines(10));
    assert.deepEqual(await warnings(), []);
    fs.writeFileSync(`${file()}.new`, lines(12));
    fs.renameSync(`${file()}.new`, file());
    assert.deepEqual(await warnings(), []);
    await write(lines(2));
    assert.equal((await warnings()).length, 1);
    await write(lines(12) + line(13));
    assert.deepEqual(await warnings(), []);
  });

  it('are told of no more once somebody who saw it asks for the log again, but what is lost then is', async () => {
    const { service } = reading();
    await write(lines(10));
    await service.open(file());
    await write(lines(4));
    assert.equal((await service.refresh(file(), true))?.warnings.length, 1, 'nobody has seen it yet');
    assert.deepEqual((await service.refresh(file(), true))?.warnings, []);
    assert.equal(await service.refresh(file(), true), undefined);
    await write(lines(3));
    assert.deepEqual((await service.refresh(file()))?.warnings, [
      'This file had 4 lines when it was read before, and has 3 now.',
    ]);
  });
});

describe('Rows that were read before and whose ids do not tell that they are gone', () => {
  const folder = temporaryFolder();
  const file = (): string => path.join(folder(), 'x.db');

  async function told(before: string, after: string): Promise<{ warnings: readonly string[]; deleted: number }> {
    const { service } = reading();
    await makeDatabase(file(), before);
    await service.open(file());
    fs.rmSync(file());
    await tick();
    await makeDatabase(file(), after);
    const { warnings, deleted } = await service.open(file());
    return { warnings, deleted };
  }

  const ten = `${TABLE} ${rowsOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])}`;

  it('are told of where all were deleted and the count of ids began anew', async () => {
    const reset = 'DELETE FROM audit_log; DELETE FROM sqlite_sequence;';
    const sentence =
      'This database had rows up to id 10 when it was read before, and now neither has that row nor tells that it was deleted.';
    assert.deepEqual(await told(ten, `${ten} ${reset}`), { warnings: [sentence], deleted: 0 });
    fs.rmSync(file());
    assert.deepEqual(await told(ten, `${ten} ${reset} ${rowsOf([1, 2])}`), { warnings: [sentence], deleted: 0 });
  });

  it('are told of where others took their ids', async () => {
    const other = `${ten} UPDATE audit_log SET timestamp = '2031-01-01T00:00:00Z';`;
    assert.deepEqual((await told(ten, other)).warnings, [
      'Row 10 is another one than when this database was read before: rows were replaced.',
    ]);
  });

  it('are no matter where their ids tell it, and where rows were only added', async () => {
    assert.deepEqual(await told(ten, `${ten} DELETE FROM audit_log;`), { warnings: [], deleted: 10 });
    fs.rmSync(file());
    assert.deepEqual(await told(ten, `${ten} ${rowsOf([11, 12])}`), { warnings: [], deleted: 0 });
  });
});
