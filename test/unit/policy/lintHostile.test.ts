import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { lintPolicy } from '../../../src/core/policy/lint/lintPolicy';
import { loadPolicy } from '../../../src/core/policy/loadPolicy';
import { readYaml } from '../../../src/policyfile/yaml/readYaml';
import { policyFixtures } from './support/fixtures';
import { lint } from './support/linted';

const HEAD = 'version: "1"\ndefaults: { approval: approve }\nrules:\n';

function rules(count: number, type: (i: number) => string, rest: (i: number) => string = () => 'auto'): string {
  const each = (i: number): string => `  - { name: r${i}, match: { type: "${type(i)}" }, approval: ${rest(i)} }\n`;
  return HEAD + Array.from({ length: count }, (_, i) => each(i)).join('');
}

const VERDICTS = ['auto', 'approve', 'block'];

const HOSTILE: Readonly<Record<string, string>> = {
  '10,000 rules': rules(10_000, (i) => `tool_${i}_*`),
  '10,000 rules that are alike': rules(
    10_000,
    () => '*',
    (i) => VERDICTS[i % 3],
  ),
  '3,000 patterns with runs at both ends': rules(3000, (i) => `*s${i}*`),
  'patterns that have many states together': rules(60, (i) => `*${'ab'[i % 2]}${'?'.repeat(i % 20)}*${i % 7}`),
  'patterns of many runs': rules(60, (i) => `${'*a'.repeat(180)}${'?'.repeat(i)}`),
  'patterns of 100,000 characters': rules(10, (i) => `${'*a?'.repeat(33_000)}${i}`),
  'many conditions on one parameter': rules(
    1500,
    () => 'pay',
    (i) => `block, conditions: { param_eq: { n: ${i} } }`,
  ),
  'slow regular expressions': rules(
    200,
    () => 'x',
    (i) => `block, conditions: { param_matches: { n: "(a+)+\\\\1(b+b+)+${i}" } }`,
  ),
  '10,000 mistakes': rules(
    10_000,
    () => '{a,b}',
    () => 'off, aproval: 0755',
  ),
  'a rule that stands 20,000 times': `${HEAD}  - &a { match: { type: "*" } }\n${'  - *a\n'.repeat(20_000)}`,
  'a list that holds itself a billion times': `${HEAD}  - name: &z0 [x, x, x, x, x, x, x, x]\n${Array.from(
    { length: 12 },
    (_, i) =>
      `  - { name: &z${i + 1} [${`*z${i}, `.repeat(8)}], conditions: { param_eq: { n: *z${i + 1} }, param_matches: { n: *z${i + 1} } } }\n`,
  ).join('')}`,
  'keys that nobody knows': `${HEAD}  - { ${Array.from({ length: 5000 }, (_, i) => `aproval${i}: 1`).join(', ')} }\n`,
};

describe('Looking through a hostile policy', () => {
  for (const [what, text] of Object.entries(HOSTILE)) {
    it(`comes to an end: ${what}`, () => {
      assert.ok(lint(text).length <= 3001);
    });
  }

  it('says so where it gives up', () => {
    for (const what of ['10,000 rules that are alike', 'patterns of 100,000 characters', '10,000 mistakes']) {
      const limits = lint(HOSTILE[what]).filter(({ code }) => code === 'lint-limit');
      assert.ok(limits.length > 0 && limits.every(({ severity }) => severity === 'information'), what);
    }
  });

  it('gives up nothing of 1,000 ordinary rules', () => {
    const ordinary = rules(
      1000,
      (i) => `tool_${i % 300}_${'abcd'[i % 4]}*`,
      (i) => VERDICTS[i % 3],
    );
    const found = lint(ordinary);
    assert.ok(!found.some(({ code }) => code === 'lint-limit'));
    assert.ok(found.filter(({ code }) => code === 'shadowed-rule').length > 300);
  });
});

/** Pieces of policies, in any order. */
const PIECES = [
  '- ',
  '  ',
  '\n',
  '\n  - ',
  '\n    ',
  'rules:',
  'name: ',
  'match:',
  'match: { type: ',
  'conditions: ',
  'param_gt: {n: ',
  'param_matches: {n: "(',
  'time_after: ',
  'weekdays: [',
  'plan_rules: {sequence_patterns: [',
  'steps: ',
  '18:00',
  '0755',
  'yes',
  'null',
  '~',
  '2026-03-01',
  '"*"',
  '.nan',
  '*a',
  '&a ',
  '<<: ',
  '!!set ',
  '!!binary "YQ=="',
  '!!omap [a: 1]',
  '? ',
  '{',
  '}',
  '[',
  ']',
  ', ',
  ': ',
  '#',
  '\t',
  '\r\n',
  '\ufeff',
  '\ud800',
  '"',
  "'",
  '|\n',
];

const nonsense = fc
  .tuple(fc.constantFrom('', HEAD, `${HEAD}  - name: a\n    `), fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }))
  .map(([head, pieces]) => head + pieces.join(''));

const texts = policyFixtures().map(({ text }) => text);

/** A policy in which something was struck out, or put in from elsewhere. */
const damaged = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat(20),
    fc.constantFrom('', ...PIECES),
  )
  .map(([text, at, length, piece]) => {
    const start = Math.floor(at * text.length);
    return text.slice(0, start) + piece + text.slice(start + length);
  });

describe('Looking through very many rules', () => {
  it('stops behind 10,000 of them, and says so at the next', () => {
    const text = rules(10_002, (i) => `tool_${i}`);
    const [limit] = lint(text);
    assert.equal(limit.code, 'lint-limit');
    assert.ok(text.slice(limit.span.start, limit.span.end).startsWith('{ name: r10000,'));
    assert.ok(!lint(rules(10_000, (i) => `tool_${i}`)).some(({ code }) => code === 'lint-limit'));
  });
});

describe('Looking through any text', () => {
  it('throws nothing, and tells places that are there', () => {
    fc.assert(
      fc.property(fc.oneof(nonsense, damaged), (text) => {
        for (const { span, related, fixes } of lint(text))
          for (const place of [
            span,
            ...related.map((each) => each.span),
            ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.span)),
          ])
            assert.ok(0 <= place.start && place.start <= place.end && place.end <= text.length, text);
      }),
      { numRuns: 1500 },
    );
  });

  it('finds an error where the loader does', () => {
    fc.assert(
      fc.property(fc.oneof(nonsense, damaged), (text) => {
        const tree = readYaml(text);
        const result = loadPolicy(tree.root);
        const errors = lintPolicy(tree, text).filter(({ severity }) => severity === 'error');
        if (tree.problems.length > 0) assert.ok(errors.length > 0, text);
        else if ('error' in result)
          assert.ok(
            errors.some(({ code }) => isAbout(code, result.error.code)),
            `${result.error.code}: ${text}`,
          );
        else
          assert.ok(
            errors.every(({ message }) => !message.startsWith('The loader refuses')),
            text,
          );
      }),
      { numRuns: 1500 },
    );
  });
});

/** A value that YAML reads otherwise is told under the code for that. */
function isAbout(code: string, reason: string): boolean {
  return (
    code === reason ||
    /^yaml-|^sexagesimal/.test(code) ||
    (code === 'missing-match' && reason === 'match-not-a-mapping')
  );
}
