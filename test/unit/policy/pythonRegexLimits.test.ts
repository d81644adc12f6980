import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  compilePythonRegex,
  type PythonRegex,
  type SearchResult,
} from '../../../src/core/policy/pythonRegex/compilePythonRegex';

/** No search may take longer; a machine that does other things as well is slow, so it is far more than any takes. */
const PATIENCE = 15_000;

function compiled(pattern: string): PythonRegex {
  const regex = compilePythonRegex(pattern);
  if ('problem' in regex) assert.fail(`${pattern.slice(0, 50)}: ${regex.problem.message}`);
  return regex;
}

function searchInTime(pattern: string, text: string): SearchResult {
  const start = performance.now();
  const result = compiled(pattern).search(text);
  const took = performance.now() - start;
  assert.ok(took < PATIENCE, `${pattern.slice(0, 50)} took ${took} ms`);
  return result;
}

const A = (count: number): string => 'a'.repeat(count);

describe('a pattern of Python cannot hang', () => {
  it('where Python tries ways without end, and what it would find is still found out', () => {
    for (const pattern of [
      '(a+)+$',
      '(a|aa)+$',
      '^(a|a)*$',
      '^(a*)*$',
      '^(a?){1,60}$',
      '(?:a+)+(?:a+)+$',
      '(.*)*x',
      '(a+a+)+y',
    ])
      assert.equal(searchInTime(pattern, `${A(2000)}b`), 'not-found', pattern);
    assert.equal(searchInTime('(a+)+$', A(2000)), 'found');
    assert.equal(searchInTime('(?:a?){500}a{500}', A(500)), 'found');
    assert.equal(searchInTime('(?:a?){500}a{500}', A(499)), 'not-found');
    assert.equal(searchInTime('(?=(?:a+)+b)(?<!(?:a|a))a', A(2000)), 'not-found', 'in a lookaround');
    assert.equal(searchInTime('(.*)*x', A(1_000_000)), 'not-found', 'in a long text');
  });

  it('where it remembers what groups took: then it may say that it took too long', () => {
    for (const pattern of [
      '(a*)*\\1b',
      '(.+)+\\1\\1x',
      '(?:(a)|a|\\1)*c',
      '(?>a*?)*(?:a|a)*+(?:(a+)+)?(?(1)x|y)',
      '(a|aa)+(?>x)$',
    ])
      assert.equal(searchInTime(pattern, A(3000)), 'too-long', pattern);
  });

  it('where counts multiply', () => {
    assert.equal(searchInTime('((a{1000}){1000}){1000}', A(1000)), 'not-found');
    assert.equal(searchInTime('a{2,100000}b', `${A(5000)}b`), 'found');
    assert.equal(searchInTime('(?:ab){2,4294967294}c', `${'ab'.repeat(500)}c`), 'found');
    assert.equal(searchInTime('(?:){4294967294}', ''), 'found');
    assert.equal(searchInTime('(?:(?:){4294967294}){4294967294}a', 'a'), 'found');
    assert.equal(searchInTime('(()|\\2){4294967294}', ''), 'too-long');
    assert.equal(searchInTime('(((a{1,100}){1,100}){1,100}){1,100}b', A(1000)), 'too-long');
  });

  it('where the pattern is long', () => {
    assert.equal(searchInTime(A(10_000), A(20_000)), 'found');
    assert.equal(searchInTime(A(10_000), A(9_999)), 'not-found');
    assert.equal(searchInTime(`(?i)${'é'.repeat(10_000)}`, 'É'.repeat(10_000)), 'found');
    assert.equal(searchInTime('[a-z0-9]'.repeat(1250), 'x1'.repeat(625)), 'found');
    assert.equal(searchInTime(`(?i)[${'A-ž'.repeat(3_333)}]`, '\u{1f600}'), 'not-found');
    assert.notEqual(searchInTime('a*'.repeat(5_000), A(1000)), 'not-found');
    assert.notEqual(searchInTime(`${'ab|'.repeat(3_333)}c`, `${A(1000)}c`), 'not-found');
    assert.notEqual(searchInTime(`${'(?=a*b)'.repeat(1_400)}`, `${A(1000)}b`), 'not-found');
  });

  it('where it is nested deeply: beyond some 490 groups Python gives up, and so is said', () => {
    const nested = (open: string, count: number, close = ')'): string => open.repeat(count) + 'a' + close.repeat(count);
    for (const open of ['(', '(?:', '(?=', '(?<!', '(?>', '(?i:', '(a|', '[(', '(?P<x>'])
      for (const pattern of [nested(open, 100_000), open.repeat(100_000)]) {
        const start = performance.now();
        const regex = compilePythonRegex(pattern);
        assert.ok('problem' in regex || open === '[(', open);
        assert.ok(performance.now() - start < PATIENCE, open);
      }
    const tooDeep = compilePythonRegex(nested('(', 100_000));
    assert.ok('problem' in tooDeep);
    assert.equal(tooDeep.problem.raises, 'RecursionError');
    for (const open of ['(', '(?:', '(?=', '(?>', '(?i:'])
      assert.equal(searchInTime(nested(open, 494), 'a'), 'found', open);
    assert.equal(searchInTime(nested('(?:', 494, ')*'), A(1000)), 'found');
  });

  it('where the program that asks has little of its stack left', () => {
    const pattern = '(?=(?:'.repeat(240) + 'a' + ')*)'.repeat(240);
    const ask = (): SearchResult => {
      const regex = compilePythonRegex(pattern);
      return 'problem' in regex ? assert.fail(regex.problem.message) : regex.search('a');
    };
    /** Asks once on the way back from the end of the stack, every so many calls. */
    const results = new Set<SearchResult>();
    const fall = (depth: number): number => {
      let left: number;
      try {
        left = fall(depth + 1);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        left = 0;
      }
      if (left > 0 && left % 500 === 0 && left <= 6000) results.add(ask());
      return left + 1;
    };
    fall(0);
    results.add(ask());
    assert.deepEqual([...results].sort(), ['found', 'too-long']);
  });

  it('where the text is long', () => {
    assert.equal(searchInTime('b', `${A(1_000_000)}b`), 'found');
    assert.equal(searchInTime('\\d(?=x)', A(1_000_000)), 'not-found');
    assert.equal(searchInTime('b', A(20_000_000)), 'too-long');
  });

  it('whatever is put together', () => {
    const part = fc.constantFrom(
      ...[
        'a',
        'b',
        '.',
        '(',
        '(?:',
        '(?=',
        '(?!',
        '(?<=',
        '(?>',
        '(?(1)',
        ')',
        ')',
        ')',
        '|',
        '*',
        '+',
        '?',
        '*?',
        '++',
        '{2}',
      ],
      ...['{3,}', '{1,9}', '\\1', '\\2', '[ab]', '[^a]', '\\b', '^', '$', '\\w', '(?i:', '(a*)', '(a|b|ab)*', '(.+)+'],
    );
    const patterns = fc.array(part, { maxLength: 14 }).map((parts) => parts.join(''));
    const texts = fc.array(fc.constantFrom('a', 'a', 'b', 'é', '\n'), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        const start = performance.now();
        const regex = compilePythonRegex(pattern);
        if ('problem' in regex) {
          const { message, offset } = regex.problem;
          assert.ok(message !== '' && offset >= 0 && offset <= pattern.length, `${message} at ${offset}`);
        } else assert.match(regex.search(text), /^(found|not-found|too-long)$/);
        assert.ok(performance.now() - start < PATIENCE);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a pattern that names a character', () => {
  it('is judged where the name is a common one or can be none', () => {
    assert.equal(compiled('\\N{NO-BREAK SPACE}').search('\u00a0'), 'found');
    assert.ok('problem' in compilePythonRegex('\\N{NO_BREAK_SPACE}'));
  });

  it('is not judged where the name may be one of the thousands that are not known here', () => {
    assert.equal(compiled('\\N{GREEK SMALL LETTER ALPHA}').search('α'), 'too-long');
  });
});
