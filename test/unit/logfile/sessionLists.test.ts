import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Answered, LogService } from '../../../src/logfile/logService';
import type { ListedSessions } from '../../../src/logfile/sessionLists';
import { temporaryFolder } from '../support/temporaryFolder';
import { FIXTURES, TABLE, answered, makeDatabase, reading, sessionsOf, written } from './support/logs';

const line = (session: string, second: number, over: object = {}): string => {
  const timestamp = `2026-03-29T10:30:${String(second).padStart(2, '0')}+00:00`;
  const row = {
    session_id: session,
    timestamp,
    action_type: 't',
    action_target: 'f',
    risk_level: 'LOW',
    approval: 'auto',
  };
  return `${JSON.stringify({ ...row, ...over })}\n`;
};

/** Their ids, and how many there are in all. */
const listed = (answer: Answered<ListedSessions>): unknown => {
  const { sessions, total } = answered(answer);
  return [sessions.map(({ id }) => id).join(' '), total];
};

describe('The sessions of a log, as a list asks for them', () => {
  const folder = temporaryFolder();
  const fileOf = (...lines: string[]): string => {
    const file = path.join(folder(), 'log.jsonl');
    fs.writeFileSync(file, lines.join(''));
    return file;
  };
  const small = (): string =>
    fileOf(
      line('b', 1),
      line('a', 2, { risk_level: 'CRITICAL' }),
      line('c', 3, { result_status: 'failed' }),
      line('b', 9, { risk_level: 'HIGH' }),
      line('c', 4),
      line('c', 5),
    );

  it('stand in the order that is asked for, and are as many as are asked for, of all that there are', async () => {
    const { service } = reading();
    const file = small();
    for (const [order, ids] of [
      ['newest', 'b c a'],
      ['oldest', 'b a c'],
      ['risk', 'a b c'],
      ['trouble', 'c b a'],
      ['actions', 'c b a'],
      ['name', 'a b c'],
    ] as const) {
      const part = async (from: number, to: number): Promise<unknown> =>
        listed(await service.sessions(file, written(), order, from, to));
      assert.deepEqual(await part(0, 1000), [ids, 3], order);
      assert.deepEqual(await part(0, 2), [ids.slice(0, 3), 3], order);
      assert.deepEqual(await part(1, 3), [ids.slice(2), 3], order);
      assert.deepEqual(await part(3, 5), ['', 3], order);
    }
    assert.equal((await service.open(file)).sessions, 3, 'of which the summary has the number');
  });

  it('are those that the filter lets through, counted over the entries that it lets through', async () => {
    const { service } = reading();
    const file = small();
    assert.deepEqual(listed(await service.sessions(file, written('risk:>=high'), 'newest', 0, 10)), ['b a', 2]);
    const [b] = answered(await service.sessions(file, written('risk:>=high'), 'newest', 0, 1)).sessions;
    assert.deepEqual([b.entries, b.risk], [1, 'high']);
    assert.deepEqual(listed(await service.sessions(file, written('   '), 'newest', 0, 10)), ['b c a', 3]);
  });

  it('can be asked for one by one, with all of their entries, and have a place in the list', async () => {
    const { service } = reading();
    const file = small();
    const [, c] = answered(await service.sessions(file, written(), 'newest', 0, 3)).sessions;
    assert.deepEqual(await service.session(file, 'c'), c);
    assert.equal(c.entries, 3);
    assert.equal(await service.session(file, 'd'), undefined);
    assert.equal(await service.session(file, null), undefined);
    assert.equal(await service.sessionsBefore(file, written(), 'newest', 'c'), 1);
    assert.equal(await service.sessionsBefore(file, written('risk:>=high'), 'newest', 'a'), 1);
    assert.equal(await service.sessionsBefore(file, written('risk:>=high'), 'newest', 'c'), null);
    assert.equal(await service.sessionsBefore(file, written('time:x'), 'newest', 'c'), null);
    assert.equal(await service.sessionsBefore(file, written(), 'newest', null), null);
  });

  it('are those of the log as it is now, once it was read again', async () => {
    const { service } = reading();
    const file = small();
    const before = await sessionsOf(service, file);
    fs.appendFileSync(file, line('c', 30) + line('d', 31));
    assert.deepEqual(await sessionsOf(service, file), before, 'nobody has read it again');
    assert.equal((await service.refresh(file))?.sessions, 4);
    assert.deepEqual(listed(await service.sessions(file, written(), 'newest', 0, 2)), ['d c', 4]);
    assert.equal((await service.session(file, 'c'))?.entries, 4);
  });

  it('of a log that cannot be read are none: what is wrong is said instead', async () => {
    const { service } = reading();
    const other = path.join(FIXTURES, 'other.db');
    await assert.rejects(service.sessions(other, written(), 'newest', 0, 10), /no table audit_log/);
    await assert.rejects(service.session(other, 'a'), /no table audit_log/);
    assert.ok('problem' in (await service.sessions(other, written('time:x'), 'newest', 0, 10)));
  });
});

