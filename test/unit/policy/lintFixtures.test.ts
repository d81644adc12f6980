import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { loadPolicy } from '../../../src/core/policy/loadPolicy';
import { STARTER_POLICY } from '../../../src/core/policy/schema/starterPolicy';
import { readYaml } from '../../../src/policyfile/yaml/readYaml';
import { POLICIES } from './support/fixtures';
import { lineOf, lint } from './support/linted';

/** What the fixtures say of a policy: the traps in it, and what else may be said of it. */
interface Expected {
  readonly lint?: string | null;
  readonly line?: number | null;
  readonly lints?: readonly { readonly lint: string; readonly line: number }[];
  readonly also_allowed?: readonly string[];
  readonly reference: { readonly raises?: string };
}

const PUBLISHED = path.join('..', 'shared', 'fixtures', 'policies-reference');

function check(folder: string, name: string): void {
  const text = fs.readFileSync(path.join(folder, `${name}.yaml`), 'utf8');
  const expected = JSON.parse(fs.readFileSync(path.join(folder, `${name}.expected.json`), 'utf8')) as Expected;
  const found = lint(text).map(({ code, severity, span }) => ({ code, severity, line: lineOf(text, span.start) }));
  const traps = [...(expected.lints ?? [])];
  if (typeof expected.lint === 'string') traps.push({ lint: expected.lint, line: expected.line! });
  for (const trap of traps)
    assert.ok(
      found.some(({ code, line }) => code === trap.lint && line === trap.line),
      `${name}: ${trap.lint} on line ${trap.line} is not found`,
    );
  const allowed = [...traps.map((trap) => trap.lint), ...(expected.also_allowed ?? [])];
  const untrue = found.filter(({ code, severity }) => severity !== 'information' && !allowed.includes(code));
  assert.deepEqual(untrue, [], name);
  const { root, problems } = readYaml(text);
  const isRefused = problems.length > 0 || 'error' in loadPolicy(root);
  assert.equal(isRefused, expected.reference.raises !== undefined, `${name}: whether the reference loads it`);
  if (isRefused)
    assert.ok(
      found.some(({ severity }) => severity === 'error'),
      `${name}: refused, and no error`,
    );
}

function names(folder: string): string[] {
  return fs.readdirSync(folder).flatMap((file) => (file.endsWith('.expected.json') ? [file.slice(0, -14)] : []));
}

describe('Findings in the policies of the reference', () => {
  it('are all traps, each under its code on its line, and nothing untrue', () => {
    assert.ok(names(POLICIES).length > 60);
    for (const name of names(POLICIES)) check(POLICIES, name);
    // Those that the reference publishes lie beside a checkout on some machines, and are not ours to copy.
    if (fs.existsSync(PUBLISHED)) for (const name of names(PUBLISHED)) check(PUBLISHED, name);
  });

  it('are none in the policies that we publish', () => {
    for (const text of [fs.readFileSync(path.join('sample', 'policy.yaml'), 'utf8'), STARTER_POLICY])
      assert.deepEqual(lint(text), []);
  });
});
