import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { codeMeaning } from '../../../src/core/policy/lint/codeMeanings';
import { LINT_CODES, type LintCode } from '../../../src/core/policy/lint/diagnostic';
import { POLICIES } from '../policy/support/fixtures';
import { runAegis } from '../support/runAegis';
import { isSarif } from '../support/sarif';
import { temporaryFolder } from '../support/temporaryFolder';

interface Found {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
}

interface ValidateJson {
  readonly files: readonly { readonly file: string; readonly valid: boolean; readonly diagnostics: readonly Found[] }[];
}

/** As the reference's results tell it. */
interface Expected {
  readonly reference: { readonly raises?: string };
  readonly lint: string | null;
  readonly line: number | null;
  readonly lints?: readonly { readonly lint: string; readonly line: number }[];
  readonly also_allowed?: readonly string[];
}

const NAMES = fs
  .readdirSync(POLICIES)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));

function validate(
  files: readonly string[],
  ...flags: string[]
): { code: number | null; said: ValidateJson; stderr: string } {
  const { code, stdout, stderr } = runAegis(['validate', ...files, '--format', 'json', ...flags]);
  return { code, said: JSON.parse(stdout) as ValidateJson, stderr };
}

function fixture(name: string): string {
  return path.join(POLICIES, `${name}.yaml`);
}

