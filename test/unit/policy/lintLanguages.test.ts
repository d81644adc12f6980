import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { codePoints, matchesGlob, parseGlob } from '../../../src/core/policy/glob';
import { Effort, TooMuchEffort } from '../../../src/core/policy/lint/overlap/effort';
import { Languages } from '../../../src/core/policy/lint/overlap/language';
import { Shapes } from '../../../src/core/policy/lint/overlap/shape';

/** A shortest text that matches all of some patterns and none of others. */
function shortest(all: readonly string[], none: readonly string[], effort = 100_000): string | undefined {
  const shapes = new Shapes();
  const language = {
    all: all.map((pattern) => shapes.shapeOf(parseGlob(pattern))),
    none: none.map((pattern) => shapes.shapeOf(parseGlob(pattern))),
  };
  const points = new Languages().shortestText(language, new Effort(effort));
  return points?.map((point) => String.fromCodePoint(point)).join('');
}

function isIn(text: string, all: readonly string[], none: readonly string[]): boolean {
  const matches = (pattern: string): boolean => matchesGlob(parseGlob(pattern), codePoints(text));
  return all.every(matches) && !none.some(matches);
}

/** All texts of up to four of some characters. */
function textsOf(characters: readonly string[]): string[] {
  let row = [''];
  const all = [''];
  for (let length = 1; length <= 4; length++) {
    row = row.flatMap((text) => characters.map((character) => text + character));
    all.push(...row);
  }
  return all;
}

const pattern = fc
  .array(fc.constantFrom('a', 'b', '?', '*', '*', '[ab]', '[!a]', '[a-c]', '[!b-z]', '😀', '[z-a]', '[!z-a]'), {
    maxLength: 5,
  })
  .map((pieces) => pieces.join(''));

describe('Languages of patterns', () => {
  it('have a text exactly where there is one', () => {
    const texts = textsOf(['a', 'b', 'c', '😀', '0']);
    fc.assert(
      fc.property(
        fc.array(pattern, { minLength: 1, maxLength: 2 }),
        fc.array(pattern, { maxLength: 3 }),
        (all, none) => {
          const found = shortest(all, none);
          if (found !== undefined) assert.ok(isIn(found, all, none), `${found} is not in it`);
          const other = texts.find((text) => isIn(text, all, none));
          if (other !== undefined) {
            assert.ok(found !== undefined, `${other} is in it`);
            assert.ok([...found].length <= [...other].length, `${other} is shorter than ${found}`);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('tell what patterns have together though neither holds the other', () => {
    assert.equal(shortest(['[a-m]*'], ['[a-f]*', '[g-m]*']), undefined);
    assert.equal(shortest(['*'], ['', '?*']), undefined);
    assert.equal(shortest(['a*b'], ['ab', 'a?b', 'a??*b']), undefined);
    assert.equal(shortest(['a*b'], ['ab', 'a??*b']), 'aab');
    assert.equal(shortest(['*a*b*'], ['*b*a*', '*a*']), undefined);
    assert.equal(shortest(['\u{10000}*'], ['?']), '\u{10000}a');
    assert.equal(shortest(['?'], ['[!\u{10ffff}]']), '\u{10ffff}');
  });

  it('give up where it would take too long', () => {
    const hostile = [`*a${'?'.repeat(30)}`, `*b${'?'.repeat(30)}*c*`];
    assert.throws(() => shortest(hostile, [`*[bc]${'?'.repeat(25)}d*`, '*aa*'], 20_000), TooMuchEffort);
  });
});
