import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import * as fc from 'fast-check';
import { LogError } from '../../../src/logfile/logSource';
import type { LogService } from '../../../src/logfile/logService';
import { temporaryFolder } from '../support/temporaryFolder';
import { entriesOf, reading, sessionsOf } from './support/logs';

/** A line of an export. */
function line(i: number, over: Record<string, unknown> = {}): string {
  return JSON.stringify({
    id: i,
    session_id: `s${i % 3}`,
    timestamp: new Date(Date.parse('2026-03-29T10:00:00Z') + i * 1000).toISOString(),
    action_type: 'read_file',
    action_target: `file ${i}`,
    action_params: `{"n": ${i}}`,
    risk_level: 'LOW',
    approval: 'auto',
    result_status: 'success',
    ...over,
  });
}

const lines = (from: number, to: number): string => {
  let text = '';
  for (let i = from; i < to; i++) text += `${line(i)}\n`;
  return text;
};

/** All that is known of a log, but that it was another one before. */
async function knownOf(service: LogService, file: string): Promise<unknown> {
  const opened = await service.open(file);
  const summary = { ...opened, warnings: opened.warnings.filter((text) => !text.includes('when it was read before')) };
  const sessions = await sessionsOf(service, file);
  assert.equal(summary.sessions, sessions.length);
  const entries = await entriesOf(service, file);
  const texts: string[] = [];
  for (const { key } of entries.slice(-5)) texts.push(await service.text(file, key, 'json'));
  return { summary, sessions, entries, texts };
}

/** The same of a file that was never read before. */
const anew = (file: string): Promise<unknown> => knownOf(reading().service, file);

/** Time enough that a file's times tell of the next write. */
const tick = (): Promise<void> => rest(12);

