import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Diagnostic, Fix } from '../../../src/core/policy/lint/lintPolicy';
import { loadPolicy } from '../../../src/core/policy/loadPolicy';
import { readYaml } from '../../../src/policyfile/yaml/readYaml';
import { applied, lint } from './support/linted';

const HEAD = 'version: "1"\ndefaults: { risk_level: low, approval: approve }\nrules:\n';

/** Rules with something to mend; NAME is another one in each. */
const MISTAKES = [
  '  - name: NAME\n    match: { type: "read" }\n    aproval: block # meant\n',
  '  - name: NAME\n    match: { typ: "read*" }\n    risk-level: high\n',
  '  - name: NAME\n    # which\n    match:\n      type: 404\n      agent: no # one\n',
  '  - name: NAME # without a match\n    approval: auto\n',
  '  - approval: auto # NAME\n    name: NAME\n',
  '  - { name: NAME, approval: Auto, match: {type: on} }\n',
  '  - {name: NAME, approval: auto}\n',
  '  - name: NAME\n    match:\n    approval: deny\n',
  '  - name: NAME\n    match: read*\n',
  '  - name: NAME\n    match: {}\n    risk_level: severe\n',
  '  - name: NAME\n    match: { type: "a", target: }\n',
  '  - name: same\n    match: { type: "NAME" }\n',
  '  - {match: {type: "NAME*"}, name: "same"}\n',
  "  - name: 'same'\n    match: { type: x }\n    risk_level: low\n    risk_level: high\n",
  '  - name: NAME\n    name: NAME_again\n    match: { type: NAME }\n    approval: auto\n    # why\n    approval: block\n',
  '  - name: NAME\n    match: { type: b, type: c }\n    conditions: {time_after: 18:00, time-before: "20:00"}\n',
  "  - name: NAME\n    match: { type: d }\n    conditions:\n      time_after: 18 # o'clock\n      time_before: 6pm\n      weekdays: 5\n",
  '  - name: NAME\n    match: { type: d }\n    conditions:\n      - param_gt: { n: 1e3 }\n      - weekdays: [mon, Tuesday, 0, "3"]\n',
  '  - name: NAME\n    match: { type: d }\n    conditions:\n      param_eq: { force: yes, mode: 0755, day: 2026-03-01, at: 18:30, on: 1 }\n      param_lt: {n: "08"}\n',
  '  - name: NAME\n    match: { type: "e*" }\n    conditions: { semantic: 5 }\n',
  '  - name: NAME\n    match: { type: "*", target: "prod*" }\n    approval: block\n',
  '  - name: NAME\n    match: { type: "*" }\n    approval: auto\n',
  '  # first of all\n  - name: NAME\n    match: { type: "read*" }\n    risk_level: low # as it is\n    approval: auto\n    # the end\n',
  '\n  # a remark\n  - match: { type: "read_mail", agent: "NAME*" }\n    name: NAME\n    approval: block\n\n',
  '  - name: NAME\n    match: { type: !!int 5, target: !!null , agent: !!int &NAME 0755 }\n    approval: !!int 5\n',
  '  - name: !!set { NAME }\n    match: !!str x*\n    conditions: { semantic: !!binary YQ==, time_after: !!int 18:00 }\n',
  '  - name: 18:30\n    match: { type: "f", target: "NAME" }\n',
];

const PLANS = [
  '',
  'plan_rules:\n  sequence_patterns:\n    - { name: p, steps: [a, b], approval: blok }\n  cumulative-risk: { max_total_risk: 3 }\n',
];

const written = fc
  .record({
    mistakes: fc.array(fc.constantFrom(...MISTAKES), { minLength: 1, maxLength: 6 }),
    head: fc.constantFrom(HEAD, HEAD.replace('version: "1"\n', '# top\n'), `\ufeff${HEAD.replace('"1"', '1.5')}`),
    plan: fc.constantFrom(...PLANS),
    isCrlf: fc.boolean(),
    isEndless: fc.boolean(),
  })
  .map(({ mistakes, head, plan, isCrlf, isEndless }) => {
    const text = head + mistakes.map((mistake, i) => mistake.replaceAll('NAME', `rule_${'abcdef'[i]}`)).join('') + plan;
    const ended = isEndless ? text.trimEnd() : text;
    return isCrlf ? ended.replaceAll('\n', '\r\n') : ended;
  });

