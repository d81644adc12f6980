import * as fs from 'node:fs';
import * as path from 'node:path';
import { microsecondsOf } from '../../../../src/core/log/timestamp';
import type { Action } from '../../../../src/core/policy/action';
import { readJsonValue } from '../../../../src/core/policy/jsonValue';
import { parametersWithDates } from '../../../../src/core/policy/pythonNotation';
import { pyStr } from '../../../../src/core/policy/pyText';
import { isList, isMapping, memberOf, PY_NOTHING } from '../../../../src/core/policy/pyValues';
import type { PyMapping, PyValue } from '../../../../src/core/policy/yamlTree';

/** The policies of the Python reference, and what it says of each. */

export const POLICIES = path.join('test', 'fixtures', 'policies');

/** What the reference makes of an action, or what it raises. */
export type ReferenceDecision =
  | { readonly risk_level: string; readonly approval: string; readonly matched_rule: unknown }
  | { readonly raises: string };

export interface PolicyFixture {
  readonly name: string;
  readonly text: string;
  /** What it loaded, as the reference shows it. */
  readonly reference: { readonly raises?: string; readonly [member: string]: unknown };
  readonly actions: readonly {
    readonly action: Action;
    readonly clock: number;
    readonly expected: ReferenceDecision;
  }[];
}

export function policyFixtures(): PolicyFixture[] {
  return fs
    .readdirSync(POLICIES)
    .filter((file) => file.endsWith('.expected.json'))
    .map((file) => fixtureOf(file.replace('.expected.json', '')));
}

interface Written {
  readonly reference: PolicyFixture['reference'];
  readonly actions?: readonly { readonly now: string; readonly expected: ReferenceDecision }[];
}

function fixtureOf(name: string): PolicyFixture {
  const source = fs.readFileSync(path.join(POLICIES, `${name}.expected.json`), 'utf8');
  const { reference, actions = [] } = JSON.parse(source) as Written;
  // Once more in a form that keeps 11 and 11.0 apart.
  const reading = readJsonValue(source);
  if (!('value' in reading)) throw new Error(`${name}: ${reading.problem}`);
  const exact = member(reading.value, 'actions', []);
  return {
    name,
    text: fs.readFileSync(path.join(POLICIES, `${name}.yaml`), 'utf8'),
    reference,
    actions: actions.map(({ now, expected }, i) => ({
      action: actionOf(member((exact as readonly PyValue[])[i], 'action', null)),
      clock: microsecondsOf(now),
      expected,
    })),
  };
}

function actionOf(value: PyValue): Action {
  const agent = member(value, 'agent', null);
  return {
    type: member(value, 'type', '') as string,
    target: member(value, 'target', '') as string,
    params: parametersWithDates(member(value, 'params', PY_NOTHING) as PyMapping),
    agent: agent as string | null,
    description: member(value, 'description', '') as string,
  };
}

function member(value: PyValue, name: string, otherwise: PyValue): PyValue {
  return (isMapping(value) ? memberOf(value, name) : undefined) ?? otherwise;
}

/** A value as the fixtures show it: numbers as JSON has them, dates by their text. */
export function shownAsJson(value: PyValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (isList(value)) return value.map(shownAsJson);
  if (value === null || typeof value !== 'object') return value;
  switch (value.kind) {
    case 'mapping':
      return Object.fromEntries(value.entries.map(([key, each]) => [pyStr(key), shownAsJson(each)]));
    case 'date':
    case 'datetime':
      return { $python: value.kind, str: value.text };
    default:
      throw new Error('No fixture has such a value.');
  }
}
