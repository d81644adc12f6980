import { yamlBinary } from './yamlBinary';
import { yamlFloat, yamlInt } from './yamlNumbers';
import { YAML_TAG } from './yamlTags';
import { yamlTimestamp } from './yamlTimestamp';
import type { PyValue } from './yamlTree';

/** Tags that make a value of a text. */
export function isScalarTag(tag: string): boolean {
  return CONSTRUCTORS.has(tag);
}

/**
 * What `safe_load` makes of a text under a tag (`yaml/constructor.py`, 6.0.3).
 *
 * @param tag one of the scalar tags.
 * @returns undefined where Python raises: the text is no value of that kind.
 */
export function scalarValue(tag: string, text: string): PyValue | undefined {
  return CONSTRUCTORS.get(tag)?.(text);
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['no', false],
  ['true', true],
  ['false', false],
  ['on', true],
  ['off', false],
]);

const CONSTRUCTORS: ReadonlyMap<string, (text: string) => PyValue | undefined> = new Map<
  string,
  (text: string) => PyValue | undefined
>([
  [YAML_TAG.null, () => null],
  [YAML_TAG.bool, (text) => BOOLEANS.get(text.toLowerCase())],
  [YAML_TAG.int, yamlInt],
  [YAML_TAG.float, yamlFloat],
  [YAML_TAG.str, (text) => text],
  [YAML_TAG.timestamp, yamlTimestamp],
  [YAML_TAG.binary, yamlBinary],
]);
