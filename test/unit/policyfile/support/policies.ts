import * as fs from 'node:fs';
import * as path from 'node:path';

export const POLICIES = path.join('test', 'fixtures', 'policies');

/** What the reference makes of a policy, as far as reading it goes. */
export interface PolicyExpectation {
  readonly case: string;
  readonly text: string;
  readonly reference: {
    readonly raises?: string;
    readonly rules?: readonly { readonly name: unknown; readonly conditions: unknown }[];
  };
  /** The finding that is expected, and its line, counted from 1. */
  readonly lint: string | null;
  readonly line: number | null;
}

export function policyExpectations(): PolicyExpectation[] {
  return fs
    .readdirSync(POLICIES)
    .filter((name) => name.endsWith('.expected.json'))
    .map((name) => {
      const expected = JSON.parse(fs.readFileSync(path.join(POLICIES, name), 'utf8')) as PolicyExpectation;
      const text = fs.readFileSync(path.join(POLICIES, name.replace('.expected.json', '.yaml')), 'utf8');
      return { ...expected, text };
    });
}
