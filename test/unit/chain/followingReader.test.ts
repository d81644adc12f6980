import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ascii } from '../../../src/core/json/canonicalText';
import { EntryReader, LineKind } from '../../../src/core/chain/entryReader';
import { FollowingReader } from '../../../src/core/chain/followingReader';
import { chainOf, content } from '../support/chains';
import { HASHES } from '../support/memoryChain';
import { anyContent } from '../support/metadata';

const SPARE = 256;

function padded(line: Uint8Array): Uint8Array {
  const src = new Uint8Array(line.length + SPARE).fill(0x0a);
  src.set(line);
  return src;
}

/** All that is told of the line read last. */
function told(kind: LineKind, reader: EntryReader, computed: string | undefined): unknown {
  const common = { kind, lineEnd: reader.lineEnd, malformation: reader.malformation };
  if (kind !== LineKind.Entry) return common;
  return {
    ...common,
    canonical: ascii(reader.canonical, 0, reader.canonicalLength),
    entryHash: reader.entryHashText(),
    previousHash: reader.previousHashText(),
    sequence: reader.sequenceText(),
    timestamp: reader.timestampText(),
    absent: reader.absent,
    duplicateKey: reader.duplicateKey,
    computed,
  };
}

const byte = fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(...Buffer.from('\n\r "\\{}[],:019eE+-.')));

/** As nearly all entries are: what the fast way is made for. */
const usual = anyContent.map(({ metadata }) => content(1, { metadata }));

/** Two entries that follow each other, and the second line with some bytes changed, or none. */
const pair = fc
  .tuple(
    fc.tuple(anyContent, fc.oneof(anyContent, usual, usual)),
    fc.array(fc.tuple(fc.nat(), byte, fc.constantFrom(0, 1, 1, 2)), { maxLength: 3, size: '-1' }),
    fc.constantFrom('\n', '\r', '\r\n', ' \n', ''),
  )
  .map(([contents, edits, end]) => {
    const [first, second] = chainOf(contents).map(({ line }) => Buffer.from(line));
    let text = Buffer.concat([second, Buffer.from(end)]);
    for (const [where, value, gone] of edits) {
      const at = where % (text.length + 1);
      text = Buffer.concat([text.subarray(0, at), Buffer.from([value]), text.subarray(at + gone)]);
    }
    return { first, second: text };
  });

describe('The fast way of reading an entry', () => {
  it('tells the same as the ordinary one, whatever is changed in a line', () => {
    let fast = 0;
    const readers = [new FollowingReader(), new FollowingReader()];
    fc.assert(
      fc.property(pair, ({ first, second }) => {
        const [before, following] = readers;
        before.read(padded(first), 0, first.length);
        const src = padded(second);
        const kind = following.readAfter(before, src, 0, second.length, HASHES.sha256);
        const ordinary = new EntryReader();
        const ordinaryKind = ordinary.read(src, 0, second.length);
        const computed = ordinaryKind === LineKind.Entry ? ordinary.computeHash(HASHES.sha256) : undefined;
        if (following.isFollowing) {
          fast++;
          assert.equal(following.sequence, Number(ordinary.sequenceText()));
          assert.ok(computed !== undefined && ordinary.statesHash(computed));
        }
        const fastComputed = following.isFollowing
          ? following.computedHash
          : kind === LineKind.Entry
            ? following.computeHash(HASHES.sha256)
            : undefined;
        assert.deepEqual(told(kind, following, fastComputed), told(ordinaryKind, ordinary, computed));
      }),
      { numRuns: 10_000 },
    );
    assert.ok(fast > 500, `only ${fast} lines went the fast way`);
  }).timeout(60_000);
});
