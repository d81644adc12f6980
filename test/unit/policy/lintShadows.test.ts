import * as assert from 'node:assert/strict';
import { evaluate } from '../../../src/core/policy/evaluate';
import { reachingAction } from '../../../src/core/policy/lint/overlap/reachingAction';
import { pythonSearch } from '../../../src/core/policy/pythonSearch';
import { lint, policyOf } from './support/linted';

/** Rules as `match` and `conditions`; those called `auto…`, `approve…` and `block…` decide so. */
function policy(rules: Readonly<Record<string, string>>): string {
  const each = Object.entries(rules).map(
    ([name, inside]) =>
      `  - { name: ${name}, ${inside}, approval: ${/^(auto|approve|block)/.exec(name)?.[0] ?? 'approve'} }\n`,
  );
  return `version: "1"\nrules:\n${each.join('')}`;
}

/** `name: first, second` for each rule that no action gets to, with the rules in the way. */
function covered(rules: Readonly<Record<string, string>>): string[] {
  return told(rules, 'warning');
}

/** The same for rules from which less strict ones take something. */
function partly(rules: Readonly<Record<string, string>>): string[] {
  return told(rules, 'information');
}

function told(rules: Readonly<Record<string, string>>, severity: string): string[] {
  const text = policy(rules);
  return lint(text)
    .filter((finding) => finding.code === 'shadowed-rule' && finding.severity === severity)
    .map(({ span, related }) => {
      const others = related.map((place) => text.slice(place.span.start, place.span.end));
      return `${text.slice(span.start, span.end)}: ${others.join(', ')}`;
    });
}

const match = (inside: string): string => `match: { ${inside} }`;
const when = (inside: string, conditions: string): string => `match: { ${inside} }, conditions: { ${conditions} }`;

