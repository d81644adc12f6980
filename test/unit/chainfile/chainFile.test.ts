import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { verifyChainFile, type ChainFileOptions, type Progress } from '../../../src/chainfile/chainFile';
import { CancelledError, ChainFileError } from '../../../src/chainfile/errors';
import type { ChainReport } from '../../../src/core/chain/report';
import { chainOfLength, textOf } from '../support/chains';
import { temporaryFolder } from '../support/temporaryFolder';

const OPTIONS: ChainFileOptions = { algorithm: 'auto', workerScript: path.resolve('dist/chain-worker.js') };

const CHAIN = chainOfLength(5);

describe('A chain file', () => {
  const folder = temporaryFolder();

  function verify(content: string | Uint8Array, options: Partial<ChainFileOptions> = {}): Promise<ChainReport> {
    const file = path.join(folder(), 'chain.jsonl');
    fs.writeFileSync(file, content);
    return verifyChainFile(file, { ...OPTIONS, ...options });
  }

  function kinds({ explanation }: ChainReport): [string, number][] {
    return explanation.breaks.map(({ kind, line }) => [kind, line]);
  }

  it('of 0 bytes is an empty chain', async () => {
    const report = await verify('');
    assert.deepEqual([report.valid, report.entries, report.tail], [true, 0, 'unpinned']);
  });

  it('is intact with any line end, without the last one, and behind a byte order mark, which is noted', async () => {
    const text = textOf(CHAIN);
    for (const each of [
      text,
      text.trimEnd(),
      text.replaceAll('\n', '\r\n'),
      text.replaceAll('\n', '\r'),
      `\n \n${text}\n`,
    ])
      assert.deepEqual([(await verify(each)).valid, (await verify(each)).entries], [true, 5]);
    const marked = await verify(`\ufeff${text}`);
    assert.equal(marked.valid, true);
    assert.deepEqual(
      marked.notes.map(({ code }) => code),
      ['bom'],
    );
    assert.equal(marked.reference.accepts, false);
  });

  it('of another content is told line by line, without a crash', async () => {
    const hostile: [string | Uint8Array, number][] = [
      [`${'['.repeat(100_000)}\n`, 1],
      [`{"sequence_id": ${'7'.repeat(5000)}}\n`, 1],
      ['{"__proto__": {"polluted": true}}\n', 1],
      ['just some text\nand more\n', 2],
      [Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 251), -1],
      [new Uint8Array(1000), 1],
      [Buffer.from(textOf(CHAIN), 'utf16le'), -1],
      ['{"a": 1', 1],
    ];
    for (const [content, lines] of hostile) {
      const report = await verify(content);
      assert.equal(report.valid, false);
      assert.equal(report.entries, 0);
      assert.ok(report.explanation.breaks.every(({ kind }) => kind === 'malformed'));
      if (lines > 0) assert.equal(report.explanation.total, lines);
    }
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });

  it('may have lines that the reference cannot decode, and then it has no verdict of the reference', async () => {
    const report = await verify(Buffer.concat([Buffer.from(textOf(CHAIN)), Buffer.from('{"a": } \xff\n', 'latin1')]));
    assert.equal(report.reference.verdict, null);
    assert.deepEqual(kinds(report), [['malformed', 6]]);
  });

  it('may have one line of 50 MB', async () => {
    const [long] = chainOfLength(1, { metadata: { blob: 'x'.repeat(50 << 20) } });
    const report = await verify(`${long.line}\n`);
    assert.deepEqual([report.valid, report.entries], [true, 1]);
  }).timeout(30_000);

  it('that cannot be read is a sentence', async () => {
    const file = path.join(folder(), 'file');
    fs.writeFileSync(file, textOf(CHAIN));
    const sentences: [string, RegExp][] = [
      [path.join(folder(), 'none.jsonl'), /^There is no such file\.$/],
      [path.join(file, 'below'), /^There is no such file/],
      [folder(), /^This is a folder, not a file/],
    ];
    for (const [place, sentence] of sentences)
      await assert.rejects(
        verifyChainFile(place, OPTIONS),
        (error) => error instanceof ChainFileError && sentence.test(error.message),
      );
  });

  it('that is a pipe nobody writes to is refused at once', async function () {
    if (process.platform === 'win32') return;
    const pipe = path.join(folder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    await assert.rejects(
      verifyChainFile(pipe, OPTIONS),
      (error) => error instanceof ChainFileError && error.message.includes('no regular file'),
    );
  });

  it('is left as it was, with nothing beside it', async () => {
    const file = path.join(folder(), 'evidence.jsonl');
    fs.writeFileSync(file, textOf(CHAIN));
    fs.utimesSync(file, 1_700_000_000, 1_700_000_000);
    const state = (): unknown => [fs.readdirSync(folder()), fs.readFileSync(file, 'utf8'), fs.statSync(file).mtimeMs];
    const before = state();
    await verifyChainFile(file, { ...OPTIONS, offThread: true });
    assert.deepEqual(state(), before);
  });

  it('is verified the same off the thread, with progress up to its last byte', async () => {
    const text = textOf(chainOfLength(300, { metadata: { text: 'y'.repeat(60_000) } }));
    const seen: Progress[] = [];
    const report = await verify(text, { offThread: true, onProgress: (progress) => seen.push(progress) });
    assert.deepEqual([report.valid, report.entries], [true, 300]);
    assert.deepEqual(seen.at(-1), { bytes: text.length, totalBytes: text.length, entries: 300 });
    assert.ok(seen.length > 1);
    seen.forEach(({ bytes }, i) => assert.ok(i === 0 || bytes > seen[i - 1].bytes));
  }).timeout(30_000);

  it('is let go of when it is cancelled, before and while it is read', async () => {
    const cancelled = (error: unknown): boolean => error instanceof CancelledError;
    await assert.rejects(verify(textOf(CHAIN), { signal: AbortSignal.abort() }), cancelled);
    const controller = new AbortController();
    const text = textOf(chainOfLength(400, { metadata: { text: 'z'.repeat(60_000) } }));
    const onProgress = (): void => controller.abort();
    await assert.rejects(verify(text, { offThread: true, onProgress, signal: controller.signal }), cancelled);
    while (process.getActiveResourcesInfo().includes('MessagePort')) await new Promise((done) => setTimeout(done, 5));
  }).timeout(30_000);

  it('that keeps growing while it is read is verified up to a whole line, and the report says so', async () => {
    const file = path.join(folder(), 'live.jsonl');
    const text = textOf(CHAIN);
    const started = text.length - 60;
    fs.writeFileSync(file, text.slice(0, started));
    let written = started;
    const onProgress = (): void => fs.appendFileSync(file, text.slice(written, (written += 10)));
    const report = await verifyChainFile(file, { ...OPTIONS, onProgress });
    assert.deepEqual([report.valid, report.entries], [true, 4]);
    assert.ok(report.unreadBytes > 0);
  });

  it('that changed once and came to rest is read to its last byte, whole line or not', async () => {
    const file = path.join(folder(), 'touched.jsonl');
    fs.writeFileSync(file, `${textOf(CHAIN)}{"this line has no end`);
    let isFirst = true;
    const onProgress = (): void => {
      if (isFirst) fs.utimesSync(file, new Date(), new Date());
      isFirst = false;
    };
    const report = await verifyChainFile(file, { ...OPTIONS, onProgress });
    assert.deepEqual([report.valid, report.malformedLines, report.unreadBytes], [false, 1, 0]);
  });

  it('that is replaced while it is read is read again', async () => {
    const file = path.join(folder(), 'replaced.jsonl');
    fs.writeFileSync(file, textOf(CHAIN));
    let isFirst = true;
    const onProgress = (): void => {
      if (!isFirst) return;
      isFirst = false;
      fs.writeFileSync(`${file}.new`, textOf(CHAIN.slice(0, 2)));
      fs.renameSync(`${file}.new`, file);
    };
    const report = await verifyChainFile(file, { ...OPTIONS, onProgress });
    assert.deepEqual([report.valid, report.entries], [true, 2]);
  });
});
