import * as assert from 'node:assert/strict';
import { loadPolicy } from '../../../../src/core/policy/loadPolicy';
import type { Policy } from '../../../../src/core/policy/policy';
import { isList, isMapping } from '../../../../src/core/policy/pyValues';
import type { PyMapping, PyValue, Span, YamlNode } from '../../../../src/core/policy/yamlTree';

/** Policies that are made of values, without a text. */

const NOWHERE: Span = { start: 0, end: 0 };

/** What a test writes for a value: plain objects stand for mappings, and whole numbers for ints. */
export type Written =
  | null
  | boolean
  | bigint
  | number
  | string
  | readonly Written[]
  | { readonly [key: string]: Written }
  | { py: PyValue };

export function py(written: Written): PyValue {
  if (typeof written === 'number') return Number.isSafeInteger(written) ? BigInt(written) : written;
  if (written === null || typeof written !== 'object') return written;
  if (Array.isArray(written)) return (written as readonly Written[]).map(py);
  if ('py' in written) return written.py as PyValue;
  return mapping(Object.entries(written).map(([key, value]) => [key, py(value)]));
}

export function mapping(entries: readonly (readonly [PyValue, PyValue])[]): PyMapping {
  return { kind: 'mapping', entries };
}

/** The node that would be read as a value. */
export function nodeOf(value: PyValue): YamlNode {
  if (isList(value)) return { kind: 'sequence', span: NOWHERE, items: value.map(nodeOf) };
  if (isMapping(value))
    return {
      kind: 'mapping',
      span: NOWHERE,
      entries: value.entries.map(([key, each]) => ({
        key: nodeOf(key),
        value: nodeOf(each),
        isOverwritten: false,
        isMerged: false,
      })),
    };
  return { kind: 'scalar', span: NOWHERE, style: 'plain', text: '', tag: '', value };
}

export function loaded(written: Written): Policy {
  const result = loadPolicy(nodeOf(py(written)));
  if ('error' in result) assert.fail(`${result.error.type}: ${result.error.message}`);
  return result.policy;
}
