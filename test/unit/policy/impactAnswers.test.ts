import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { codePoints, matchesGlob, parseGlob } from '../../../src/core/policy/glob';
import { Impact, PatternAnswers, type RecordedAction } from '../../../src/core/policy/impact/impact';
import { LatestPoints, TextTest } from '../../../src/core/policy/impact/textTest';
import { RecordedParams } from '../../../src/core/policy/impact/recordedParams';
import { Shapes } from '../../../src/core/policy/lint/overlap/shape';
import { pythonSearch } from '../../../src/core/policy/pythonSearch';
import { loaded, type Written } from './support/nodes';

const [HIGH, LOW] = ['\ud83d', '\ude00'];
const pieces = (...more: string[]) =>
  fc.array(fc.constantFrom('a', 'b', '😀', HIGH, LOW, ...more), { maxLength: 5 }).map((some) => some.join(''));
const patterns = pieces('*', '*', '?', '[ab]', '[!a]');

describe('A pattern that many texts are held against', () => {
  it('matches what it matches character by character, half characters included', () => {
    const points = new LatestPoints();
    fc.assert(
      fc.property(patterns, pieces(), (pattern, text) => {
        const glob = parseGlob(pattern);
        const test = new TextTest(new Shapes().shapeOf(glob));
        assert.equal(test.matches(text, points), matchesGlob(glob, codePoints(text)));
      }),
      { numRuns: 5000 },
    );
  });

  it('is compared at both ends as far as a text goes', () => {
    for (const [pattern, text, expected] of [
      ['ab*ba', 'aba', false],
      ['ab*ba', 'abba', true],
      ['a*a', 'a', false],
      [`${'x'.repeat(1500)}*`, 'x'.repeat(1400), false],
      [`*${'x'.repeat(1500)}`, 'x'.repeat(1400), false],
      [`*${'x'.repeat(1500)}`, `y${'x'.repeat(1500)}`, true],
    ] as const) {
      const test = new TextTest(new Shapes().shapeOf(parseGlob(pattern)));
      assert.equal(test.matches(text, new LatestPoints()), expected, pattern.slice(0, 10));
    }
  });
});

describe('What is remembered of a history from one text of a policy to the next', () => {
  const rules = fc.array(
    fc.record({
      match: fc.record({ type: patterns, target: patterns, agent: patterns }, { requiredKeys: [] }),
      approval: fc.constantFrom('auto', 'approve', 'block'),
    }),
    { maxLength: 30 },
  );
  const text = fc.oneof({ weight: 5, arbitrary: pieces() }, { weight: 1, arbitrary: fc.constant(null) });
  const actions = fc.array(fc.record({ type: text, target: text, agent: text }), { maxLength: 15 });

  function recorded(action: Pick<RecordedAction, 'type' | 'target' | 'agent'>): RecordedAction {
    return { ...action, clock: 0, content: () => ({ params: RecordedParams.of('{}'), description: '' }) };
  }

  it('changes nothing of what an edit is found to change', () => {
    fc.assert(
      fc.property(actions, fc.array(rules, { minLength: 1, maxLength: 6 }), (some, edits) => {
        const history = some.map(recorded);
        const all = { size: history.length, at: (i: number) => history[i] };
        const policies = edits.map((each) => loaded({ rules: each as unknown as Written }));
        const answers = new PatternAnswers();
        for (const [i, after] of policies.entries()) {
          const before = policies[Math.max(0, i - 1)];
          const [remembering, anew] = [
            new Impact(before, after, all, pythonSearch(), answers),
            new Impact(before, after, all, pythonSearch()),
          ];
          while (remembering.advance(2));
          while (anew.advance(7));
          for (let action = 0; action < all.size; action++)
            assert.deepEqual(remembering.details(action), anew.details(action));
          assert.deepEqual(remembering.decided('after'), anew.decided('after'));
        }
      }),
    );
  });

  it('takes no more memory than it may, whatever the history', () => {
    const answers = new PatternAnswers();
    const many = new Set(Array.from({ length: 5000 }, (_, i) => `pattern ${i}*`));
    const { table, stride, columns } = answers.of('target', many, 100_000);
    assert.ok(table.length <= 32 << 20 && stride > 100, `${table.length} bytes, ${stride} a row`);
    assert.ok(columns.size < 5000 && Math.max(...columns.values()) < stride);
    // More texts than there is room for: each is held against the patterns as often as it occurs.
    assert.equal(answers.of('target', many, 40_000_000).table.length, 0);
  });

  it('keeps what is still in use when it needs room for more', () => {
    const answers = new PatternAnswers();
    const first = answers.of('type', new Set(['a', 'b']), 10);
    first.table[3 * first.stride + first.columns.get('b')!] = 2;
    const more = new Set(['b', ...Array.from({ length: 100 }, (_, i) => `c${i}`)]);
    const second = answers.of('type', more, 10);
    assert.equal(second.table[3 * second.stride + second.columns.get('b')!], 2);
    assert.equal(second.columns.has('a'), false);
    assert.ok([...more].every((pattern) => second.columns.has(pattern)));
    assert.equal(new Set(second.columns.values()).size, 101);
    // Numbers of other texts mean something else.
    assert.ok(answers.of('type', more, 11).table.every((answer) => answer === 0));
  });
});