/** The same in one line. */
const flow = fc
  .array(fc.constantFrom('read', 'read*', '*', 'write', 'r?ad'), { minLength: 2, maxLength: 5 })
  .map((types) => {
    const rules = types.map(
      (type, i) => `{name: r${i}, match: {type: "${type}"}, approval: ${['auto', 'block'][i % 2]}}`,
    );
    return `{version: "1", rules: [${rules.join(', ')}]} # all of it\n`;
  });

function remarks(text: string): string[] {
  return [...text.matchAll(/#.*/g)].map(([remark]) => remark.trimEnd()).sort();
}

/** How often the same is said of the same words. (What no action got to may be partly taken afterwards, which is less.) */
function alike(text: string, findings: readonly Diagnostic[], finding: Diagnostic, words: string): number {
  return findings.filter(
    ({ code, severity, span }) =>
      code === finding.code && severity === finding.severity && text.slice(span.start, span.end) === words,
  ).length;
}

function checkFix(text: string, findings: readonly Diagnostic[], finding: Diagnostic, fix: Fix): void {
  const result = applied(text, fix);
  const about = `${fix.title}\n${text}\n->\n${result}`;
  assert.deepEqual(readYaml(result).problems, [], about);
  const words = text.slice(finding.span.start, finding.span.end);
  assert.ok(
    alike(result, lint(result), finding, words) < alike(text, findings, finding, words),
    `${finding.code}: ${about}`,
  );
  // What stands in the lines of a rule goes with it.
  const gone = fix.title.startsWith('Delete rule')
    ? remarks(text.slice(fix.edits[0].span.start, fix.edits[0].span.end))
    : [];
  assert.deepEqual([...remarks(result), ...gone].sort(), remarks(text), about);
  if (text.includes('\r\n')) assert.doesNotMatch(result, /(?<!\r)\n/, about);
}

describe('A fix', () => {
  it('removes its finding, and leaves YAML, remarks and line ends', () => {
    const titles = new Set<string>();
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: written }, flow), (text) => {
        const findings = lint(text);
        for (const finding of findings) {
          for (const fix of finding.fixes) {
            titles.add(fix.title.split(' ')[0]);
            checkFix(text, findings, finding, fix);
          }
        }
      }),
      { numRuns: 300 },
    );
    assert.deepEqual([...titles].sort(), ['Add', 'Delete', 'Move', 'Rename', 'Replace', 'Write']);
  });

  it('that is safe may be applied with all others of a file, and changes no rule that was fine', () => {
    fc.assert(
      fc.property(written, (text) => {
        const safe = lint(text).flatMap(({ fixes }) => fixes.filter(({ isSafe }) => isSafe).slice(0, 1));
        const edits = safe.flatMap((fix) => fix.edits);
        const result = applied(text, { title: '', edits, isPreferred: true, isSafe: true });
        assert.deepEqual(readYaml(result).problems, [], result);
        assert.deepEqual(
          lint(result).flatMap(({ fixes }) => fixes.filter(({ isSafe }) => isSafe)),
          [],
          result,
        );
      }),
      { numRuns: 200 },
    );
  });

  it('that is safe makes the loader take what it refused', () => {
    const text = `${HEAD}  - name: a\n    match: { type: 404 }\n    risk_level: hihg\n    approval: Block\n`;
    const fixes = lint(text).map((finding) => finding.fixes[0]);
    const result = applied(text, { ...fixes[0], edits: fixes.flatMap(({ edits }) => edits) });
    assert.equal(result, `${HEAD}  - name: a\n    match: { type: "404" }\n    risk_level: high\n    approval: block\n`);
    assert.ok('policy' in loadPolicy(readYaml(result).root));
  });

  it('is preferred at most once for a finding, and first', () => {
    for (const mistake of MISTAKES)
      for (const { fixes } of lint(HEAD + mistake)) {
        assert.ok(fixes.filter(({ isPreferred }) => isPreferred).length <= 1);
        assert.ok(fixes.every(({ isSafe, isPreferred }) => !isSafe || isPreferred));
      }
  });

  it('is not safe for a key whose value is none for the key that is near', () => {
    const isSafe = (line: string): boolean[] =>
      lint(`${HEAD}  - name: a\n    ${line}\n`)
        .filter(({ code }) => code === 'unknown-key')
        .flatMap(({ fixes }) => fixes.map((fix) => fix.isSafe));
    assert.deepEqual(isSafe('match: { type: x, targets: [a, b] }'), [false]);
    assert.deepEqual(isSafe('match: { type: x, urgent: true }'), [false]);
    assert.deepEqual(isSafe('watch: true'), [false]);
    assert.deepEqual(isSafe('aproval: { by: ann }'), [false]);
    assert.deepEqual(isSafe('approver: ann'), [false]);
    assert.deepEqual(isSafe('aproval: yes'), [false]);
    assert.deepEqual(isSafe('aproval: Blok'), [true]);
    assert.deepEqual(isSafe('match: { type: x, targets: "a*" }'), [true]);
    assert.deepEqual(isSafe('mach: { type: x }'), [true]);
    assert.deepEqual(isSafe('aproval: block'), [true]);
  });

  it('is not safe for two keys that may both be meant by one', () => {
    const text = `${HEAD}  - match: { type: x }\n    aproval: block\n    aprovall: auto\n`;
    const fixes = lint(text).flatMap((finding) => finding.fixes);
    assert.deepEqual(
      fixes.map(({ title, isSafe }) => [title, isSafe]),
      [
        ['Replace by "approval"', false],
        ['Replace by "approval"', false],
      ],
    );
  });

  it('is not safe for a value that has a name, by which it may stand for something else', () => {
    const text = `${HEAD}  - match: { type: x }
    approval: &a blok
    risk_level: &r alow
    conditions: { time_after: &t 18:00, weekdays: &w 5, param_eq: { at: *t, day: *w, a: *a, r: *r } }
`;
    assert.deepEqual(
      lint(text).flatMap(({ fixes }) => fixes.map(({ isSafe }) => isSafe)),
      [false, false, false, false],
    );
    const unnamed = text.replaceAll(/&. /g, '').replace(/\{ at:.*\}/, '{ at: 1 } }');
    assert.deepEqual(
      lint(unnamed).flatMap(({ fixes }) => fixes.map(({ isSafe }) => isSafe)),
      [true, true, true, true],
    );
  });

  it('puts no value where none can stand', () => {
    const rules = [
      '{match, approval: auto}',
      '{match: {type}}',
      '{"match", approval: auto}',
      '{match: {type: !!null }}',
    ];
    for (const rule of rules) {
      const found = lint(`${HEAD}  - ${rule}\n`).filter(({ severity }) => severity === 'error');
      assert.deepEqual(
        found.map(({ fixes }) => fixes.length),
        [0],
        rule,
      );
    }
    for (const rule of [
      '{match: , approval: auto}',
      '{match: {type: }}',
      'match:',
      'match: &m',
      '{ match: { type: &t } }',
    ])
      assert.equal(lint(`${HEAD}  - ${rule}\n`)[0].fixes.length, 1, rule);
  });

  it('does not make a word of its opposite', () => {
    const denials: readonly [string, string[]][] = [
      ['approval: disapprove', ['block']],
      ['approval: unapprove', ['auto', 'approve', 'block']],
      ['approval: unblock', ['auto']],
      ['approval: unlock', ['auto', 'approve', 'block']],
      ['approval: noauto', ['auto', 'approve', 'block']],
      ['approval: not_approve', ['auto', 'approve', 'block']],
      ['risk_level: noncritical', ['low', 'medium', 'high', 'critical']],
      ['conditions: { param_neq: { env: prod } }', []],
      ['conditions: { param_nmatches: { env: prod } }', []],
    ];
    for (const [line, words] of denials) {
      const [{ fixes }] = lint(`${HEAD}  - name: a\n    match: { type: x }\n    ${line}\n`);
      assert.deepEqual(
        fixes.map(({ title }) => title),
        words.map((word) => `Replace by "${word}"`),
        line,
      );
      assert.ok(!fixes.some(({ isSafe }) => isSafe), line);
      assert.equal(fixes.filter(({ isPreferred }) => isPreferred).length, words.length === 1 ? 1 : 0, line);
    }
    const slips = ['nname: x', 'aproval: block', 'risk_levl: low', 'conditons: {}'];
    for (const slip of slips)
      assert.equal(lint(`${HEAD}  - match: { type: x }\n    ${slip}\n`)[0].fixes.length, 1, slip);
  });

  it('does not move or delete what an alias has to do with', () => {
    const text = `${HEAD}  - &first { name: a, match: { type: "*" } }\n  - &second { name: b, match: { type: x } }\n  - *second\n`;
    const shadowed = lint(text).filter(({ code }) => code === 'shadowed-rule');
    assert.deepEqual(
      shadowed.map(({ span, fixes }) => [text.slice(span.start, span.end), fixes.length]),
      [
        ['b', 0],
        ['*second', 0],
      ],
    );
  });
});