describe('The sessions of a large database that is being read', () => {
  const folder = temporaryFolder();
  let file: string;

  beforeEach(async () => {
    file = await makeDatabase(
      path.join(folder(), 'large.db'),
      `${TABLE} WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
       INSERT INTO audit_log (session_id, timestamp, action_type, action_target, action_params, risk_level, approval)
       SELECT 's' || (i / 1000), '2026-03-29T10:30:02+00:00', 't', 'f', printf('%.*c', 300, 'x'),
         iif(i % 2000 = 7, 'HIGH', 'LOW'), 'auto' FROM n;`,
    );
  });

  /** What is answered to a question that is asked as soon as the newest entries are known, and whether that was before all were read. */
  async function whileReading<T>(ask: (service: LogService) => Promise<T>): Promise<{ answer: T; isEarly: boolean }> {
    let asked: Promise<{ answer: T; isEarly: boolean }> | undefined;
    let isRead = false;
    const { service, told } = reading(async () => {
      if (told.length > 0) asked ??= ask(service).then((answer) => ({ answer, isEarly: !isRead }));
      await setImmediate();
    });
    const summary = await service.open(file).finally(() => (isRead = true));
    assert.equal(summary.sessions, 31);
    assert.ok(asked !== undefined, 'the newest entries were not told');
    return await asked;
  }

  it('are the newest ones, at once', async () => {
    const { answer, isEarly } = await whileReading((service) => service.sessions(file, written(), 'newest', 0, 2));
    assert.ok(isEarly);
    const [[ids], total] = [listed(answer) as [string, number], answered(answer).total];
    assert.equal(ids, 's30 s29');
    assert.ok(total >= 2 && total < 31, `${total} sessions`);
  });

  it('are those of them that the filter lets through, where that can be told without reading on', async () => {
    const { answer, isEarly } = await whileReading((service) =>
      service.sessions(file, written('risk:high'), 'newest', 0, 10),
    );
    assert.ok(isEarly);
    const { sessions, total } = answered(answer);
    assert.equal(sessions[0].id, 's28');
    assert.deepEqual([sessions[0].entries, sessions[0].risk], [1, 'high']);
    assert.ok(total < 15);
  });

  it('wait until all is read where the filter looks for what is not indexed, or one session is asked for', async () => {
    const found = await whileReading((service) => service.sessions(file, written('params:xxx'), 'newest', 0, 1));
    assert.equal(answered(found.answer).total, 31);
    const one = await whileReading((service) => service.session(file, 's0'));
    assert.equal(one.answer?.entries, 999);
  });

  it('are all of them as soon as they are read', async () => {
    const { service } = reading();
    await service.open(file);
    assert.equal((await sessionsOf(service, file)).length, 31);
  });

  it('are not waited for where the filter cannot be read', async () => {
    const { answer, isEarly } = await whileReading((service) =>
      service.sessions(file, written('time:x'), 'newest', 0, 1),
    );
    assert.ok(isEarly && 'problem' in answer);
  });
});
