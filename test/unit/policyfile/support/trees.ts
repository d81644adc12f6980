import * as assert from 'node:assert/strict';
import { pyValueOf } from '../../../../src/core/policy/yamlValue';
import { walkYaml } from '../../../../src/core/policy/yamlWalk';
import type { PyValue, ScalarNode, Span, YamlNode, YamlTree } from '../../../../src/core/policy/yamlTree';
import { readYaml } from '../../../../src/policyfile/yaml/readYaml';

/** Of a text that the loader takes. */
export function valueOf(text: string): PyValue {
  const { root, problems } = readYaml(text);
  assert.deepEqual(problems, []);
  return root === undefined ? null : pyValueOf(root);
}

export function scalarsOf(root: YamlNode | undefined): ScalarNode[] {
  const found: ScalarNode[] = [];
  if (root !== undefined) walkYaml(root, (node) => void (node.kind === 'scalar' && found.push(node)));
  return found;
}

export function under(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}

/** 1-based, as editors count. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/).length;
}

/** The problems as `code line "text"`. */
export function told(text: string, { problems }: YamlTree = readYaml(text)): string[] {
  return problems.map(({ code, span }) => `${code} ${lineOf(text, span.start)} ${JSON.stringify(under(text, span))}`);
}

/** The names of the rules that could be read. */
export function namesIn({ root }: YamlTree): unknown[] {
  if (root?.kind !== 'mapping') return [];
  const rules = root.entries.find(({ key }) => key.kind === 'scalar' && key.text === 'rules')?.value;
  if (rules?.kind !== 'sequence') return [];
  return rules.items.map((rule) => {
    const name = rule.kind === 'mapping' ? rule.entries.find((entry) => isName(entry.key))?.value : undefined;
    return name?.kind === 'scalar' ? name.value : undefined;
  });
}

function isName(key: YamlNode): boolean {
  return key.kind === 'scalar' && key.text === 'name';
}
