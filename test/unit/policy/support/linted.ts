import * as assert from 'node:assert/strict';
import { lintPolicy, type Diagnostic, type Fix } from '../../../../src/core/policy/lint/lintPolicy';
import { loadPolicy } from '../../../../src/core/policy/loadPolicy';
import type { Policy } from '../../../../src/core/policy/policy';
import { readYaml } from '../../../../src/policyfile/yaml/readYaml';

/** A text, looked through as an editor does it. */
export function lint(text: string): Diagnostic[] {
  return lintPolicy(readYaml(text), text);
}

export function policyOf(text: string): Policy {
  const { root, problems } = readYaml(text);
  assert.deepEqual(problems, [], text);
  const result = loadPolicy(root);
  if ('error' in result) assert.fail(`${result.error.type}: ${result.error.message}\n${text}`);
  return result.policy;
}

/** Counted from 1, as editors count. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\n|\r/).length;
}

export function applied(text: string, { edits }: Fix): string {
  const inOrder = [...edits].sort((one, other) => other.span.start - one.span.start);
  return inOrder.reduce(
    (result, { span, text: put }) => result.slice(0, span.start) + put + result.slice(span.end),
    text,
  );
}

/** Findings in a few words: `2 warning unknown-key "aproval"`. */
export function told(text: string): string[] {
  return lint(text).map(
    ({ code, severity, span }) =>
      `${lineOf(text, span.start)} ${severity} ${code} ${JSON.stringify(text.slice(span.start, span.end))}`,
  );
}
