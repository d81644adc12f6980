import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ascii } from '../../../src/core/json/canonicalText';
import { EntryReader, LineKind } from '../../../src/core/chain/entryReader';
import { FollowingReader } from '../../../src/core/chain/followingReader';
import { chainOf, content } from '../support/chains';
import { HASHES, verifyInMemory } from '../support/memoryChain';
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
          ? following.entryHashText().slice(1, -1)
          : kind === LineKind.Entry
            ? following.computeHash(HASHES.sha256)
            : undefined;
        assert.deepEqual(told(kind, following, fastComputed), told(ordinaryKind, ordinary, computed));
      }),
      { numRuns: 10_000 },
    );
    assert.ok(fast > 500, `only ${fast} lines went the fast way`);
  }).timeout(60_000);

  it('is only taken behind an entry whose hash holds: what another one states may be no digest', async () => {
    const [first, second] = forgedPair();
    // The same JSON, once as the reference spells it and once with a space more, which the guess does not fit.
    const asWritten = await verifyInMemory(`${first}\n${second}\n`);
    const respaced = await verifyInMemory(`${first}\n${second.replace('{"', '{ "')}\n`);
    const kinds = (report: typeof asWritten): string[] =>
      report.explanation.breaks.map(({ kind, line }) => `${line} ${kind}`);
    assert.deepEqual(kinds(asWritten), kinds(respaced));
  });
});

/** Two lines of which the first states an `entry_hash` of 64 characters that is no digest, and the second commits to it. */
function forgedPair(): [string, string] {
  const members = (i: number, previous: string, hash: string): string =>
    `{"action_target": "t", "action_type": "a", "agent_id": "g", "decision": "auto", "entry_hash": ${hash}, ` +
    `"matched_rule": "r", "metadata": {}, "previous_hash": ${previous}, "risk_level": "low", "sequence_id": ${i}, ` +
    `"timestamp": "2026-03-29T10:30:02+00:00"}`;
  const escaped = `"\\u00e9${'b'.repeat(58)}"`;
  const canonical = members(1, escaped, '""')
    .replace('"entry_hash": "", ', '')
    .replace(/(": |, )/g, (part) => part.trim());
  const hash = HASHES.sha256(Buffer.from(canonical + escaped.slice(1, -1)));
  return [members(0, `"${'0'.repeat(64)}"`, escaped), members(1, escaped, `"${hash}"`)];
}