describe('The fix of a key that stands twice', () => {
  const fixesOf = (rule: string): readonly Fix[] =>
    lint(`${HEAD}  - &base { name: b, match: { type: y }, risk_level: high }\n${rule}`).find(
      ({ code }) => code === 'duplicate-key',
    )!.fixes;

  it('deletes that one entry alone, and not what << brings in behind it', () => {
    assert.equal(fixesOf('  - approval: auto\n    <<: *base\n    approval: block\n').length, 0);
    assert.equal(fixesOf('  - { approval: auto, <<: *base, approval: block }\n').length, 0);
    assert.equal(fixesOf('  - <<: *base\n    approval: auto\n    approval: block\n').length, 1);
    assert.equal(fixesOf('  - match: *base\n    match: { type: x }\n').length, 1);
    assert.equal(fixesOf('  - match: *base\n    <<: *base\n    match: { type: x }\n').length, 0);
  });
});

describe('The fix of a rule that no action gets to', () => {
  const BLOCKED = '  # no mail\n  - name: mail\n    match: { type: read_mail }\n    approval: block # never\n';
  const READ = '  # reading\n  - name: read\n    match: { type: "read*" }\n    approval: auto\n';

  function fixes(text: string): readonly Fix[] {
    return lint(text).find(({ code }) => code === 'shadowed-rule')!.fixes;
  }

  it('moves it, with its remarks, before the rule in the way, or deletes it', () => {
    const text = HEAD + READ + BLOCKED;
    const [move, remove] = fixes(text);
    assert.equal(move.title, 'Move rule 2 ("mail") before rule 1 ("read")');
    assert.equal(applied(text, move), HEAD + BLOCKED + READ);
    assert.equal(applied(text, remove), `${HEAD}${READ}  # no mail\n`);
  });

  it('keeps the blank lines between rules, and the end of the file', () => {
    const text = `${HEAD}${READ}\n${BLOCKED}`.trimEnd();
    assert.equal(applied(text, fixes(text)[0]), `${HEAD}${BLOCKED}\n${READ}`);
  });

  it('prefers to delete what decides the same anyway', () => {
    const text = HEAD + READ + READ.replace('name: read', 'name: again');
    const preferred = fixes(text).find(({ isPreferred }) => isPreferred);
    assert.equal(preferred?.title, 'Delete rule 2 ("again")');
  });
});
