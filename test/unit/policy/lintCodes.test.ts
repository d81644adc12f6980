import * as assert from 'node:assert/strict';
import { LINT_CODES } from '../../../src/core/policy/lint/diagnostic';
import { lint, told } from './support/linted';

/** A rule that is fine but for what is put into it. */
function rule(inside: string): string {
  return `version: "1"\ndefaults: { approval: approve }\nrules:\n  - name: a\n${inside}`;
}

function conditions(inside: string): string {
  return rule(`    match: { type: x }\n    conditions:\n      ${inside}\n`);
}

const FINE = rule('    match: { type: x }\n');

/** What is written, and all that is said of it. */
const TABLE: Readonly<Record<string, readonly string[]>> = {
  // The file as YAML.
  'version: "1"\nrules: [\n': ['2 error yaml-syntax "["'],
  [`${FINE}\t- x\n`]: ['6 error yaml-tab'],
  [`${FINE}    approval: !vault auto\n`]: ['6 error yaml-tag "!vault"'],
  [`${FINE}---\nrules: []\n`]: ['6 error multiple-documents "---"'],
  [`${FINE}    approval: auto\n    approval: block\n`]: ['7 warning duplicate-key "approval"'],
  // What stands where.
  '# nothing\n': ['1 warning empty-policy "# nothing"'],
  '~\n': ['1 warning empty-policy "~"'],
  'version: "1"\nrules: []\n': ['2 warning no-rules "rules"'],
  'just a text\n': ['1 error not-a-mapping "just a text"'],
  'version: "1"\ndefaults: block\nrules: [{ match: { type: x } }]\n': ['2 error defaults-not-a-mapping "defaults"'],
  'version: "1"\ndefaults:\nrules: [{ match: { type: x } }]\n': ['2 information empty-defaults "defaults"'],
  'version: "1"\nrules: { a: {} }\n': ['2 error rules-not-a-list "rules"'],
  'version: "1"\nrules: [block]\n': ['2 error rule-not-a-mapping "block"'],
  [rule('    match: read\n')]: ['5 error match-not-a-mapping "read"'],
  [rule('    match: [read]\n')]: ['5 error match-not-a-mapping "match"'],
  [rule('    match:\n')]: ['5 error missing-match "match"'],
  [rule('    match: {}\n')]: ['5 warning missing-match "{}"'],
  [rule('    approval: auto\n')]: ['4 warning missing-match "a"'],
  [conditions('- weekdays: [1]')]: ['6 error conditions-not-a-mapping "conditions"'],
  [conditions('param_gt: 5')]: ['7 error conditions-not-a-mapping "param_gt"'],
  [rule('    match: { type: x }\n    conditions:\n')]: ['6 warning empty-conditions "conditions"'],
  [rule('    match: { type: x }\n    conditions: {}\n')]: ['6 information empty-conditions "conditions"'],
  [`${FINE}plan_rules: [1]\n`]: ['6 error invalid-plan-rules "plan_rules"'],
  [`${FINE}plan_rules: { sequence_patterns: [{ steps: [a], window: x, approval: no, what: 1 }] }\n`]: [
    '6 warning never-holds "steps"',
    '6 error invalid-plan-rules "window"',
    '6 warning invalid-approval "no"',
    '6 warning unknown-key "what"',
  ],
  [rule('    match: { type: 404 }\n')]: ['5 error non-string "404"'],
  [rule('    match: { type: [read, write] }\n')]: ['5 warning non-string "[read, write]"'],
  'rules: [{ match: { type: x } }]\n': ['1 information missing-version "rules: [{ match: { type: x } }]"'],
  'version: v1\nrules: [{ match: { type: x } }]\n': ['1 error invalid-version "v1"'],
  'version: 1.5\nrules: [{ match: { type: x } }]\n': ['1 warning invalid-version "1.5"'],
  [`${FINE}    aproval: block\n`]: ['6 warning unknown-key "aproval"'],
  [`${FINE}    param_gt: { n: 5 }\n`]: ['6 warning unknown-key "param_gt"'],
  [`${FINE}    description: for people\n`]: ['6 information unknown-key "description"'],
  [`${FINE}    x-owner: somebody\n`]: [],
  [`${FINE}    risk_level: severe\n`]: ['6 error invalid-risk-level "severe"'],
  [`${FINE}    risk_level: HIGH\n`]: [],
  [`${FINE}    approval: Block\n`]: ['6 error invalid-approval "Block"'],
  [conditions('param_startswith: { path: /etc }')]: ['7 warning unknown-condition "param_startswith"'],
  [conditions('time-after: "18:00"')]: ['7 warning unknown-condition "time-after"'],
  // What YAML 1.1 reads.
  [conditions('time_after: 18:00')]: ['7 error sexagesimal-time "18:00"'],
  [conditions('time_after: 08:00')]: [],
  [conditions('param_eq: { at: 18:00 }')]: ['7 warning sexagesimal-time "18:00"'],
  [conditions('param_eq: { force: [true, yes] }')]: ['7 warning yaml-boolean "yes"'],
  [`${FINE}    approval: off\n`]: ['6 error yaml-boolean "off"'],
  [FINE.replace('name: a', 'name: on')]: ['4 warning yaml-boolean "on"'],
  [FINE.replace('name: a', 'name: 404')]: ['4 information non-string "404"'],
  [conditions('param_eq: { mode: 0755 }')]: ['7 warning yaml-octal "0755"'],
  [conditions('param_eq: { mode: 07 }')]: [],
  [conditions('param_eq: { day: 2026-03-01 }')]: ['7 warning yaml-date "2026-03-01"'],
  [conditions('param_gt: { day: 2026-03-01 }')]: ['7 error yaml-date "2026-03-01"'],
  // Patterns and the values of conditions.
  [rule('    match: { type: "{read,write}*" }\n')]: ['5 information literal-pattern "\\"{read,write}*\\""'],
  [rule('    match: { type: "read|write" }\n')]: ['5 information literal-pattern "\\"read|write\\""'],
  [rule('    match: { type: "[^a]" }\n')]: ['5 information literal-pattern "\\"[^a]\\""'],
  [rule('    match: { type: "r\\u200bead" }\n')]: ['5 information invisible-character "\\"r\\\\u200bead\\""'],
  [rule('    match: { type: "[z-a]" }\n')]: ['5 information never-holds "\\"[z-a]\\""'],
  [rule('    match: { type: x, agent: "" }\n')]: ['5 information never-holds "\\"\\""'],
  [conditions('param_gt: { amount: "100" }')]: ['7 error non-numeric-comparison "\\"100\\""'],
  [conditions('param_gt: { amount: 1e3 }')]: ['7 error non-numeric-comparison "1e3"'],
  [conditions('param_gt: { amount: }')]: ['7 error non-numeric-comparison "amount"'],
  [conditions('param_gt: { size: 10MB }')]: ['7 information non-numeric-comparison "10MB"'],
  [conditions('param_gt: { word: m, day: "2026-03-01" }')]: [],
  [conditions('time_after: "25:00"')]: ['7 error invalid-time "\\"25:00\\""'],
  [conditions('time_before: 18')]: ['7 error invalid-time "18"'],
  [conditions('time_before: "18:00:30"')]: ['7 information ignored-seconds "\\"18:00:30\\""'],
  [conditions('time_before: "18:00:00+02:00"')]: ['7 warning ignored-seconds "\\"18:00:00+02:00\\""'],
  [conditions('weekdays: [0, mon, "1", 7]')]: [
    '7 warning weekday-out-of-range "0"',
    '7 warning weekday-out-of-range "mon"',
    '7 warning weekday-out-of-range "\\"1\\""',
  ],
  [conditions('weekdays: 5')]: ['7 error weekday-out-of-range "5"'],
  [conditions('weekdays: []')]: ['7 warning never-holds "[]"'],
  [conditions('param_matches: { sql: "(drop" }')]: ['7 warning invalid-regex "(drop"'],
  [conditions(`param_matches: { sql: ${'a'.repeat(1001)} }`)]: [`7 warning invalid-regex "${'a'.repeat(1001)}"`],
  [conditions('{ time_before: "08:00", time_after: "18:00" }')]: ['7 warning empty-time-window "\\"08:00\\""'],
  [conditions('{ time_after: "08:00", time_before: "08:00" }')]: ['7 warning empty-time-window "\\"08:00\\""'],
  [conditions('time_before: "00:00"')]: ['7 warning empty-time-window "\\"00:00\\""'],
  [conditions('{ time_after: "08:00", time_before: "18:00" }')]: [],
  [conditions('{ param_gt: { n: 5 }, param_lt: { n: 3 } }')]: ['7 warning never-holds "3"'],
  [conditions('{ param_gte: { n: 5 }, param_lte: { n: 5 } }')]: [],
  [conditions('{ param_eq: { n: five }, param_lte: { n: 5 } }')]: ['7 warning never-holds "5"'],
  [conditions('param_eq: { n: null }')]: ['7 warning never-holds "null"'],
  [conditions('param_gt: { n: .inf }')]: ['7 warning never-holds ".inf"'],
  [conditions('semantic: the')]: ['7 warning never-holds "the"'],
  [conditions('semantic: [delete]')]: ['7 error non-string "[delete]"'],
  [conditions('param_eq: { 1: x }')]: ['7 warning non-string "1"'],
  // Rules among each other.
  [rule('    match: { type: "*" }\n  - name: b\n    match: { type: x }\n')]: ['6 warning shadowed-rule "b"'],
  [rule('    match: { type: x }\n  - name: a\n    match: { type: y }\n')]: ['6 warning duplicate-rule-name "a"'],
  [rule('    match: { type: x }\n  - match: { type: y }\n  - name: rule_1\n    match: { type: z }\n')]: [
    '7 warning duplicate-rule-name "rule_1"',
  ],
  [FINE.replace('name: a', 'name: <default>')]: ['4 warning duplicate-rule-name "<default>"'],
};

