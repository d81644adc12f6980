import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { feedLines } from '../../../src/chainfile/feedLines';
import { ScanJoiner } from '../../../src/core/chain/joinScans';
import { endOfLine, startOfNextLine } from '../../../src/core/chain/lines';
import type { LineConsumer } from '../../../src/core/chain/lineConsumer';
import { ChainScan } from '../../../src/core/chain/scan';
import type { ScanFacts } from '../../../src/core/chain/facts';
import { chainOfLength } from '../support/chains';
import { HASHES } from '../support/memoryChain';
import { tamper, tampering } from '../support/tampering';

/** A text in memory, as a source is given to a worker. */
function sourceOf(text: Uint8Array): Parameters<typeof feedLines>[0] {
  const bytes = new Uint8Array(new SharedArrayBuffer(text.length));
  bytes.set(text);
  return { kind: 'memory', bytes, size: text.length };
}

/** Hands the lines to a consumer for each block of some bytes. */
function inBlocks<T extends LineConsumer>(text: Uint8Array, block: number, make: () => T): T[] {
  const consumers: T[] = [];
  for (let start = 0; start < text.length; start += block) {
    const consumer = make();
    feedLines(sourceOf(text), start, Math.min(text.length, start + block), 0, consumer);
    consumers.push(consumer);
  }
  return consumers;
}

class Collector implements LineConsumer {
  readonly lines: string[] = [];

  push(src: Uint8Array, start: number, limit: number, fileOffset: number): void {
    for (let at = start; at < limit;) {
      const end = endOfLine(src, at, limit);
      this.lines.push(`${fileOffset + at}: ${Buffer.from(src.subarray(at, end)).toString()}`);
      at = startOfNextLine(src, end);
    }
  }

  pushMalformed(): void {
    assert.fail('no line is refused');
  }
}

const text = fc
  .array(
    fc
      .constantFrom('', '', 'a', 'bc', 'def', 'x'.repeat(30))
      .chain((line) => fc.constantFrom('\n', '\r\n', '\r').map((end) => line + end)),
    { maxLength: 20 },
  )
  .chain((lines) => fc.constantFrom('', 'last').map((last) => Buffer.from(lines.join('') + last)));

function scanned(text: Uint8Array, block: number): ScanFacts {
  const joiner = new ScanJoiner();
  for (const scan of inBlocks(text, block, () => new ChainScan({ hash: HASHES.sha256, seek: undefined })))
    joiner.add(scan.facts());
  return joiner.facts();
}

describe('A file read in blocks', () => {
  it('hands on every line exactly once with its place, wherever the borders fall', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 60 }), (bytes, block) => {
        const whole: string[] = [];
        for (const match of bytes.toString().matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g))
          if (match[0] !== '') whole.push(`${match.index}: ${match[1]}`);
        assert.deepEqual(
          inBlocks(bytes, block, () => new Collector()).flatMap(({ lines }) => lines),
          whole,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is told of as if it had been read in one go, tampered with or not', () => {
    const ends = fc.constantFrom('\n', '\r\n', '\r', '\n\n', ' \n', '\nno entry\n', '\n[1]\n');
    fc.assert(
      fc.property(tampering, ends, fc.integer({ min: 300, max: 4000 }), ({ length, operations }, end, block) => {
        const bytes = Buffer.from(
          tamper(length, operations)
            .map(({ line }) => line)
            .join(end),
        );
        assert.deepEqual(scanned(bytes, block), scanned(bytes, Infinity));
      }),
      { numRuns: 300 },
    );
  }).timeout(30_000);

  it('notes gaps and steps back in time at the borders too', () => {
    const lines = chainOfLength(9).map(({ line }) => line);
    const bytes = Buffer.from([...lines.slice(0, 3), ...lines.slice(5), ...lines.slice(0, 2)].join('\n'));
    const whole = scanned(bytes, Infinity);
    for (let block = 100; block < bytes.length; block += 389) assert.deepEqual(scanned(bytes, block), whole);
  });
});
