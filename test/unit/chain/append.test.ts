import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { appendEntry } from '../../../src/core/chain/append';
import type { EntryContent } from '../../../src/core/chain/entry';
import { ALGORITHMS } from '../../../src/core/chain/hash';
import { chainOf, content, textOf } from '../support/chains';
import { HASHES, verifyInMemory } from '../support/memoryChain';
import { anyContent } from '../support/metadata';
import { askPython, PLAIN_PYTHON_VERIFIER } from '../support/python';

const anyChain = fc.record({
  algorithm: fc.constantFrom(...ALGORITHMS),
  contents: fc.array(anyContent, { maxLength: 6 }),
});

function appended(metadata: unknown): ReturnType<typeof appendEntry> {
  return appendEntry(undefined, { ...content(0), metadata } as EntryContent, HASHES.sha256);
}

function isFrozenThroughout(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isFrozenThroughout);
}

describe('An entry that ours appends', () => {
  it('makes a chain that ours verifies, whatever its contents', async () => {
    await fc.assert(
      fc.asyncProperty(anyChain, async ({ algorithm, contents }) => {
        const report = await verifyInMemory(textOf(chainOf(contents, HASHES[algorithm])));
        assert.equal(report.valid, true);
        assert.equal(report.entries, contents.length);
        assert.equal(report.reference.accepts, true);
        if (contents.length > 0) assert.equal(report.algorithm, algorithm);
      }),
      { numRuns: 1000 },
    );
  });

  it('makes a chain that a plain loop in Python verifies', () => {
    const program = `${PLAIN_PYTHON_VERIFIER}
def answer(data):
    algorithm, chain = data.split(b' ', 1)
    return verify(chain, algorithm.decode()).encode()
`;
    fc.assert(
      fc.property(fc.array(anyChain, { minLength: 500, maxLength: 500, size: 'max' }), (chains) => {
        const questions = chains.map(({ algorithm, contents }) =>
          Buffer.from(`${algorithm} ${textOf(chainOf(contents, HASHES[algorithm]))}`),
        );
        const answers = askPython(program, questions).map(String);
        assert.equal(answers.length, chains.length);
        answers.forEach((said, i) => assert.equal(said, 'valid', questions[i].toString()));
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  it('has the line that json.dumps(entry, sort_keys=True) writes', () => {
    const program = 'import json\ndef answer(data):\n    return json.dumps(json.loads(data), sort_keys=True).encode()';
    fc.assert(
      fc.property(fc.array(anyContent, { minLength: 500, maxLength: 500, size: 'max' }), (contents) => {
        const lines = chainOf(contents).map(({ line }) => line);
        const answers = askPython(
          program,
          lines.map((line) => Buffer.from(line)),
        );
        answers.forEach((said, i) => assert.equal(lines[i], said.toString()));
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  it('starts at 0 after 64 zeros, then counts on and carries the hash of the one before it', () => {
    const [first, second] = chainOf([content(0), content(1)]).map(({ entry }) => entry);
    assert.deepEqual([first.sequence_id, first.previous_hash], [0, '0'.repeat(64)]);
    assert.deepEqual([second.sequence_id, second.previous_hash], [1, first.entry_hash]);
    assert.match(second.entry_hash, /^[0-9a-f]{64}$/);
  });

  it('has an int for a number that is a safe integer, all digits of a bigint, and a float for any other number', () => {
    const { line } = appended({
      a: 1,
      b: -0,
      c: 2 ** 53,
      d: 2n ** 53n + 1n,
      e: 1.5,
      f: 1e-5,
      g: NaN,
      h: -Infinity,
      i: 1e300,
    });
    assert.ok(
      line.includes(
        '{"a": 1, "b": 0, "c": 9007199254740992.0, "d": 9007199254740993, "e": 1.5, "f": 1e-05, "g": NaN, "h": -Infinity, "i": 1e+300}',
      ),
      line,
    );
  });

  it('leaves out the members of its metadata that are undefined', () => {
    assert.ok(appended({ a: undefined, b: { c: undefined } }).line.includes('"metadata": {"b": {}}'));
    assert.ok(appended(undefined).line.includes('"metadata": {}'));
  });

  it('cannot be changed, and does not change with what it was made of', () => {
    const metadata = { params: { paths: ['a'] } };
    const { entry } = appended(metadata);
    metadata.params.paths[0] = 'b';
    assert.deepEqual(entry.metadata, { params: { paths: ['a'] } });
    assert.ok(isFrozenThroughout(entry));
    assert.ok(!Object.isFrozen(metadata));
  });

  it('is refused with a sentence where JSON cannot hold what is in it', () => {
    const circle: Record<string, unknown> = {};
    circle.around = { circle };
    const refusals: [unknown, RegExp][] = [
      [{ run: () => 1 }, /^metadata\["run"\] is a function, which JSON cannot hold\.$/],
      [{ list: [1, Symbol('s')] }, /^metadata\["list"\]\[1\] is a symbol, which JSON cannot hold\.$/],
      [{ list: [undefined] }, /^metadata\["list"\]\[0\] is undefined, which JSON cannot hold\.$/],
      [circle, /contains itself, which JSON cannot hold\.$/],
      [{ when: new Date(0) }, /^metadata\["when"\] is an object of a class/],
      [{ map: new Map([[1, 2]]) }, /^metadata\["map"\] is an object of a class/],
      [[], /^metadata must be an object\.$/],
      ['text', /^metadata must be an object\.$/],
      [{ big: BigInt('9'.repeat(4301)) }, /4300 digits/],
    ];
    for (const [metadata, message] of refusals)
      assert.throws(
        () => appended(metadata),
        (error) => error instanceof TypeError && message.test(error.message),
      );
    let deep: unknown = 1;
    for (let level = 0; level < 2000; level++) deep = [deep];
    assert.throws(
      () => appended({ deep }),
      (error) => error instanceof TypeError && error.message.includes('nested deeper'),
    );
    assert.throws(
      () => appendEntry(undefined, { ...content(0), agent_id: 7 } as unknown as EntryContent, HASHES.sha256),
      new TypeError('agent_id must be a text.'),
    );
  });

  it('may hold the same object twice side by side', () => {
    const shared = { a: 1 };
    assert.ok(appended({ x: shared, y: [shared, shared] }).line.includes('"y": [{"a": 1}, {"a": 1}]'));
  });
});