describe('A finding', () => {
  it('has its code, its severity and its place', () => {
    for (const [text, expected] of Object.entries(TABLE)) {
      const found = told(text).map((each, i) => each.slice(0, expected[i]?.length));
      assert.deepEqual(found, expected, text);
    }
  });

  it('of every code is in the table above', () => {
    const found = new Set(Object.keys(TABLE).flatMap((text) => lint(text).map(({ code }) => code)));
    const missing = LINT_CODES.filter((code) => !found.has(code));
    // (It is told of in a test of its own.)
    assert.deepEqual(missing, ['lint-limit']);
  });

  it('is a sentence, and stands in one line', () => {
    for (const text of Object.keys(TABLE)) {
      for (const { message, span, related } of lint(text)) {
        for (const sentence of [message, ...related.map((each) => each.message)])
          assert.match(sentence, /^[A-Z"0-9][^]*[.?]$/, sentence);
        assert.doesNotMatch(text.slice(span.start, span.end), /\n/);
      }
    }
  });
});

describe('What could not be read', () => {
  const BROKEN = 'version: "1"\nrules:\n  - name: a\n    match: { type: "*" }\n   approval: block\n  - name: b\n';

  it('is not called absent', () => {
    const codes = lint(`rules:\n  - name: a\n   match: { type: x }\n`).map(({ code }) => code);
    assert.deepEqual(codes, ['yaml-syntax']);
    assert.deepEqual(
      lint('version: "1"\ndefaults: {approval: auto}\nrul es\n').map(({ code }) => code),
      ['yaml-syntax'],
    );
  });

  it('does not hide what is found before and behind it', () => {
    const text = `${BROKEN}    match: { type: x }\n    aproval: block\n  - name: c\n    match: { type: y }\n    approval: blok\n`;
    const codes = lint(text).map(({ code }) => code);
    assert.ok(codes.includes('yaml-syntax') && codes.includes('unknown-key') && codes.includes('invalid-approval'));
  });

  it('keeps a rule from being called in the way of others', () => {
    const conditional =
      'version: "1"\nrules:\n  - name: a\n    match: { type: "*" }\n    conditions: { weekdays: [1 }\n  - name: b\n    match: { type: x }\n';
    assert.ok(!lint(conditional).some(({ code }) => code === 'shadowed-rule'), told(conditional).join('\n'));
  });
});
