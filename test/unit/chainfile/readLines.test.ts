import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { verifyChainFile } from '../../../src/chainfile/chainFile';
import { ChainFileError } from '../../../src/chainfile/errors';
import { readLines, type LinesWanted } from '../../../src/chainfile/readLines';
import type { FileLine } from '../../../src/core/chain/excerpt';
import { expectations, fixture } from '../support/fixtures';
import { temporaryFolder } from '../support/temporaryFolder';

const WORKER = path.resolve('dist/chain-worker.js');
const WHOLE = { lineBytes: 1 << 20 };

/** Every line of a text, as Python's text mode and editors divide it. */
function linesOf(text: string): FileLine[] {
  const lines: FileLine[] = [];
  let offset = 0;
  for (const [whole, content] of text.matchAll(/([^\r\n]*)(?:\r\n|\r|\n|$)/g)) {
    if (whole === '' && offset === Buffer.byteLength(text)) break;
    lines.push({ line: lines.length + 1, offset, text: content, unreadBytes: 0 });
    offset += Buffer.byteLength(whole);
  }
  return lines;
}

const anyText = fc
  .array(
    fc
      .constantFrom('', '', 'a', 'bc', 'grün ☃', 'x'.repeat(300))
      .chain((line) => fc.constantFrom('\n', '\r\n', '\r').map((end) => line + end)),
    { maxLength: 25 },
  )
  .chain((lines) => fc.constantFrom('', 'last').map((last) => lines.join('') + last))
  .filter((text) => text !== '');

