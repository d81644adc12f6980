import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ascii } from '../../../src/core/json/canonicalText';
import { EntryReader, LineKind } from '../../../src/core/chain/entryReader';
import { startOfNextLine } from '../../../src/core/chain/lines';
import { chainOf, chainOfLength, content, textOf } from '../support/chains';
import { verifyInMemory } from '../support/memoryChain';
import { anyContent } from '../support/metadata';
import { askPython, PLAIN_PYTHON_VERIFIER } from '../support/python';

/** One byte of a chain replaced, put in or taken out. */
interface Mutation {
  readonly chain: Buffer;
  readonly mutated: Buffer;
}

const usual = textOf(chainOfLength(4, { metadata: { path: 'src/app.ts', size: 1.5, ok: true, clé: '😀' } }));
const spaced = usual.replaceAll('"agent_id": ', ' "agent_id"\t:\t');

const chains = fc.oneof(
  fc.constant(usual),
  fc.constant(spaced),
  fc.constant(usual.replaceAll('\n', '\r\n')),
  fc.array(anyContent, { minLength: 1, maxLength: 4 }).map((contents) => textOf(chainOf(contents))),
  anyContent.map(({ metadata }) => textOf(chainOf([content(0), content(1, { metadata }), content(2)]))),
);

const byte = fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(...Buffer.from('\n\r "\\{}[],:019eE+-.tfn')));

const mutation: fc.Arbitrary<Mutation> = fc
  .tuple(chains, fc.nat(), fc.constantFrom('replace', 'replace', 'flip', 'put', 'take'), byte, fc.nat({ max: 7 }))
  .map(([text, where, how, value, bit]) => {
    const chain = Buffer.from(text);
    const at = where % chain.length;
    const [before, after] = [chain.subarray(0, at), chain.subarray(how === 'put' ? at : at + 1)];
    const put = how === 'take' ? [] : [how === 'flip' ? chain[at] ^ (1 << bit) : value];
    return { chain, mutated: Buffer.concat([before, Buffer.from(put), after]) };
  });

/** What a chain says, line by line, whatever its spelling: canonical form and stated hash. */
function meaningOf(text: Uint8Array): string[] {
  const src = Buffer.concat([text, Buffer.from('\n')]);
  const reader = new EntryReader();
  const meaning: string[] = [];
  for (let at = 0; at < text.length; at = startOfNextLine(src, reader.lineEnd)) {
    const kind = reader.read(src, at, text.length);
    if (kind === LineKind.Entry)
      meaning.push(`${reader.entryHashText()} ${ascii(reader.canonical, 0, reader.canonicalLength)}`);
    else if (kind === LineKind.Malformed) meaning.push('malformed');
  }
  return meaning;
}

/** The lines of the second text, 1-based, that are not the first one's. */
function touchedLines(chain: Buffer, mutated: Buffer): { from: number; to: number } {
  const split = (text: Buffer): string[] => text.toString('latin1').split(/\r\n|\n|\r/);
  const [before, after] = [split(chain), split(mutated)];
  let from = 0;
  while (from < after.length && before[from] === after[from]) from++;
  let same = 0;
  while (same < after.length - from && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { from: from + 1, to: after.length - same };
}

async function check({ chain, mutated }: Mutation, pythonSays: string): Promise<void> {
  const { valid, explanation, reference } = await verifyInMemory(mutated);
  const [before, after] = [meaningOf(chain), meaningOf(mutated)];
  const means = before.length === after.length && before.every((line, i) => line === after[i]);
  assert.equal(valid, means, means ? 'the meaning is the same, but a break is told' : 'the change is not detected');
  assert.equal(reference.accepts, pythonSays === 'valid', `the plain loop in Python says: ${pythonSays}`);
  const touched = touchedLines(chain, mutated);
  for (const { kind, line } of explanation.breaks)
    assert.ok(kind === 'deleted' || (line >= touched.from && line <= touched.to), `${kind} is told of line ${line}`);
}

describe('One byte of a chain changed', () => {
  const BATCHES = 6;
  const SIZE = 2000;

  it('is detected where it changes what an entry says, on its line alone, and where it does not it is no break', async () => {
    const batch = fc.array(mutation, { minLength: SIZE, maxLength: SIZE, size: 'max' });
    await fc.assert(
      fc.asyncProperty(batch, async (mutations) => {
        const answers = askPython(
          PLAIN_PYTHON_VERIFIER,
          mutations.map(({ mutated }) => mutated),
        );
        for (const [i, each] of mutations.entries()) {
          try {
            await check(each, answers[i].toString());
          } catch (error) {
            throw new Error(
              `${String(error)}\n--- before\n${each.chain.toString()}\n--- after\n${each.mutated.toString()}`,
            );
          }
        }
      }),
      { numRuns: BATCHES, endOnFailure: true },
    );
  }).timeout(60_000);
});
