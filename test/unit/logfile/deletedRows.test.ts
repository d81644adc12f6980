import assert from 'node:assert/strict';
import * as path from 'node:path';
import { temporaryFolder } from '../support/temporaryFolder';
import { FIXTURES, TABLE, listOf, makeDatabase, reading, rowsOf, viewOf } from './support/logs';

const GAPS = path.join(FIXTURES, 'gaps.db');

describe('Rows that were deleted from a database', () => {
  const folder = temporaryFolder();

  /** A database with rows of those ids, after more were deleted. */
  const database = (
    ids: readonly (number | bigint)[],
    deleted: readonly (number | bigint)[],
    sql = '',
  ): Promise<string> =>
    makeDatabase(
      path.join(folder(), 'x.db'),
      `${TABLE} ${rowsOf([...ids, ...deleted])} DELETE FROM audit_log WHERE id IN (${deleted.join(', ')}); ${sql}`,
    );

  async function told(file: string): Promise<{ deleted: number; text: string | undefined; list: string[] }> {
    const { service } = reading();
    const { deleted, deletedText } = await service.open(file);
    return { deleted, text: deletedText, list: await listOf(service, file) };
  }

  it('are counted, named, and stand in the list where they were', async () => {
    const { deleted, text, list } = await told(GAPS);
    assert.equal(deleted, 4);
    assert.equal(text, '4 rows were deleted: their ids are 14, 16, 25 to 26.');
    assert.equal(list.length, 29);
    assert.deepEqual(list.slice(12, 17), ['entry 13', 'gap 14 to 14', 'entry 15', 'gap 16 to 16', 'entry 17']);
    assert.deepEqual(list.slice(23, 26), ['entry 24', 'gap 25 to 26', 'entry 27']);
  });

  it('are told at the start, at the end, and where nothing else is left', async () => {
    assert.deepEqual(await told(await database([3, 4], [1, 2, 5, 6])), {
      deleted: 4,
      text: '4 rows were deleted: their ids are 1 to 2, 5 to 6.',
      list: ['gap 1 to 2', 'entry 3', 'entry 4', 'gap 5 to 6'],
    });
    assert.deepEqual(await told(await database([], [1, 2, 3])), {
      deleted: 3,
      text: '3 rows were deleted: their ids are 1 to 3.',
      list: ['gap 1 to 3'],
    });
    assert.deepEqual(await told(await database([], [1])), {
      deleted: 1,
      text: '1 row was deleted: its id is 1.',
      list: ['gap 1 to 1'],
    });
  });

  it('are not told of where nothing shows it', async () => {
    assert.deepEqual(await told(await database([], [])), { deleted: 0, text: undefined, list: [] });
    assert.deepEqual(await told(await database([1, 2], [])), {
      deleted: 0,
      text: undefined,
      list: ['entry 1', 'entry 2'],
    });
    const forgotten = await database([1, 2], [3, 4], 'DELETE FROM sqlite_sequence;');
    assert.deepEqual((await told(forgotten)).deleted, 0);
    const notNumbered = await makeDatabase(
      path.join(folder(), 'y.db'),
      `${TABLE.replace('AUTOINCREMENT', '')} ${rowsOf([1, 2, 4, 5])} DELETE FROM audit_log WHERE id = 5;`,
    );
    assert.deepEqual((await told(notNumbered)).list, ['entry 1', 'entry 2', 'gap 3 to 3', 'entry 4']);
  });

  it('may be more than anybody counts, and their ids larger than a number', async () => {
    const last = 2n ** 63n - 1n;
    const { deleted, text, list } = await told(
      await database([-(2n ** 63n), -3, 0, 2, 2n ** 53n, 2n ** 53n + 1n, last], []),
    );
    assert.equal(deleted, Number.MAX_SAFE_INTEGER);
    assert.equal(
      text,
      `${(last - 4n).toLocaleString('en-US')} rows were deleted: their ids are 1, 3 to ${2n ** 53n - 1n}, ${2n ** 53n + 2n} to ${last - 1n}.`,
    );
    assert.deepEqual(list, [
      `entry ${-(2n ** 63n)}`,
      'entry -3',
      'entry 0',
      'gap 1 to 1',
      'entry 2',
      `gap 3 to ${2n ** 53n - 1n}`,
      `entry ${2n ** 53n}`,
      `entry ${2n ** 53n + 1n}`,
      `gap ${2n ** 53n + 2n} to ${last - 1n}`,
      `entry ${last}`,
    ]);
  });

  it('of huge ids are those of the very rows that are asked for', async () => {
    const ids = [1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 53n + 2n, 2n ** 63n - 1n];
    const file = await database(
      ids,
      [],
      `UPDATE audit_log SET action_params = '"of ' || id || '"', action_desc = CASE WHEN id % 2 = 0 THEN 'even' ELSE 'odd' END, matched_rule = CASE WHEN id = ${2n ** 53n} THEN 'even' END;`,
    );
    const { service } = reading();
    for (const id of ids) {
      const params = await service.field(file, String(id), 'action_params');
      assert.deepEqual(params, { kind: 'text', text: `"of ${id}"`, length: `"of ${id}"`.length, damaged: false });
    }
    assert.deepEqual(await listOf(service, file, viewOf('even')), [`entry ${2n ** 53n}`, `entry ${2n ** 53n + 2n}`]);
    assert.deepEqual(
      await listOf(service, file, viewOf('odd')),
      [1n, 2n ** 53n + 1n, 2n ** 63n - 1n].map((id) => `entry ${id}`),
    );
    assert.deepEqual(await listOf(service, file, viewOf(`params:${2n ** 53n + 1n}`)), [`entry ${2n ** 53n + 1n}`]);
  });

  it('stand in no list that is filtered or grouped: between those rows a gap says nothing', async () => {
    const { service } = reading();
    const isGap = (line: string): boolean => line.startsWith('gap');
    assert.equal((await listOf(service, GAPS)).filter(isGap).length, 3);
    for (const wanted of [viewOf('risk:>=low'), viewOf('time:>=2020-01-01'), viewOf('', { group: 'agent' })]) {
      assert.deepEqual((await listOf(service, GAPS, wanted)).filter(isGap), []);
    }
  });

  it('stand in the list of a session only between its entries and right beside them', async () => {
    const named = `UPDATE audit_log SET session_id =
      CASE WHEN id <= 8 THEN 'early' WHEN id <= 11 THEN 'middle' ELSE 'late' END;`;
    const ids = [1, 2, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 16, 17];
    const file = await database(ids, [3, 10, 15, 18], named);
    const gapsIn = async (session: string): Promise<string[]> => {
      const list = await listOf(reading().service, file, viewOf('', { scope: { session } }));
      return list.filter((line) => line.startsWith('gap'));
    };
    assert.deepEqual(await gapsIn('early'), ['gap 3 to 3']);
    assert.deepEqual(await gapsIn('middle'), ['gap 10 to 10']);
    assert.deepEqual(await gapsIn('late'), ['gap 15 to 15', 'gap 18 to 18']);
    assert.deepEqual(await gapsIn('nobody'), []);
  });

  it('are told beside their neighbours', async () => {
    const { service } = reading();
    const remarks = async (key: string): Promise<readonly string[]> => (await service.detail(GAPS, key)).remarks;
    assert.deepEqual(await remarks('13'), ['Rows right after this one were deleted: id 14.']);
    assert.deepEqual(await remarks('15'), [
      'Rows right before this one were deleted: id 14.',
      'Rows right after this one were deleted: id 16.',
    ]);
    assert.deepEqual(await remarks('27'), ['Rows right before this one were deleted: ids 25 to 26.']);
    assert.deepEqual(await remarks('2'), []);
    await assert.rejects(service.detail(GAPS, '14'), { name: 'LogError', code: 'gone' });
    await assert.rejects(service.text(GAPS, '25', 'line'), { name: 'LogError', code: 'gone' });
  });

  it('are not told of entries of a file, which says nothing of the kind', async () => {
    const { service } = reading();
    const { deleted, deletedText } = await service.open(path.join(FIXTURES, 'gaps.export.jsonl'));
    assert.deepEqual([deleted, deletedText], [0, undefined]);
  });
});