describe('A rule that no action gets to', () => {
  it('stands behind one that is broader, however that is written', () => {
    assert.deepEqual(covered({ a: match('type: "read*"'), b: match('type: read_mail, target: "x*"') }), ['b: a']);
    assert.deepEqual(covered({ a: match('type: "**"'), b: match('type: "[!x]?*"') }), ['b: a']);
    assert.deepEqual(covered({ a: match('type: "[a-z]*"'), b: match('type: "[m-p]??"') }), ['b: a']);
    assert.deepEqual(covered({ a: match('type: "*a*b*"'), b: match('type: "*ab"') }), ['b: a']);
    assert.deepEqual(covered({ a: match('type: "a*b"'), b: match('type: "*ab"') }), []);
    assert.deepEqual(covered({ a: match('type: "?"'), b: match('type: "😀"') }), ['b: a']);
  });

  it('stands behind several that leave nothing together, and those that can be spared are not named', () => {
    const halves = { a: match('type: "[a-m]*"'), b: match('type: "[!a-m]*"'), c: match('type: ""') };
    assert.deepEqual(covered({ ...halves, d: match('type: "?*"') }), ['d: a, b']);
    assert.deepEqual(covered({ ...halves, d: match('target: x') }), ['d: a, b, c']);
    assert.deepEqual(
      covered({ a: match('type: x, target: "a*"'), b: match('type: x, target: "[!a]*"'), c: match('type: x') }),
      [],
    );
    assert.deepEqual(
      covered({
        a: match('type: "x*", target: "p*"'),
        b: match('type: "*y", target: "[!p]*"'),
        c: match('target: ""'),
        d: match('type: "x*y"'),
      }),
      ['d: a, b, c'],
    );
  });

  it('names the earliest rules that are enough', () => {
    assert.deepEqual(covered({ a: match('type: "r*"'), b: match('type: "re*"'), c: match('type: read') }), [
      'b: a',
      'c: a',
    ]);
    assert.deepEqual(
      covered({ a: match('type: x, target: y'), b: match('type: "x*"'), c: match('type: "*"'), d: match('type: x') }),
      ['d: b'],
    );
  });

  it('is told by its agent, too; who is not known counts as "*", and nobody has no name', () => {
    assert.deepEqual(covered({ a: match('type: x, agent: "?*"'), b: match('type: x') }), ['b: a']);
    assert.deepEqual(covered({ a: match('type: x, agent: "[!*]*"'), b: match('type: x') }), []);
    assert.deepEqual(
      covered({ a: match('type: x, agent: "[!*]*"'), b: match('type: x, agent: "[*]*"'), c: match('type: x') }),
      ['c: a, b'],
    );
  });

  it('is told by its conditions, of which the earlier ones must hold whenever they do', () => {
    const gt = (name: string, n: number): string => when('type: x', `param_${name}: { n: ${n} }`);
    assert.deepEqual(covered({ a: gt('gt', 5), b: gt('gt', 10) }), ['b: a']);
    assert.deepEqual(covered({ a: gt('gt', 10), b: gt('gt', 5) }), []);
    assert.deepEqual(covered({ a: gt('gte', 5), b: gt('gt', 5) }), ['b: a']);
    assert.deepEqual(covered({ a: gt('gt', 5), b: gt('eq', 6) }), ['b: a']);
    assert.deepEqual(covered({ a: gt('gt', 5), b: match('type: x') }), []);
    assert.deepEqual(covered({ a: match('type: x'), b: gt('gt', 5) }), ['b: a']);
    assert.deepEqual(
      covered({ a: when('type: x', 'param_matches: { n: "a+" }'), b: when('type: x', 'param_matches: { n: "a+" }') }),
      ['b: a'],
    );
    assert.deepEqual(
      covered({ a: when('type: x', 'param_matches: { n: "a+" }'), b: when('type: x', 'param_matches: { n: "aa+" }') }),
      [],
    );
    assert.deepEqual(covered({ a: when('type: x', 'semantic: "delete send"'), b: when('type: x', 'semantic: send') }), [
      'b: a',
    ]);
  });

  it('has its words in its own type, or in parts of a word that it asks for', () => {
    assert.deepEqual(covered({ a: when('type: "*"', 'semantic: destructive'), b: match('type: delete_user') }), [
      'b: a',
    ]);
    assert.deepEqual(covered({ a: when('type: "*"', 'semantic: card'), b: when('type: x', 'semantic: credit_card') }), [
      'b: a',
    ]);
    assert.deepEqual(
      covered({ a: when('type: "*"', 'semantic: credit_card'), b: when('type: x', 'semantic: card') }),
      [],
    );
  });

  it('is told by several conditions together, where nothing is left between them', () => {
    assert.deepEqual(
      covered({
        a: when('type: x', 'param_lte: { n: 5 }'),
        b: when('type: x', 'param_gt: { n: 5 }'),
        c: when('type: x', 'param_gt: { n: 0 }'),
      }),
      ['c: a, b'],
    );
    // The parameter may be missing.
    assert.deepEqual(
      covered({
        a: when('type: x', 'param_lte: { n: 5 }'),
        b: when('type: x', 'param_gt: { n: 5 }'),
        c: match('type: x'),
      }),
      [],
    );
    assert.deepEqual(
      covered({
        a: when('type: x', 'time_before: "12:00"'),
        b: when('type: x', 'time_after: "12:00"'),
        c: match('type: x'),
      }),
      ['c: a, b'],
    );
    assert.deepEqual(
      covered({
        a: when('type: x', 'time_before: "12:00"'),
        b: when('type: x', 'time_after: "12:01"'),
        c: match('type: x'),
      }),
      [],
    );
    assert.deepEqual(
      covered({
        a: when('type: x', 'weekdays: [1, 2, 3, 4, 5]'),
        b: when('type: x', 'weekdays: [6, 7]'),
        c: match('type: x'),
      }),
      ['c: a, b'],
    );
    assert.deepEqual(
      covered({
        a: when('type: x', 'time_before: "09:00"'),
        b: when('type: x', 'weekdays: [6, 7]'),
        c: when('type: x', 'weekdays: [7], time_after: "08:00"'),
      }),
      ['c: b'],
    );
  });

  it('is not one behind a rule that never matches or cannot be evaluated', () => {
    for (const conditions of [
      'param-gt: { n: 5 }',
      'time_after: 18:00',
      'weekdays: 5',
      'param_matches: { n: "(" }',
      'semantic: the',
    ])
      assert.deepEqual(covered({ a: when('type: x', conditions), b: match('type: x') }), [], conditions);
  });
});

