import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { codePoints, matchesGlob, parseGlob } from '../../../src/core/policy/glob';
import { globOfValue } from '../../../src/core/policy/globValue';
import { PyError, TooMuchWork, Work } from '../../../src/core/policy/pyError';
import { askPython } from '../support/python';
import { py } from './support/nodes';
import { manyOf } from './support/values';

function matches(pattern: string, text: string): boolean {
  return matchesGlob(parseGlob(pattern), codePoints(text));
}

/** Each pattern with texts that match it, and texts that do not. */
const EXAMPLES: readonly (readonly [pattern: string, matching: readonly string[], other: readonly string[]])[] = [
  ['', [''], ['a']],
  ['*', ['', 'a', '.hidden', 'a/b', 'a\nb'], []],
  ['read_?', ['read_a', 'read_😀', 'read_\n', 'read_\ud83d'], ['read_', 'read_ab', 'READ_a', 'read_a\n']],
  ['a**b', ['ab', 'a*b', 'axxb'], ['ba']],
  ['[wW]rite', ['write', 'Write'], ['WRITE', '[wW]rite']],
  ['[!a-c]', ['d', '!', '\n'], ['a', 'b', 'c', '', 'dd']],
  ['[^a]', ['^', 'a'], ['b']],
  ['x[]-]y', ['x]y', 'x-y'], ['xay', 'x]-y']],
  ['[!]]', ['a', '!'], [']']],
  ['[]', ['[]'], [']', '[']],
  ['[!]', ['[!]'], ['a', '!']],
  ['a[b', ['a[b'], ['ab']],
  ['[a-', ['[a-'], ['a', '-']],
  ['[a-c-e]', ['a', 'b', 'c', '-', 'e'], ['d']],
  ['[a-c-b]', ['a', 'b', 'c', '-'], ['d']],
  ['[!-\n]', ['a', '!'], ['-', '\n']],
  ['[--0]', ['-', '.', '/', '0'], ['1']],
  ['r[z-a]s', [], ['rzs', 'rs', 'ras', 'r-s']],
  ['r[!z-a]s', ['rzs', 'r-s'], ['rs']],
  // What is left of a set without the range that runs backwards is read anew, and starts with "!".
  ['[z-a!x]', ['z', 'a', '!'], ['x']],
  ['b\\*c', ['b\\c', 'b\\zzc'], ['b*c']],
  ['{a,b}', ['{a,b}'], ['a']],
  ['[&~|\\]', ['&', '~', '|', '\\'], ['a']],
  ['[😀-😂]', ['😀', '😁', '😂'], ['\ud83d', '😃']],
  ['pay_é', ['pay_é'], ['pay_e\u0301']],
];

describe('The patterns of a rule', () => {
  it("match whole texts, by character, with Python's wildcards and sets", () => {
    for (const [pattern, matching, others] of EXAMPLES) {
      for (const text of matching) assert.ok(matches(pattern, text), `${pattern} with ${JSON.stringify(text)}`);
      for (const text of others) assert.ok(!matches(pattern, text), `${pattern} with ${JSON.stringify(text)}`);
    }
  });

  it("agree with Python's fnmatch on all others", () => {
    const part = fc.constantFrom(
      ...'ab-!^[]*?&~|\\xz',
      '[',
      ']',
      '-',
      '*',
      'é',
      '\uffff',
      '😀',
      '😂',
      '\ud83d',
      '\n',
      '.',
    );
    // Many hyphens between few characters, also such as sort before the wildcards.
    const inSet = fc.oneof(part, fc.constantFrom('-', '-', 'a', 'b', 'c', ' ', '!'));
    const set = fc.array(inSet, { minLength: 1, maxLength: 6 }).map((parts) => `[${parts.join('')}]`);
    const pattern = fc
      .array(fc.oneof({ weight: 3, arbitrary: part }, { weight: 2, arbitrary: set }), { maxLength: 6 })
      .map((parts) => parts.join(''));
    const text = fc
      .array(fc.constantFrom(...'abc -!^[]&|\\xz', 'é', '\uffff', '😀', '😁', '\ud83d', '\n'), { maxLength: 5 })
      .map((parts) => parts.join(''));
    // Texts that are made of the pattern match more often.
    const asked = pattern.chain((glob) =>
      fc.tuple(
        fc.constant(glob),
        fc.oneof(
          text,
          fc
            .array(text, { minLength: 12, maxLength: 12 })
            .map((fill) => glob.replace(/\[[^]*?\]|[*?]/g, () => (fill.pop() ?? '').slice(0, 2))),
        ),
      ),
    );
    const program = `
import fnmatch, json, re, warnings
warnings.simplefilter('ignore')
def answer(data):
    pattern, text = json.loads(data)
    return b'match' if re.compile(fnmatch.translate(pattern)).match(text) else b'none'
`;
    const { some, seed } = manyOf(asked, 10_000);
    let found = 0;
    askPython(
      program,
      some.map((question) => Buffer.from(JSON.stringify(question))),
    ).forEach((answer, i) => {
      const [glob, each] = some[i];
      const does = answer.toString() === 'match';
      assert.equal(matches(glob, each), does, `${JSON.stringify(glob)} with ${JSON.stringify(each)} (seed ${seed})`);
      if (does) found++;
    });
    assert.ok(found > 500, `${found} matched`);
  });

  it('come to an end soon, whatever they are', () => {
    const text = codePoints('a'.repeat(20_000));
    const work = new Work(3_000_000);
    for (const pattern of ['*a*a*a*a*a*a*a*a*b', `${'a*'.repeat(500)}b`, '*?*?*?*?*?*?b', '*[!b]*[!b]*[!b]b'])
      assert.equal(matchesGlob(parseGlob(pattern), text, work), false);
    // Long patterns and texts together cost their product, which is not spent without end.
    const long = parseGlob(`*${'a'.repeat(20_000)}b`);
    assert.throws(() => matchesGlob(long, codePoints('a'.repeat(200_000)), new Work()), TooMuchWork);
    assert.equal(parseGlob('['.repeat(100_000)).tokens.length, 100_000);
  });

  it('are what Python makes of values that are no texts', () => {
    const list = globOfValue(py(['read', '*', '_?', '?']));
    for (const text of ['read_?x', 'readxx_?y']) assert.ok(matchesGlob(list, codePoints(text)), text);
    assert.ok(!matchesGlob(list, codePoints('read_xx')));
    assert.ok(matchesGlob(globOfValue([]), []));
    assert.ok(matchesGlob(globOfValue({ kind: 'mapping', entries: [[0n, 'a']] }), codePoints('a')));
    assert.deepEqual(globOfValue({ kind: 'set', items: [] }).tokens, []);
    for (const [value, raised] of [
      [5, "TypeError: object of type 'int' has no len()"],
      [null, "TypeError: object of type 'NoneType' has no len()"],
      [true, "TypeError: object of type 'bool' has no len()"],
      [1.5, "TypeError: object of type 'float' has no len()"],
      [['a', 5], 'TypeError: decoding to str: need a bytes-like object, int found'],
      [[1], 'TypeError: decoding to str: need a bytes-like object, int found'],
      [['[', 'a', ']'], "AttributeError: 'list' object has no attribute 'replace'"],
      [{ a: 'b' }, 'KeyError: 0'],
    ] as const)
      assert.throws(
        () => globOfValue(py(value)),
        (error) => error instanceof PyError && error.message === raised,
        raised,
      );
  });
});
