import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { StaleError, type LogService } from '../../../src/logfile/logService';
import type { ViewFigures } from '../../../src/logfile/logView';
import { temporaryFolder } from '../support/temporaryFolder';
import { TABLE, answered, makeDatabase, reading, viewOf, written } from './support/logs';

const COUNT = 13_000;
const NEEDLES = COUNT / 10;
const ERRORS = COUNT / 100;

/** In every tenth entry there is a needle in its parameters, in every hundredth one in its error. */
const paramsOf = (i: number): string => `{"n": ${i}${i % 10 === 0 ? ', "needle": true' : ''}}`;

function lines(): string {
  const parts: string[] = [];
  for (let i = 1; i <= COUNT; i++) {
    const error = i % 100 === 0 ? '"timed out"' : 'null';
    const at = new Date(Date.parse('2026-03-29T10:00:00Z') + i * 1000).toISOString();
    parts.push(
      `{"id": ${i}, "session_id": "s${i % 2}", "timestamp": "${at}", "action_type": "t", "action_target": "f", "action_params": ${JSON.stringify(paramsOf(i))}, "result_error": ${error}}\n`,
    );
  }
  return parts.join('');
}

const SQL = `${TABLE} WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${COUNT})
  INSERT INTO audit_log (session_id, timestamp, action_type, action_target, action_params, risk_level, approval, result_error)
  SELECT 's' || (i % 2), strftime('%Y-%m-%dT%H:%M:%S', '2026-03-29T10:00:00', i || ' seconds') || '+00:00', 't', 'f',
    '{"n": ' || i || CASE WHEN i % 10 = 0 THEN ', "needle": true' ELSE '' END || '}', 'LOW', 'auto',
    CASE WHEN i % 100 = 0 THEN 'timed out' END FROM n;`;