describe('A rule from which others take something', () => {
  it('is told with an action that an earlier, less strict one takes, and one that gets to it', () => {
    const text = policy({ auto_read: match('type: "read*"'), block_prod: match('target: "prod*"') });
    const [finding] = lint(text).filter(({ code }) => code === 'shadowed-rule');
    assert.equal(finding.severity, 'information');
    assert.match(
      finding.message,
      /^Rule 1 \("auto_read"\) takes some of the actions .* "read" on "prod" is decided by rule 1 \("auto_read"\) \(auto, medium\) and not here \(block, medium\), while "any_action" on "prod" gets here\.$/,
    );
  });

  it('is not one behind special cases of its own, stricter rules, or rules that decide the same', () => {
    assert.deepEqual(partly({ auto_a: match('type: read_mail'), block_b: match('type: "read*"') }), []);
    assert.deepEqual(partly({ block_a: match('target: "prod*"'), auto_b: match('type: read') }), []);
    assert.deepEqual(partly({ auto_a: match('target: "prod*"'), auto_b: match('type: read') }), []);
    assert.deepEqual(
      partly({ auto_a: when('type: x', 'param_eq: { n: 1 }'), block_b: when('type: x', 'param_eq: { n: 2 }') }),
      [],
    );
  });

  it('is told where conditions cross', () => {
    assert.deepEqual(partly({ auto_a: match('type: view'), block_b: when('type: "*"', 'time_after: "20:00"') }), [
      'block_b: auto_a',
    ]);
    const text = policy({ auto_a: match('type: view'), block_b: when('type: "*"', 'time_after: "20:00"') });
    assert.match(
      lint(text).find(({ code }) => code === 'shadowed-rule')!.message,
      /"view" on "anything", on a Monday at 20:00 UTC/,
    );
  });
});

describe('An action that gets to a rule', () => {
  it('is found past what stands before it', () => {
    const cases: readonly Readonly<Record<string, string>>[] = [
      { a: match('type: "[a-y]*"'), b: match('type: "?*"') },
      { a: when('type: x', 'param_gt: { n: 5 }'), b: when('type: x', 'param_gt: { n: 4.5 }') },
      { a: when('type: x', 'weekdays: [1, 2, 3], time_after: "00:01"'), b: match('type: x') },
      {
        a: when('type: x', 'param_matches: { m: "^[a-f]+$" }'),
        b: when('type: x', 'param_matches: { m: "^\\\\w{3}-(?P<k>[0-9])(?P=k)\\\\Z" }'),
      },
      { a: when('type: x', 'param_contains: { m: rm }'), b: when('type: x', 'param_contains: { m: "r" }') },
      { a: when('type: x', 'semantic: delete'), b: when('type: x', 'semantic: "delete or drop"') },
      { a: match('agent: "[!*]*"'), b: match('type: x') },
    ];
    for (const rules of cases) {
      const read = policyOf(policy(rules).replaceAll('"^\\\\', '"^\\\\'));
      const example = reachingAction(read, 1);
      assert.ok(example !== undefined, JSON.stringify(rules));
      const outcome = evaluate(read, example.action, example.clock, pythonSearch());
      assert.ok(outcome.kind === 'decision' && outcome.ruleIndex === 1, JSON.stringify(rules));
    }
  });
});