describe('A log of lines that is written while it is shown', () => {
  const folder = temporaryFolder();
  const file = (): string => path.join(folder(), 'trail.jsonl');

  it('is read on from where it ended', async () => {
    fs.writeFileSync(file(), lines(0, 20_000));
    const { service } = reading();
    assert.equal((await service.open(file())).entries, 20_000);
    assert.equal(await service.refresh(file()), undefined);
    for (const count of [20_001, 20_003, 20_010]) {
      fs.appendFileSync(file(), lines((await service.open(file())).entries, count));
      assert.equal((await service.refresh(file()))?.entries, count);
    }
    assert.deepEqual(await knownOf(service, file()), await anew(file()));
    // What stands before the end is not looked at again: it was read as it was.
    assert.equal((await entriesOf(service, file(), 'target:="file 7"')).length, 1);
  });

  it('lists a last line without its end where it is whole, and says so where it is not', async () => {
    const { service } = reading();
    const half = line(3).slice(0, 70);
    const steps: [append: string, entries: number, torn: boolean][] = [
      [`${lines(0, 2)}${line(2)}`, 3, false],
      ['\n', 3, false],
      [half, 3, true],
      [line(3).slice(70), 4, false],
      [`\r\n${line(4)}\r`, 5, false],
      [`\n${half}`, 5, true],
      [`${line(3).slice(70)}   `, 6, false],
      ['\n\n\n', 6, false],
    ];
    fs.writeFileSync(file(), '');
    await service.open(file());
    for (const [append, entries, torn] of steps) {
      await tick();
      fs.appendFileSync(file(), append);
      const summary = await service.refresh(file());
      assert.deepEqual(
        [summary?.entries, summary?.warnings],
        [entries, torn ? ['The last line is not whole: it is being written, or was cut off.'] : []],
        JSON.stringify(append),
      );
      assert.deepEqual(await knownOf(service, file()), await anew(file()));
    }
  });

  const changes: [what: string, change: (file: string) => void][] = [
    ['was shortened', (file) => fs.truncateSync(file, Buffer.byteLength(lines(0, 40)))],
    ['was shortened within a line', (file) => fs.truncateSync(file, Buffer.byteLength(lines(0, 40)) - 30)],
    ['was emptied', (file) => fs.truncateSync(file, 0)],
    ['was written anew', (file) => fs.writeFileSync(file, lines(1000, 1200))],
    ['was written anew, and shorter', (file) => fs.writeFileSync(file, lines(1000, 1002))],
    [
      'was replaced',
      (file) => {
        fs.writeFileSync(`${file}.new`, lines(0, 100).replace('file 5"', 'other"'));
        fs.renameSync(`${file}.new`, file);
      },
    ],
    ['was changed in its last line', (file) => overwrite(file, 'file 99', 'FILE 99')],
    ['was changed in its middle', (file) => overwrite(file, 'file 50', 'FILE 50')],
    ['was changed in its first line', (file) => overwrite(file, 'file 0', 'FILE 0')],
    ['got a mark at its start', (file) => fs.writeFileSync(file, `\ufeff${lines(0, 100)}`)],
    ['is a chain now', (file) => fs.copyFileSync(path.join('test', 'fixtures', 'chains', 'intact-sha256.jsonl'), file)],
    ['is a database now', (file) => fs.copyFileSync(path.join('test', 'fixtures', 'db', 'small.db'), file)],
  ];
  for (const [what, change] of changes) {
    it(`is read anew where it ${what}`, async () => {
      fs.writeFileSync(file(), lines(0, 100));
      const { service } = reading();
      await service.open(file());
      await tick();
      change(file());
      assert.notEqual(await service.refresh(file()), undefined);
      assert.deepEqual(await knownOf(service, file()), await anew(file()));
      await tick();
      fs.writeFileSync(file(), lines(0, 7));
      assert.equal((await service.refresh(file()))?.entries, 7);
    });
  }

  it('says that it is gone, and is read again when it is back', async () => {
    const { service } = reading();
    await assert.rejects(service.open(file()), { name: 'LogError', code: 'missing' });
    fs.writeFileSync(file(), lines(0, 3));
    assert.equal((await service.open(file())).entries, 3);
    fs.rmSync(file());
    await assert.rejects(service.refresh(file()), (error) => {
      assert.ok(error instanceof LogError);
      assert.match(error.message, /^[A-Z].*\.$/);
      return true;
    });
    fs.writeFileSync(file(), lines(0, 4));
    assert.equal((await service.open(file())).entries, 4);
  });

  it('has each entry once, however many ask at the same time', async () => {
    fs.writeFileSync(file(), lines(0, 10));
    const { service } = reading();
    const first = await Promise.all([service.open(file()), service.open(file()), service.refresh(file())]);
    assert.deepEqual(
      first.map((summary) => summary?.entries),
      [10, 10, undefined],
    );
    fs.appendFileSync(file(), `${lines(10, 15_000)}${line(15_000)}`);
    const all = await Promise.all([
      service.refresh(file()),
      service.open(file()),
      service.refresh(file()),
      service.open(file()),
    ]);
    assert.deepEqual(
      all.map((summary) => summary?.entries),
      [15_001, 15_001, 15_001, 15_001],
    );
    assert.deepEqual(await knownOf(service, file()), await anew(file()));
  });

  it('is the same as one that was never read before, whatever is done to it', async () => {
    const ending = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', '\n\n', ' \n', '');
    const piece = fc.oneof(
      { weight: 6, arbitrary: fc.nat(50).map((i) => line(i)) },
      { weight: 1, arbitrary: fc.nat(60).map((cut) => line(7).slice(0, cut)) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '',
          '{}',
          '[1]',
          'NaN',
          line(3, { x: null }).replace('null', 'NaN'),
          '\u2028',
          '\ufeff',
          line(1, { action_target: 'é\u2028😀' }),
        ),
      },
    );
    const append = fc
      .array(fc.tuple(piece, ending), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.map((part) => part.join('')).join(''));
    const step = fc.oneof(
      { weight: 5, arbitrary: append.map((text) => ({ text, act: (file: string) => fs.appendFileSync(file, text) })) },
      {
        weight: 1,
        arbitrary: fc.nat(100).map((percent) => ({
          text: `cut at ${percent} %`,
          act: (file: string) => fs.truncateSync(file, Math.floor((fs.statSync(file).size * percent) / 100)),
        })),
      },
      {
        weight: 1,
        arbitrary: append.map((text) => ({
          text: `anew ${text}`,
          act: (file: string) => fs.writeFileSync(file, text),
        })),
      },
      {
        weight: 1,
        arbitrary: append.map((text) => ({
          text: `replaced ${text}`,
          act: (file: string) => {
            fs.writeFileSync(`${file}.new`, text);
            fs.renameSync(`${file}.new`, file);
          },
        })),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        fs.writeFileSync(file(), '');
        const { service } = reading();
        await service.open(file());
        for (const { act } of steps) {
          await tick();
          act(file());
          await service.refresh(file());
          assert.deepEqual(
            await knownOf(service, file()),
            await anew(file()),
            JSON.stringify(steps.map(({ text }) => text)),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Changes a text in the file where it stands, for one of the same length. */
function overwrite(file: string, from: string, to: string): void {
  const descriptor = fs.openSync(file, 'r+');
  const at = fs.readFileSync(file).indexOf(from);
  assert.ok(at !== -1);
  fs.writeSync(descriptor, to, at);
  fs.closeSync(descriptor);
}