describe('aegis validate', () => {
  const folder = temporaryFolder();

  function written(name: string, text: string | Uint8Array): string {
    const file = path.join(folder(), name);
    fs.writeFileSync(file, text);
    return file;
  }

  it('finds what is wrong in the reference’s policies on its line, nothing untrue, and says which of them load', () => {
    const { said } = validate(NAMES.map(fixture));
    NAMES.forEach((name, i) => {
      const expected = JSON.parse(fs.readFileSync(path.join(POLICIES, `${name}.expected.json`), 'utf8')) as Expected;
      const { file, valid, diagnostics } = said.files[i];
      assert.equal(file, fixture(name));
      assert.equal(valid, expected.reference.raises === undefined, name);
      const traps = (expected.lints ?? []).map(({ lint, line }) => ({ code: lint, line }));
      if (expected.lint !== null) traps.push({ code: expected.lint, line: expected.line! });
      for (const { code, line } of traps)
        assert.ok(
          diagnostics.some((each) => each.code === code && each.line === line),
          `${name}: missed ${code} on ${line}`,
        );
      const allowed = [...traps.map(({ code }) => code), ...(expected.also_allowed ?? [])];
      const untrue = diagnostics.filter(({ severity, code }) => severity !== 'info' && !allowed.includes(code));
      assert.deepEqual(untrue, [], name);
      // Whoever is told that it does not load is told why.
      assert.ok(valid || diagnostics.some(({ severity }) => severity === 'error'), name);
    });
  });

  it('counts lines and columns from 1, in UTF-16 units, whatever ends the lines, and a byte order mark not at all', () => {
    for (const end of ['\n', '\r\n', '\r'])
      for (const mark of ['', '\ufeff']) {
        const file = written('policy.yaml', `${mark}versoin: 1${end}rules: [{ name: "😀", mach: {} }]${end}`);
        const { diagnostics } = validate([file]).said.files[0];
        const unknown = diagnostics.filter(({ code }) => code === 'unknown-key');
        assert.deepEqual(
          unknown.map(({ line, column, end_line, end_column }) => [line, column, end_line, end_column]),
          [
            [1, 1, 1, 8],
            [2, 23, 2, 27],
          ],
        );
      }
  });

  it('ends with 1 where there is an error, with --strict also for a warning', () => {
    assert.equal(validate([fixture('bom-and-crlf')]).code, 0);
    assert.equal(validate([fixture('typo-key')]).code, 0);
    assert.equal(validate([fixture('typo-key')], '--strict').code, 1);
    assert.equal(validate([fixture('no-version')], '--strict').code, 0);
    assert.equal(validate([fixture('yaml-tab')]).code, 1);
    // It loads; but an evaluation that gets there fails.
    const { code, said } = validate([fixture('sexagesimal-time')]);
    assert.deepEqual([code, said.files[0].valid], [1, true]);
  });

  it('says in a sentence why a file cannot be read, looks at the others all the same, and ends with 2', () => {
    const long = written('long.yaml', Buffer.alloc((16 << 20) + 1, '#'));
    for (const [file, sentence] of [
      [path.join(folder(), 'nowhere.yaml'), /nowhere\.yaml: There is no such file/],
      [folder(), /This is a folder, not a file\. Name a policy in it/],
      [written('utf16.yaml', Buffer.from('\ufeffrules: []', 'utf16le')), /in UTF-16, and the loader reads UTF-8/],
      [written('latin.yaml', Buffer.from('# \n# caf\xe9\nrules: []', 'latin1')), /not in UTF-8: line 2 is the first/],
      [long, /larger than 16 MB, which is too large for a policy/],
    ] as const) {
      const { code, said, stderr } = validate([file, fixture('typo-key')]);
      assert.equal(code, 2, file);
      assert.match(stderr, sentence);
      assert.deepEqual(
        said.files.map((each) => each.file),
        [fixture('typo-key')],
      );
    }
  });

  it('tells a person what was found where, and how much of it', () => {
    const { stdout } = runAegis(['validate', fixture('typo-key'), fixture('yaml-tab'), fixture('bom-and-crlf')]);
    assert.match(
      stdout,
      /typo-key\.yaml: The loader takes it: 5 rules\. 1 warning\.\n {2}20:5 {2}warning {2}unknown-key {2}/,
    );
    assert.match(stdout, /yaml-tab\.yaml: The loader refuses it\. 1 error\.\n {2}18:1 {2}error {2}yaml-tab {2}/);
    assert.match(stdout, /bom-and-crlf\.yaml: The loader takes it: 1 rule\. Nothing was found\.\n/);
  });

  it('shows nothing of a policy that acts on a terminal', () => {
    const text = 'version: "1"\nrules:\n  - match: {}\n    "\\e[31m\\u202e": 1\n    approval: "\\e[2J\\u200b"\n';
    const { stdout, stderr } = runAegis(['validate', written('hostile.yaml', text)]);
    assert.match(stdout, /invalid-approval/);
    assert.doesNotMatch(stdout + stderr, /[^\P{C}\n]|[\u2028\u2029]/u);
  });

  it('prints SARIF that fits its schema, with the place of each finding, other places and fixes', () => {
    const { code, stdout } = runAegis(['validate', ...NAMES.map(fixture), '--format', 'sarif']);
    assert.equal(code, 1);
    const log = isSarif(stdout);
    const results = log.runs[0].results;
    const [typo] = results.filter(({ locations }) =>
      locations[0].physicalLocation.artifactLocation.uri.endsWith('typo-key.yaml'),
    );
    assert.deepEqual([typo.ruleId, typo.level], ['unknown-key', 'warning']);
    assert.deepEqual(typo.locations[0].physicalLocation.region, {
      startLine: 20,
      startColumn: 5,
      endLine: 20,
      endColumn: 12,
    });
    assert.deepEqual(typo.fixes?.[0].artifactChanges[0].replacements, [
      {
        deletedRegion: { startLine: 20, startColumn: 5, endLine: 20, endColumn: 12 },
        insertedContent: { text: 'approval' },
      },
    ]);
    assert.ok(
      results.some(({ ruleId, relatedLocations }) => ruleId === 'duplicate-key' && relatedLocations?.length === 1),
    );
    assert.ok(results.some(({ ruleId, level }) => ruleId === 'missing-version' && level === 'note'));
    assert.equal(log.runs[0].invocations[0].executionSuccessful, true);
  });

  it('says in SARIF what each code means that a result has, and nothing of others', () => {
    const { stdout } = runAegis(['validate', ...NAMES.map(fixture), '--format', 'sarif']);
    const [{ tool, results }] = isSarif(stdout).runs;
    const { rules } = tool.driver;
    assert.deepEqual(rules.map(({ id }) => id).sort(), [...new Set(results.map(({ ruleId }) => ruleId))].sort());
    for (const { id, shortDescription, fullDescription, help } of rules) {
      assert.equal(help.text, codeMeaning(id as LintCode));
      assert.ok(fullDescription.text.startsWith(shortDescription.text), id);
    }
  });

  it('has a meaning of its own for every code, in sentences of which the first can stand alone', () => {
    const meanings = LINT_CODES.map(codeMeaning);
    assert.equal(new Set(meanings).size, LINT_CODES.length);
    for (const meaning of meanings) {
      assert.match(meaning, /^[A-Z].*\.$/);
      const [first] = /^.*?\.(?=\s|$)/.exec(meaning)!;
      assert.ok(first.length > 20 && first.length < 180, first);
    }
  });

  it('says in SARIF, too, that a file could not be read', () => {
    const { code, stdout } = runAegis(['validate', fixture('typo-key'), 'nowhere.yaml', '--format', 'sarif']);
    assert.equal(code, 2);
    const [{ invocations, results }] = isSarif(stdout).runs;
    assert.equal(results.length, 1);
    assert.equal(invocations[0].executionSuccessful, false);
    assert.match(invocations[0].toolExecutionNotifications[0].message.text, /nowhere\.yaml: There is no such file/);
  });
});