describe('Lines that are read out of a file', () => {
  const folder = temporaryFolder();

  function saved(content: string | Uint8Array): string {
    const file = path.join(folder(), 'lines');
    fs.writeFileSync(file, content);
    return file;
  }

  async function read(content: string | Uint8Array, wanted: Partial<LinesWanted>, limits = WHOLE): Promise<FileLine[]> {
    const [lines] = await readLines(saved(content), [{ offset: 0, line: 1, before: 0, after: 0, ...wanted }], limits);
    return lines;
  }

  it('are those that were asked for, whatever ends them: LF, CR LF, a lone CR, or the end of the file', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.nat(), fc.nat(5), fc.nat(5), async (text, place, before, after) => {
        const all = linesOf(text);
        const at = place % all.length;
        const { line, offset } = all[at];
        const expected = all.slice(Math.max(0, at - before), at + after + 1);
        assert.deepEqual(await read(text, { line, offset, before, after }), expected);
      }),
    );
  });

  it('end at the first line and at the last', async () => {
    const all = linesOf('one\ntwo\nthree\n');
    assert.deepEqual(await read('one\ntwo\nthree\n', { before: 5, after: 9 }), all);
    assert.deepEqual(await read('one\ntwo\nthree\n', { offset: 8, line: 3, before: 9, after: 5 }), all);
    assert.deepEqual(await read('one', { before: 1, after: 1 }), linesOf('one'));
    assert.deepEqual(await read('', { before: 1, after: 1 }), []);
    assert.deepEqual(await read('one\n', { offset: 400, line: 40 }), []);
  });

  it('count blank lines as lines', async () => {
    assert.deepEqual(
      (await read('one\n\n\r\n\rtwo\n\n', { offset: 8, line: 5, before: 4, after: 4 })).map(({ line, text }) => [
        line,
        text,
      ]),
      [
        [1, 'one'],
        [2, ''],
        [3, ''],
        [4, ''],
        [5, 'two'],
        [6, ''],
      ],
    );
  });

  it('are without the byte order mark of the file, and the first line is line 1 with it too', async () => {
    const text = '\uFEFFone\ntwo\n';
    for (const offset of [0, 3])
      assert.deepEqual(
        (await read(text, { offset, line: 1, before: 3, after: 3 })).map(({ line, text: shown }) => [line, shown]),
        [
          [1, 'one'],
          [2, 'two'],
        ],
      );
    assert.deepEqual(
      (await read(text, { offset: 7, line: 2, before: 3 })).map(({ line, text: shown }) => [line, shown]),
      [
        [1, 'one'],
        [2, 'two'],
      ],
    );
  });

  it('keep a byte order mark that stands at the start of another line, for somebody put it there', async () => {
    const [line] = await read('one\n\uFEFFtwo\n', { offset: 4, line: 2 });
    assert.equal(line.text, '\uFEFFtwo');
  });

  it('are cut where they are very long, with what is left out told', async () => {
    const text = `${'a'.repeat(200_000)}\n${'b'.repeat(300_000)}\r\n${'c'.repeat(70_000)}`;
    const lines = await read(text, { offset: 200_001, line: 2, before: 1, after: 1 }, { lineBytes: 100_000 });
    assert.deepEqual(
      lines.map(({ line, offset, text: shown, unreadBytes }) => [line, offset, shown[0], shown.length, unreadBytes]),
      [
        [2, 200_001, 'b', 100_000, 200_000],
        [3, 500_003, 'c', 70_000, 0],
      ],
      'a line before that is longer than what is looked at is left out',
    );
    const [first] = await read(text, {}, { lineBytes: 4096 });
    assert.deepEqual([first.text, first.unreadBytes], ['a'.repeat(4096), 195_904]);
  });

  it('are never cut in the middle of a character', async () => {
    const [line] = await read('☃'.repeat(10), {}, { lineBytes: 10 });
    assert.deepEqual([line.text, line.unreadBytes], ['☃☃☃', 20]);
  });

  it('have their line ends found wherever the blocks meet in which the file is read', async () => {
    for (const length of [65_534, 65_535, 65_536, 65_537, 131_071, 131_072])
      for (const end of ['\n', '\r\n', '\r']) {
        const text = `first${end}${'x'.repeat(length)}${end}last`;
        const all = linesOf(text);
        assert.deepEqual(await read(text, { offset: all[1].offset, line: 2, before: 1, after: 1 }), all);
        assert.deepEqual(await read(text, { offset: all[2].offset, line: 3, before: 2 }), all);
      }
  });

  it('are at the offsets of the breaks that a scan finds, in every fixture with several of them', async () => {
    let looked = 0;
    for (const { case: name } of expectations()) {
      const file = fixture(name);
      const { explanation } = await verifyChainFile(file, { algorithm: 'auto', workerScript: WORKER });
      if (explanation.breaks.length < 2) continue;
      const text = fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
      const all = text.split(/\r\n|\r|\n/);
      const places = explanation.breaks.flatMap(({ line, offset, related }) => [{ line, offset }, ...related]);
      const wanted = places.map(({ line, offset }) => ({ line, offset, before: 2, after: 2 }));
      const read = await readLines(file, wanted, WHOLE);
      for (const [i, { line, offset }] of places.entries()) {
        const there = read[i].find((each) => each.line === line);
        assert.deepEqual(there, { line, offset, text: all[line - 1], unreadBytes: 0 }, `${name}, line ${line}`);
        for (const each of read[i]) assert.equal(each.text, all[each.line - 1], `${name}, line ${each.line}`);
        assert.equal(read[i][0].line, Math.max(1, line - 2));
        looked++;
      }
    }
    assert.ok(looked > 10, `only ${looked} places were looked at`);
  });

  it('are at the offsets of breaks on the first line of a file, with a byte order mark or without', async () => {
    const [first, ...rest] = fs.readFileSync(fixture('modified-first'), 'utf8').split('\n');
    for (const mark of ['', '\uFEFF']) {
      const file = saved(`${mark}${first}\n${rest.join('\n')}`);
      const { explanation } = await verifyChainFile(file, { algorithm: 'auto', workerScript: WORKER });
      const { line, offset } = explanation.breaks[0];
      assert.equal(line, 1);
      const [lines] = await readLines(file, [{ line, offset, before: 2, after: 1 }], WHOLE);
      assert.deepEqual(
        lines.map((each) => [each.line, each.text]),
        [
          [1, first],
          [2, rest[0]],
        ],
      );
    }
  });

  it('are found in a large file without reading more of it than that', async function () {
    // Two gigabytes take minutes to be read like this.
    this.timeout(10_000);
    const file = saved('');
    fs.truncateSync(file, 2 ** 31);
    const place = 2 ** 30;
    const descriptor = fs.openSync(file, 'r+');
    fs.writeSync(descriptor, '\nbefore\nhere\nbehind\n', place);
    fs.closeSync(descriptor);
    const wanted = { offset: place + 8, line: 1_000_000, before: 2, after: 1 };
    const [lines] = await readLines(file, [wanted], { lineBytes: 4096 });
    assert.deepEqual(
      lines.map(({ line, text }) => [line, text]),
      [
        [999_999, 'before'],
        [1_000_000, 'here'],
        [1_000_001, 'behind'],
      ],
    );
  });

  it('of a file that is not there get a sentence', async () => {
    const missing = path.join(folder(), 'missing');
    await assert.rejects(
      readLines(missing, [{ offset: 0, line: 1, before: 0, after: 0 }], WHOLE),
      (error) => error instanceof ChainFileError && error.isMissing && error.message.endsWith('.'),
    );
  });

  it('are only read: the file and its folder stay as they were', async () => {
    const file = saved('one\ntwo\n');
    fs.chmodSync(file, 0o444);
    const before = fs.statSync(file, { bigint: true });
    await readLines(file, [{ offset: 4, line: 2, before: 1, after: 1 }], WHOLE);
    const after = fs.statSync(file, { bigint: true });
    assert.deepEqual([after.mtimeNs, after.size, after.ino], [before.mtimeNs, before.size, before.ino]);
    assert.deepEqual(fs.readdirSync(folder()), ['lines']);
    fs.chmodSync(file, 0o644);
  });
});
