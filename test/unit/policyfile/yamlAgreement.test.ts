import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pyValueOf } from '../../../src/core/policy/yamlValue';
import { readYaml } from '../../../src/policyfile/yaml/readYaml';
import { encoded, normal, type Encoded } from './support/encodedValue';
import { policyExpectations } from './support/policies';
import { lineOf, namesIn, valueOf } from './support/trees';

/** Made by test/fixtures/yaml/make.py, which can make others. */
const TABLE = process.env.AEGIS_YAML_TABLE ?? path.join('test', 'fixtures', 'yaml', 'pyyaml.json');

type Row = readonly [text: string, value?: Encoded];

describe('A YAML text', () => {
  const rows = JSON.parse(fs.readFileSync(TABLE, 'utf8')) as Row[];

  it('is refused where PyYAML refuses it, and nowhere else', () => {
    const differences = rows.filter(([text, ...value]) => readYaml(text).problems.length > 0 === value.length > 0);
    assert.deepEqual(differences, []);
  });

  it('means what PyYAML makes of it', () => {
    for (const [text, ...value] of rows) {
      if (value.length > 0) assert.deepEqual(encoded(valueOf(text)), normal(value[0]!), JSON.stringify(text));
    }
  });
});

describe('A policy of the reference', () => {
  const policies = policyExpectations();
  const refusals = ['yaml-syntax', 'yaml-tab', 'yaml-tag', 'multiple-documents'];

  it('is there in numbers', () => {
    assert.ok(policies.length > 50);
    assert.deepEqual(
      new Set(refusals),
      new Set(policies.map(({ lint }) => lint).filter((code) => refusals.includes(code!))),
    );
  });

  for (const { case: name, text, lint, line } of policies) {
    if (lint === null || !refusals.includes(lint)) {
      it(`${name} is read without a problem`, () => {
        assert.deepEqual(readYaml(text).problems, []);
      });
    } else {
      it(`${name} has one problem, ${lint} in line ${line}`, () => {
        const problems = readYaml(text).problems.map(({ code, span }) => [code, lineOf(text, span.start)]);
        assert.deepEqual(problems, [[lint, line]]);
      });
    }
  }

  it('has the rules and the conditions that the reference has', () => {
    const loaded = policies.filter(({ reference }) => reference.rules !== undefined);
    assert.ok(loaded.length > 30);
    for (const { case: name, text, reference } of loaded) {
      const tree = readYaml(text);
      const names = namesIn(tree).map((ruleName, index) => (ruleName === undefined ? `rule_${index}` : ruleName));
      assert.deepEqual(
        names,
        reference.rules!.map((rule) => rule.name),
        name,
      );
      if (tree.root !== undefined)
        assert.deepEqual(
          conditionsIn(tree.root),
          reference.rules!.map(({ conditions }) => conditions),
          name,
        );
    }
  });
});

function conditionsIn(root: Parameters<typeof pyValueOf>[0]): unknown[] {
  const policy = plain(encoded(pyValueOf(root))) as { rules?: { conditions?: unknown }[] } | null;
  return (policy?.rules ?? []).map(({ conditions }) => (conditions === undefined ? {} : conditions));
}

/** As the fixtures were written. */
function plain(value: Encoded): unknown {
  if (value === null || typeof value === 'boolean') return value;
  const [kind, ...items] = value;
  switch (kind) {
    case 'int':
      return signed(items[0] as string);
    case 'float':
      return Buffer.from(items[0] as string, 'hex').readDoubleBE();
    case 'list':
      return items.map((item) => plain(item as Encoded));
    case 'dict':
      return Object.fromEntries(items.map((entry) => (entry as Encoded[]).map(plain) as [string, unknown]));
    case 'date':
    case 'datetime':
      return { $python: kind, str: items[1] };
    default:
      return items[0];
  }
}

function signed(hexadecimal: string): number {
  return hexadecimal.startsWith('-') ? -Number(hexadecimal.slice(1)) : Number(hexadecimal);
}
