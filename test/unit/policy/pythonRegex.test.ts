import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { compilePythonRegex } from '../../../src/core/policy/pythonRegex/compilePythonRegex';

/** What Python 3.11 says; written by make.py beside it. */
interface Facts {
  readonly refusals: Readonly<Record<string, readonly (readonly [pattern: string, refusal: Refusal | null])[]>>;
  readonly searches: Readonly<Record<string, readonly Searches[]>>;
  readonly alphabets: readonly { readonly pattern: string; readonly characters: number; readonly sha256: string }[];
}

interface Refusal {
  readonly message: string;
  /** null where Python names none. */
  readonly position: number | null;
  readonly raises: string;
}

interface Searches {
  readonly pattern: string;
  readonly texts: readonly (readonly [text: string, isFound: boolean])[];
}

const FACTS = JSON.parse(fs.readFileSync(path.join('test', 'fixtures', 'regex', 'cases.json'), 'utf8')) as Facts;

function search(pattern: string, text: string): string {
  const regex = compilePythonRegex(pattern);
  return 'problem' in regex ? regex.problem.message : regex.search(text);
}

function refusalOf(pattern: string): Refusal | null {
  const regex = compilePythonRegex(pattern);
  if (!('problem' in regex)) return null;
  const { message, position, raises } = regex.problem;
  return { message, position: position ?? null, raises };
}

describe('a pattern of Python', () => {
  for (const [topic, patterns] of Object.entries(FACTS.refusals))
    it(`is refused where Python refuses it, in its words and at its place: ${topic}`, () => {
      for (const [pattern, refusal] of patterns) assert.deepEqual(refusalOf(pattern), refusal, pattern);
    });

  it('is marked where the error is, also behind characters of two UTF-16 units and where Python names no place', () => {
    const offsetOf = (pattern: string): number | undefined => {
      const regex = compilePythonRegex(pattern);
      return 'problem' in regex ? regex.problem.offset : undefined;
    };
    assert.equal(offsetOf('😀**'), 3);
    assert.equal(offsetOf('😀[z-a]'), 3);
    assert.equal(offsetOf('😀(?<=a*)b'), 2, 'the lookbehind');
    assert.equal(offsetOf('😀a{4294967295}'), 3, 'the quantifier');
    assert.equal(offsetOf('(?a)(?u)'), 0);
    assert.equal(offsetOf('a'), undefined);
  });

  for (const [topic, entries] of Object.entries(FACTS.searches))
    it(`finds what Python finds: ${topic}`, () => {
      for (const { pattern, texts } of entries)
        for (const [text, isFound] of texts)
          assert.equal(search(pattern, text), isFound ? 'found' : 'not-found', `${pattern} in ${JSON.stringify(text)}`);
    });

  for (const { pattern, characters, sha256 } of FACTS.alphabets)
    it(`holds the characters that Python 3.11 knows, whatever Unicode the runtime knows: ${pattern}`, () => {
      const regex = compilePythonRegex(pattern);
      assert.ok(!('problem' in regex));
      const members = Uint8Array.from({ length: 0x20000 }, (_, point) =>
        regex.search(String.fromCodePoint(point)) === 'found' ? 1 : 0,
      );
      assert.equal(
        members.reduce((sum, member) => sum + member, 0),
        characters,
      );
      assert.equal(createHash('sha256').update(members).digest('hex'), sha256);
    });
});
