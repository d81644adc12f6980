import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { entryText } from '../../../src/logfile/entryText';
import { exportEntries } from '../../../src/logfile/exportEntries';
import { LinesSource } from '../../../src/logfile/linesSource';
import { temporaryFolder } from '../support/temporaryFolder';

const OPTIONS = { wasm: '', memoryLimit: 0, pause: () => Promise.resolve() };
const CHANGED = { name: 'LogError', code: 'changed', message: 'The log has changed since it was read. Try again.' };

const line = (i: number, target = `file ${i}`): string =>
  `{"timestamp": "2026-03-29T10:00:00Z", "action_type": "read", "id": ${i}, "action_target": "${target}"}\n`;
const lines = (count: number): string => Array.from({ length: count }, (_, i) => line(i)).join('');

/** Time enough that a file's times tell of the next write. */
const tick = (): Promise<void> => rest(12);

describe('An entry of a file of lines', () => {
  const folder = temporaryFolder();
  const file = (): string => path.join(folder(), 'trail.jsonl');
  const output = (): string => path.join(folder(), 'out.jsonl');

  async function read(count = 100): Promise<LinesSource> {
    fs.writeFileSync(file(), lines(count));
    const source = await LinesSource.read(file(), OPTIONS);
    await tick();
    return source;
  }

  const changes: [what: string, change: () => void][] = [
    [
      'another file took its name',
      () => {
        fs.writeFileSync(`${file()}.new`, lines(300).replaceAll('file', 'FILE'));
        fs.renameSync(`${file()}.new`, file());
      },
    ],
    ['it was edited in place', () => fs.writeFileSync(file(), lines(100).replaceAll('file', 'FILE'))],
    ['it was written anew, and is longer', () => fs.writeFileSync(file(), lines(300).replaceAll('file', 'FILE'))],
    ['it was cut', () => fs.truncateSync(file(), 200)],
  ];
  for (const [what, change] of changes) {
    it(`is not told from what stands in its place now where ${what}`, async () => {
      const source = await read();
      change();
      assert.throws(() => source.row(40), CHANGED);
      assert.throws(() => source.line(40), CHANGED);
      assert.throws(() => entryText(source, 40, 'json'), CHANGED);
      assert.throws(() => source.contents().at(40), CHANGED);
      fs.writeFileSync(output(), 'before');
      await assert.rejects(exportEntries(source, Uint32Array.of(40), 'jsonl', output(), OPTIONS.pause), CHANGED);
      assert.equal(fs.readFileSync(output(), 'utf8'), 'before');
      assert.deepEqual(fs.readdirSync(folder()).sort(), ['out.jsonl', 'trail.jsonl']);
      fs.rmSync(output());
    });
  }

  it('is what it was where something was appended', async () => {
    const source = await read();
    fs.appendFileSync(file(), lines(50));
    assert.equal(`${source.line(40).toString()}\n`, line(40));
    await exportEntries(source, Uint32Array.of(3, 40), 'jsonl', output(), OPTIONS.pause);
    assert.equal(fs.readFileSync(output(), 'utf8'), line(3) + line(40));
  });

  it('is exported from one file, and not at all where that is edited meanwhile', async () => {
    for (const [edit, fails] of [
      [() => fs.writeFileSync(file(), lines(2000).replaceAll('file', 'FILE')), true],
      [
        () => {
          fs.writeFileSync(`${file()}.new`, 'x');
          fs.renameSync(`${file()}.new`, file());
        },
        false,
      ],
    ] as const) {
      const source = await read(2000);
      const exporting = exportEntries(
        source,
        Uint32Array.from({ length: 2000 }, (_, i) => i),
        'jsonl',
        output(),
        () => {
          if (fs.statSync(file()).size > 1) edit();
          return Promise.resolve();
        },
      );
      if (fails) {
        await assert.rejects(exporting, CHANGED);
        assert.ok(!fs.existsSync(output()));
      } else {
        await exporting;
        assert.equal(fs.readFileSync(output(), 'utf8'), lines(2000));
      }
    }
  });

  it('is what it was where only the times of its file changed, or its last line has no end', async () => {
    fs.writeFileSync(file(), lines(3).trimEnd());
    const source = await LinesSource.read(file(), OPTIONS);
    await tick();
    fs.chmodSync(file(), 0o600);
    fs.utimesSync(file(), 1, 1);
    assert.equal(`${source.line(2).toString()}\n`, line(2));
    await tick();
    fs.writeFileSync(file(), lines(3).replace('file 2', 'FILE 2'));
    assert.throws(() => source.line(2), CHANGED);
  });

  it('is read anew where an early line was edited and something appended', async () => {
    const source = await read(3000);
    const descriptor = fs.openSync(file(), 'r+');
    fs.writeSync(descriptor, line(7, 'FILE 7'), Buffer.byteLength(lines(7)));
    fs.closeSync(descriptor);
    fs.appendFileSync(file(), line(3000));
    const again = await LinesSource.read(file(), OPTIONS, source);
    assert.equal(again.index.size, 3001);
    assert.equal(again.index.text(7, 'target'), 'FILE 7');
    await tick();
    fs.appendFileSync(file(), line(3001));
    const further = await LinesSource.read(file(), OPTIONS, again);
    assert.equal(further.index.size, 3002);
    assert.equal(further.index, again.index, 'what was only appended to is read on');
  });

  it('counts where lines end in CR', async () => {
    fs.writeFileSync(file(), lines(5).replaceAll('\n', '\r'));
    const source = await LinesSource.read(file(), OPTIONS);
    assert.equal(source.index.size, 5);
    assert.equal(source.index.text(4, 'target'), 'file 4');
  });

  it('is told to be missing where its line is too long for one without an end', async () => {
    fs.writeFileSync(file(), lines(1));
    fs.truncateSync(file(), 65 << 20);
    const source = await LinesSource.read(file(), OPTIONS);
    assert.equal(source.index.size, 1);
    assert.deepEqual(source.warnings, ['The last line is longer than 64 MB, and is not listed before it has an end.']);
  });

  it('is refused, not cut, where its line is too long to be read in full', async () => {
    fs.writeFileSync(
      file(),
      Buffer.concat([Buffer.from(line(0).slice(0, -2)), Buffer.alloc(65 << 20, ' '), Buffer.from('}\n')]),
    );
    const source = await LinesSource.read(file(), OPTIONS);
    assert.equal(source.index.size, 1);
    const wanted = { name: 'LogError', code: 'too-long', message: /^Line 1 is longer than 64 MB/ };
    assert.throws(() => source.row(0), wanted);
    assert.throws(() => entryText(source, 0, 'json'), wanted);
    await assert.rejects(exportEntries(source, Uint32Array.of(0), 'jsonl', output(), OPTIONS.pause), wanted);
  }).timeout(60_000);
});
