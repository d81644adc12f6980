import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { readChainFile, verifyChainFile, type ChainFileOptions } from '../../../src/chainfile/chainFile';
import { ChainFollower, type Growth } from '../../../src/chainfile/chainFollower';
import { CancelledError, ChainFileError } from '../../../src/chainfile/errors';
import { appendEntry } from '../../../src/core/chain/append';
import type { ChainReport } from '../../../src/core/chain/report';
import { altered, chainOf, chainOfLength, content, forge, textOf, type Line } from '../support/chains';
import { HASHES } from '../support/memoryChain';
import { pinOf } from '../support/pins';
import { temporaryFolder } from '../support/temporaryFolder';

const WORKER = path.resolve('dist/chain-worker.js');
const OPTIONS: ChainFileOptions = { algorithm: 'auto', workerScript: WORKER };

const CHAIN = chainOfLength(12);

/** Numbers between 0 and 1 that are the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('A chain file that is followed', () => {
  const folder = temporaryFolder();
  const followers: ChainFollower[] = [];
  const file = (): string => path.join(folder(), 'chain.jsonl');

  afterEach(() => followers.splice(0).forEach((follower) => follower.dispose()));

  /** Verifies what is there, and follows the file from then on. */
  async function followed(text: string, options: Partial<ChainFileOptions> = {}): Promise<ChainFollower> {
    fs.writeFileSync(file(), text);
    const { report, checkpoint } = await readChainFile(file(), { ...OPTIONS, ...options });
    assert.ok(checkpoint !== undefined);
    const follower = new ChainFollower(file(), report, checkpoint, WORKER);
    followers.push(follower);
    return follower;
  }

  function append(text: string): void {
    fs.appendFileSync(file(), text);
  }

  async function grown(follower: ChainFollower): Promise<Growth & { kind: 'appended' }> {
    const growth = await follower.readOn();
    if (growth.kind !== 'appended') assert.fail(`It is ${growth.kind}.`);
    return growth;
  }

  async function kindOf(follower: ChainFollower): Promise<Growth['kind']> {
    return (await follower.readOn()).kind;
  }

  /** What comes of reading all of it again. */
  function anew(options: Partial<ChainFileOptions> = {}): Promise<ChainReport> {
    return verifyChainFile(file(), { ...OPTIONS, ...options });
  }

  it('is unchanged as long as nothing is appended', async () => {
    const follower = await followed(textOf(CHAIN));
    assert.deepEqual(await follower.readOn(), { kind: 'unchanged' });
    assert.deepEqual(await follower.readOn(), { kind: 'unchanged' });
  });

  it('is unclear once something was written in place, however far before the end and whatever times were set back', async () => {
    // The end of a file is compared in any case: this is longer.
    const follower = await followed(textOf(chainOfLength(200, { metadata: { text: 'y'.repeat(1000) } })));
    const { atime, mtime } = fs.statSync(file());
    const descriptor = fs.openSync(file(), 'r+');
    fs.writeSync(descriptor, ' ', 1);
    fs.closeSync(descriptor);
    fs.utimesSync(file(), atime, mtime);
    assert.deepEqual(await follower.readOn(), { kind: 'unclear' });
  });

  it('has the report that reading all of it again has, after each time that it grew', async () => {
    const follower = await followed(textOf(CHAIN.slice(0, 3)));
    for (const [from, to] of [
      [3, 4],
      [4, 9],
      [9, 12],
    ]) {
      append(textOf(CHAIN.slice(from, to)));
      const { report, entries } = await grown(follower);
      assert.equal(entries, to - from);
      assert.equal(report.entries, to);
      assert.deepEqual(report, await anew());
      assert.equal(await kindOf(follower), 'unchanged');
    }
  });

  it('keeps its pin and what was expected of it, with the entries since counted on', async () => {
    for (const options of [
      { pins: [pinOf(CHAIN.slice(0, 2)), pinOf(CHAIN.slice(0, 4))] },
      { expectation: { count: 4 } },
      { expectation: { lastHash: CHAIN[3].entry.entry_hash } },
    ]) {
      const follower = await followed(textOf(CHAIN.slice(0, 5)), options);
      append(textOf(CHAIN.slice(5)));
      const { report } = await grown(follower);
      assert.deepEqual([report.valid, report.tail, report.appended], [true, 'as_expected', 8]);
      assert.deepEqual(report, await anew(options));
    }
  });

  it('must be read again where a head that is expected may have come', async () => {
    for (const options of [
      { pins: [pinOf(CHAIN.slice(0, 8))] },
      { expectation: { count: 8 } },
      { expectation: { lastHash: CHAIN[7].entry.entry_hash } },
    ]) {
      const follower = await followed(textOf(CHAIN.slice(0, 5)), options);
      append(textOf(CHAIN.slice(5)));
      assert.equal(await kindOf(follower), 'unclear');
      assert.deepEqual([(await anew()).valid, (await anew(options)).valid], [true, true]);
    }
  });

  it('notes of the entries that come what reading all of it again notes, and of those before no less', async () => {
    const odd = [
      content(0),
      content(5),
      content(3),
      content(4, { timestamp: 'yesterday' }),
      content(2),
      content(1),
      content(0),
    ];
    const lines = chainOf(odd).map(({ line }) => line);
    const text = `${lines.slice(0, 3).join('\n')}\n\n`;
    const follower = await followed(text);
    append(`\n${lines.slice(3).join('\n')}\n`);
    const { report } = await grown(follower);
    assert.deepEqual(
      report.notes.map(({ code, line }) => [code, line]),
      [
        ['time_backwards', 3],
        ['time_backwards', 8],
        ['time_backwards', 9],
      ],
    );
    assert.deepEqual(report, await anew());
  });

  it('has reports that stay as they were when more comes', async () => {
    const backwards = [content(9), content(8), content(7), content(6)];
    const lines = chainOf(backwards);
    const follower = await followed(textOf(lines.slice(0, 1)));
    append(textOf(lines.slice(1, 2)));
    const { report } = await grown(follower);
    const before = structuredClone(report);
    append(textOf(lines.slice(2)));
    assert.equal((await grown(follower)).report.notes.length, 3);
    assert.deepEqual(report, before);
    assert.equal(report.notes.length, 1);
  });

  it('waits for the end of a half line, and reads it once it is whole', async () => {
    const follower = await followed(textOf(CHAIN.slice(0, 10)));
    const text = textOf(CHAIN.slice(10));
    for (let at = 0; at < CHAIN[10].line.length; at += 90) {
      append(text.slice(at, Math.min(at + 90, CHAIN[10].line.length)));
      assert.equal(await kindOf(follower), 'unchanged');
    }
    append('\n');
    assert.deepEqual((await grown(follower)).report, await anew());
    append(CHAIN[11].line);
    assert.equal(await kindOf(follower), 'unchanged');
    append('\n');
    const { report, entries } = await grown(follower);
    assert.deepEqual([report.entries, entries], [12, 1]);
    assert.deepEqual(report, await anew());
  });

  it('that has whole lines and then a half one is read up to the half one, and says how much is left', async () => {
    const follower = await followed(textOf(CHAIN.slice(0, 8)));
    append(`${textOf(CHAIN.slice(8, 11))}${CHAIN[11].line.slice(0, 77)}`);
    const { report, entries } = await grown(follower);
    assert.deepEqual([report.valid, report.entries, entries, report.unreadBytes], [true, 11, 3, 77]);
    append(`${CHAIN[11].line.slice(77)}\n`);
    assert.deepEqual((await grown(follower)).report, await anew());
  });

  it('may have blank lines and Windows line ends, also such that come in two parts', async () => {
    const text = `\r\n${textOf(CHAIN).replaceAll('\n', '\r\n')}\r\n`;
    const start = text.indexOf(CHAIN[4].line);
    const follower = await followed(text.slice(0, start));
    const next = text.indexOf('\r\n', start) + 1;
    append(text.slice(start, next));
    assert.equal(await kindOf(follower), 'unchanged');
    append(text.slice(next));
    const { report } = await grown(follower);
    assert.deepEqual([report.valid, report.entries], [true, 12]);
    assert.deepEqual(report, await anew());
  });

  it('is read on with nothing but blank lines in it, and after blank lines were appended', async () => {
    const follower = await followed('\n \n');
    append('\n\n');
    const { entries, report } = await grown(follower);
    assert.deepEqual([entries, report.entries, report.lines], [0, 0, 4]);
    append(textOf(CHAIN));
    assert.deepEqual((await grown(follower)).report, await anew());
  });

  it('is unclear where what comes is broken, does not follow on, or is no entry', async () => {
    const rehashed = forge({ ...CHAIN[7].entry, previous_hash: 'a'.repeat(64) });
    const wrong: [string, string][] = [
      ['changed', altered(CHAIN[7], { decision: 'block' }).line],
      ['left out', CHAIN[8].line],
      ['twice', CHAIN[6].line],
      ['of another chain', rehashed.line],
      ['a first entry', CHAIN[0].line],
      ['no entry', 'just a line'],
      ['of another algorithm', appendEntry(CHAIN[6].entry, content(7), HASHES.sha3_256).line],
    ];
    for (const [what, line] of wrong) {
      const follower = await followed(textOf(CHAIN.slice(0, 7)));
      append(`${line}\n`);
      assert.equal(await kindOf(follower), 'unclear', what);
      assert.equal((await anew()).valid, false, what);
      // It stays so, also with more behind it.
      append(
        textOf([
          appendEntry(
            JSON.parse(line.startsWith('{') ? line : CHAIN[6].line) as Line['entry'],
            content(9),
            HASHES.sha256,
          ),
        ]),
      );
      assert.equal(await kindOf(follower), 'unclear', what);
      follower.dispose();
    }
  });

  it('forgets what was unclear once it is taken back, so that it is in no later report', async () => {
    const follower = await followed(textOf(CHAIN.slice(0, 7)));
    for (const wrong of ['no entry\n', textOf(CHAIN.slice(8)), textOf([altered(CHAIN[7], { decision: 'block' })])]) {
      append(wrong);
      assert.equal(await kindOf(follower), 'unclear');
      fs.truncateSync(file(), textOf(CHAIN.slice(0, 7)).length);
      assert.equal(await kindOf(follower), 'unchanged');
    }
    append(textOf(CHAIN.slice(7)));
    assert.deepEqual((await grown(follower)).report, await anew());
  });

  it('that was broken before is told the same as if all were read again, or is unclear', async () => {
    const forked = forge({ ...CHAIN[3].entry, action_target: 'elsewhere' });
    const broken: [string, readonly { line: string }[], Growth['kind']][] = [
      ['an entry changed', CHAIN.with(2, altered(CHAIN[2], { decision: 'block' })), 'appended'],
      ['a line that is none', [...CHAIN.slice(0, 3), { line: 'no entry' }, ...CHAIN.slice(3)], 'appended'],
      // Which branch is the chain depends on what comes.
      ['a branch at the end', [...CHAIN, forked], 'unclear'],
      ['an entry deleted', CHAIN.toSpliced(4, 1), 'unclear'],
      ['a hash altered at the end', CHAIN.with(11, altered(CHAIN[11], { entry_hash: 'b'.repeat(64) })), 'unclear'],
    ];
    for (const [what, lines, kind] of broken) {
      const follower = await followed(textOf(lines));
      const last = what === 'a branch at the end' ? forked : CHAIN[11];
      append(textOf([appendEntry(last.entry, content(12), HASHES.sha256)]));
      const growth = await follower.readOn();
      assert.equal(growth.kind, kind, what);
      if (growth.kind === 'appended') assert.deepEqual(growth.report, await anew(), what);
      follower.dispose();
    }
  });

  it('that was cut is rewritten, also where it was written on afterwards', async () => {
    const cut: [string, string][] = [
      ['cut', textOf(CHAIN.slice(0, 7))],
      ['cut by a byte', textOf(CHAIN.slice(0, 8)).slice(0, -1)],
      ['emptied', ''],
      ['cut and written on', textOf([...CHAIN.slice(0, 7), ...chainOfLength(4, { agent_id: 'another' })])],
    ];
    for (const [what, text] of cut) {
      const follower = await followed(textOf(CHAIN.slice(0, 8)));
      fs.writeFileSync(file(), text);
      assert.equal(await kindOf(follower), 'rewritten', what);
      follower.dispose();
    }
  });

  it('that was replaced by another file is rewritten, though the other one has the same content and more', async () => {
    const follower = await followed(textOf(CHAIN.slice(0, 8)));
    fs.writeFileSync(`${file()}.new`, textOf(CHAIN));
    fs.renameSync(`${file()}.new`, file());
    assert.equal(await kindOf(follower), 'rewritten');
  });

  it('of which one of the last bytes is another one is rewritten, whether it grew or not', async () => {
    const long = textOf(chainOfLength(400));
    for (const back of [1, 2, 100, 60_000]) {
      for (const more of ['', textOf(CHAIN)]) {
        const follower = await followed(long);
        const bytes = Buffer.from(long);
        bytes[bytes.length - back] ^= 1;
        fs.writeFileSync(file(), Buffer.concat([bytes, Buffer.from(more)]));
        assert.equal(await kindOf(follower), 'rewritten', `${back} bytes before the end`);
        follower.dispose();
      }
    }
  });

  it('that is deleted is gone, and so is one whose folder is gone or is a file now', async () => {
    const follower = await followed(textOf(CHAIN));
    fs.rmSync(file());
    assert.deepEqual(await follower.readOn(), { kind: 'gone' });
    fs.rmSync(folder(), { recursive: true });
    assert.deepEqual(await follower.readOn(), { kind: 'gone' });
    fs.writeFileSync(folder(), '');
    assert.deepEqual(await follower.readOn(), { kind: 'gone' });
  });

  it('that was deleted and is there again as it was is another file or to be read again, never grown', async () => {
    const follower = await followed(textOf(CHAIN));
    fs.rmSync(file());
    assert.equal(await kindOf(follower), 'gone');
    fs.writeFileSync(file(), textOf(CHAIN));
    assert.ok(['rewritten', 'unclear'].includes(await kindOf(follower)));
  });

  it('that has become a folder is rewritten, and a path that cannot be read is a sentence', async () => {
    const follower = await followed(textOf(CHAIN));
    fs.rmSync(file());
    fs.mkdirSync(file());
    assert.equal(await kindOf(follower), 'rewritten');
    if (process.platform === 'win32') return;
    fs.rmdirSync(file());
    fs.symlinkSync(file(), file());
    await assert.rejects(
      follower.readOn(),
      (error) => error instanceof ChainFileError && error.message.includes('symbolic links go in a circle'),
    );
  });

  it('cannot be read on where it has no final line end, a byte order mark, or no byte at all', async () => {
    const text = textOf(CHAIN);
    for (const content of [text.trimEnd(), `\ufeff${text}`, '', text.replaceAll('\n', '\r')]) {
      fs.writeFileSync(file(), content);
      const { report, checkpoint } = await readChainFile(file(), OPTIONS);
      assert.equal(report.valid, true);
      assert.equal(checkpoint, undefined);
    }
    fs.writeFileSync(file(), text);
    assert.notEqual((await readChainFile(file(), OPTIONS)).checkpoint, undefined);
  });

  it('that grew while it was read is read on from where the reading stopped', async () => {
    const text = textOf(CHAIN);
    let written = text.length - 700;
    fs.writeFileSync(file(), text.slice(0, written));
    const onProgress = (): void => fs.appendFileSync(file(), text.slice(written, (written += 10)));
    const { report, checkpoint } = await readChainFile(file(), { ...OPTIONS, onProgress });
    assert.ok(report.unreadBytes > 0 && report.entries < 12);
    const follower = new ChainFollower(file(), report, checkpoint!, WORKER);
    followers.push(follower);
    append(text.slice(written));
    const growth = await grown(follower);
    assert.equal(growth.entries, 12 - report.entries);
    assert.deepEqual(growth.report, await anew());
  });

  it('is read on one time after the other, however often that is asked for at once', async () => {
    const follower = await followed(textOf(CHAIN.slice(0, 4)));
    append(textOf(CHAIN.slice(4)));
    const growths = await Promise.all([follower.readOn(), follower.readOn(), follower.readOn()]);
    assert.deepEqual(
      growths.map(({ kind }) => kind),
      ['appended', 'unchanged', 'unchanged'],
    );
    assert.deepEqual(growths[0], { kind: 'appended', entries: 8, report: await anew() });
  });

  it('is left as it was, with nothing beside it', async () => {
    const follower = await followed(textOf(CHAIN.slice(0, 4)));
    append(textOf(CHAIN.slice(4)));
    fs.utimesSync(file(), 1_700_000_000, 1_700_000_000);
    await grown(follower);
    assert.deepEqual(
      [fs.readdirSync(folder()), fs.readFileSync(file(), 'utf8'), fs.statSync(file()).mtimeMs],
      [['chain.jsonl'], textOf(CHAIN), 1_700_000_000_000],
    );
  });

  it('is let go of once nobody follows it any more', async () => {
    const follower = await followed(textOf(CHAIN.slice(0, 4)));
    append(textOf(CHAIN.slice(4)));
    const reading = follower.readOn();
    follower.dispose();
    await assert.rejects(reading, CancelledError);
    await assert.rejects(follower.readOn(), CancelledError);
    while (process.getActiveResourcesInfo().includes('MessagePort')) await new Promise((done) => setTimeout(done, 5));
  });

  it('may grow by more than is read as one part', async () => {
    const lines = chainOfLength(320, { metadata: { text: 'y'.repeat(60_000) } });
    const follower = await followed(textOf(lines.slice(0, 2)));
    append(textOf(lines.slice(2)));
    const { report, entries } = await grown(follower);
    assert.equal(entries, 318);
    assert.deepEqual(report, await anew());
    append(textOf(lines.slice(100, 300)));
    assert.equal(await kindOf(follower), 'unclear');
  }).timeout(30_000);

  it('may be of SHA3-256', async () => {
    const lines = chainOf(
      Array.from({ length: 6 }, (_, step) => content(step)),
      HASHES.sha3_256,
    );
    const follower = await followed(textOf(lines.slice(0, 2)));
    append(textOf(lines.slice(2)));
    const { report } = await grown(follower);
    assert.deepEqual([report.algorithm, report.valid, report.entries], ['sha3_256', true, 6]);
    assert.deepEqual(report, await anew());
  });

  it('comes to the report of all of it after 10,000 entries in pieces of any size, cut anywhere', async () => {
    const text = Buffer.from(
      textOf(
        chainOf(
          Array.from({ length: 10_100 }, (_, step) =>
            content(step, { metadata: { note: `é😀 ${'x'.repeat(step % 97)}` } }),
          ),
        ),
      ),
    );
    const ends = [...text.keys()].filter((at) => text[at] === 0x0a);
    const linesUpTo = (size: number): number => ends.filter((at) => at < size).length;
    for (const seed of [1, 2, 3]) {
      const random = seededRandom(seed);
      let written = text.indexOf(0x0a, 40_000) + 1;
      const follower = await followed(text.subarray(0, written).toString());
      let read = linesUpTo(written);
      let last: ChainReport | undefined;
      while (written < text.length) {
        // Mostly a few bytes or entries, at times many.
        const size = 1 + Math.floor(random() ** 6 * 400_000);
        fs.appendFileSync(file(), text.subarray(written, written + size));
        written = Math.min(text.length, written + size);
        const growth = await follower.readOn();
        const whole = linesUpTo(written);
        assert.equal(growth.kind, whole === read ? 'unchanged' : 'appended', `seed ${seed}, byte ${written}`);
        if (growth.kind !== 'appended') continue;
        assert.deepEqual([growth.entries, growth.report.entries, growth.report.valid], [whole - read, whole, true]);
        read = whole;
        last = growth.report;
      }
      assert.equal(read, 10_100);
      assert.deepEqual(last, await anew(), `seed ${seed}`);
      follower.dispose();
    }
  }).timeout(60_000);
});