describe('A search in what entries hold', () => {
  const folder = temporaryFolder();

  const logs: Record<string, () => Promise<string> | string> = {
    'a file of lines': () => {
      const file = path.join(folder(), 'trail.jsonl');
      fs.writeFileSync(file, lines());
      return file;
    },
    'a database': () => makeDatabase(path.join(folder(), 'audit.db'), SQL),
  };

  for (const [what, make] of Object.entries(logs)) {
    it(`of ${what} tells what it has so far, and ends with all that there is`, async () => {
      const file = await make();
      // So slow that there is something to tell.
      const { service, told } = reading(() => rest(160));
      await service.open(file);
      told.length = 0;
      const figures = answered(await service.view(4, file, viewOf('needle'), 9));
      assert.deepEqual([figures.matched, figures.rows, figures.total, figures.searched], [NEEDLES, NEEDLES, COUNT, 1]);
      const steps = told.map((telling) => {
        assert.ok(telling.kind === 'figures' && telling.view === 4 && telling.query === 9);
        return telling.figures;
      });
      assert.ok(steps.length >= 2, `${steps.length} were told`);
      const last: ViewFigures[] = [...steps, figures];
      for (let i = 1; i < last.length; i++) {
        assert.ok(last[i].searched > last[i - 1].searched && last[i].matched >= last[i - 1].matched);
      }
      for (const { searched, matched, rows, total } of steps) {
        assert.ok(searched > 0 && searched < 1);
        assert.equal(total, COUNT);
        assert.equal(rows, matched);
        assert.ok(Math.abs(matched - NEEDLES * searched) <= 1, `${matched} at ${searched}`);
      }
    });

    it(`of ${what} finds each of its fields, and what does not stand there as well`, async () => {
      const file = await make();
      const { service } = reading();
      const count = async (filter: string, session?: string): Promise<number> =>
        answered(
          await service.view(1, file, viewOf(filter, { scope: session === undefined ? undefined : { session } }), 1),
        ).matched;
      assert.equal(await count('params:needle'), NEEDLES);
      assert.equal(await count('-params:needle'), COUNT - NEEDLES);
      assert.equal(await count('needle', 's0'), NEEDLES);
      assert.equal(await count('needle', 's1'), 0);
      assert.equal(await count('error:timed'), ERRORS);
      assert.equal(await count('needle error:timed time:>=2026-03-29T12:00'), ERRORS - 71);
      assert.equal(await count('has:error'), ERRORS);
      assert.equal(await count('-has:error -needle'), COUNT - NEEDLES);
      assert.equal(await count('data:needle'), 0);
      assert.equal(await count('"""n"": 12999}"'), 1);
      assert.equal(await count('n*12999'), 1);
    });

    it(`of ${what} is given up where another view is asked for, and for no other reason`, async () => {
      const file = await make();
      const held: { release: (() => void) | undefined } = { release: undefined };
      const { service } = reading(() => new Promise((resolve) => (held.release = resolve)));
      const opening = service.open(file);
      const opened = await goOn(held, opening);
      assert.equal(opened.entries, COUNT);
      const first = service.view(1, file, viewOf('needle'), 1);
      const other = service.view(2, file, viewOf('timed'), 1);
      const isStale = assert.rejects(first, StaleError);
      const second = service.view(1, file, viewOf('type:t'), 2);
      assert.equal(answered(await goOn(held, second)).matched, COUNT);
      await goOn(held, isStale);
      assert.equal(answered(await goOn(held, other)).matched, ERRORS, 'the other view is not disturbed');
      assert.equal(service.rows(1, 2, 0, 5).length, 5);
      assert.throws(() => service.rows(1, 1, 0, 5), StaleError);
      const third = service.view(1, file, viewOf('needle'), 3);
      const dropped = assert.rejects(third, StaleError);
      service.dropView(1);
      await goOn(held, dropped);
      assert.throws(() => service.rows(1, 3, 0, 5), StaleError);
    });
  }

  it('that waits for a log is not answered where another view of another log was asked for meanwhile', async () => {
    const [slow, fast] = [path.join(folder(), 'slow.jsonl'), path.join(folder(), 'fast.jsonl')];
    fs.writeFileSync(slow, lines().repeat(2));
    fs.writeFileSync(fast, lines().slice(0, lines().indexOf('\n') + 1));
    const { service } = reading();
    await service.open(fast);
    const older = service.view(1, slow, viewOf(), 1);
    const isStale = assert.rejects(older, StaleError);
    assert.equal(answered(await service.view(1, fast, viewOf(), 2)).matched, 1);
    await isStale;
    assert.equal(service.rows(1, 2, 0, 5).length, 1);
  });

  it('of a log that is read again meanwhile is of one state of it, and so is an export', async () => {
    const file = path.join(folder(), 'audit.db');
    const few = await makeDatabase(path.join(folder(), 'few.db'), `${SQL} DELETE FROM audit_log WHERE id > 3;`);
    const many = await makeDatabase(path.join(folder(), 'many.db'), SQL);
    const destination = path.join(folder(), 'export.jsonl');
    for (const kind of ['search', 'export']) {
      fs.copyFileSync(many, file);
      const again: { pauses: number; refreshed: ReturnType<LogService['refresh']> | undefined } = {
        pauses: -1000,
        refreshed: undefined,
      };
      const { service } = reading(async () => {
        await rest(1);
        if (++again.pauses !== 2) return;
        fs.copyFileSync(few, `${file}.new`);
        fs.renameSync(`${file}.new`, file);
        again.refreshed = service.refresh(file);
        await rest(50);
      });
      await service.open(file);
      again.pauses = 0;
      if (kind === 'search') {
        const figures = answered(await service.view(1, file, viewOf('needle'), 1));
        assert.deepEqual([figures.matched, figures.total], [NEEDLES, COUNT]);
      } else {
        assert.deepEqual(await service.export(file, undefined, written(), 'jsonl', destination), { count: COUNT });
        const ids = fs.readFileSync(destination, 'utf8').split('\n').slice(0, -1);
        assert.deepEqual(
          ids.map((line) => (JSON.parse(line) as { id: number }).id),
          Array.from({ length: COUNT }, (_, i) => i + 1),
        );
      }
      assert.equal((await again.refreshed)?.entries, 3);
      assert.equal(answered(await service.view(1, file, viewOf('-needle'), 2)).matched, 3);
    }
  });
});

/** Lets the service go on, pause for pause, until an answer is there. */
async function goOn<T>(held: { release: (() => void) | undefined }, answer: Promise<T>): Promise<T> {
  let isThere = false;
  void answer.catch(() => undefined).then(() => (isThere = true));
  while (!isThere) {
    held.release?.();
    await rest(1);
  }
  return await answer;
}
