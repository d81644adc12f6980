// js-yaml is not PyYAML, and is not what policies are read with (docs/architecture.md). But it is a second, independent reader: of what
// is plain to both, the two must make the same, and what it writes must come back.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dump, FAILSAFE_SCHEMA, load } from 'js-yaml';
import type { YamlNode } from '../../../src/core/policy/yamlTree';
import { readYaml } from '../../../src/policyfile/yaml/readYaml';
import { policyExpectations } from './support/policies';

/** A tree as js-yaml has it where it gives no scalar a meaning: texts, lists and objects. */
function plain(node: YamlNode | undefined): unknown {
  switch (node?.kind) {
    case undefined:
      return undefined;
    case 'scalar':
      return node.text;
    case 'sequence':
      return node.items.map(plain);
    case 'mapping':
      return Object.fromEntries(
        node.entries.filter(({ isOverwritten }) => !isOverwritten).map(({ key, value }) => [plain(key), plain(value)]),
      );
  }
}

/** Both, of one text. Null where js-yaml gives nothing for no text at all. */
function assertSame(text: string): void {
  const { root, problems } = readYaml(text);
  assert.deepEqual(problems, [], text);
  assert.deepEqual(plain(root), load(text, { schema: FAILSAFE_SCHEMA }), text);
}

/** Texts of all kinds that a person or a program may put into a policy; but for a question mark and a colon at the start, which PyYAML takes for more than js-yaml does. */
const word = fc
  .oneof(
    fc.constantFrom(
      '',
      'a',
      '18:00',
      'yes',
      '~',
      'null',
      '1e3',
      '0755',
      '- a',
      'a: b',
      'a #b',
      '# a',
      '*',
      '&a',
      '!t',
      '%x',
      '@',
      '`',
      '"',
      "'",
      ' a',
      'a ',
      'a\nb',
      'a\n',
      '\n',
      'a\n\n b\n',
      '\ta',
      '{}',
      '[',
      ',',
      '?',
      '|',
      '>',
    ),
    fc.string({ maxLength: 12 }),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  )
  .filter((text) => !/\?|^\s*:/.test(text));

const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, word, fc.array(tie('value'), { maxLength: 4 }), tie('mapping')),
  mapping: fc.dictionary(
    word.filter((text) => text !== '__proto__' && text !== '<<'),
    tie('value'),
    { maxKeys: 4, noNullPrototype: true },
  ),
}));

describe('What js-yaml writes', () => {
  it('is read as it was, whatever the style', () => {
    fc.assert(
      fc.property(
        value,
        fc.record({
          indent: fc.constantFrom(1, 2, 4),
          flowLevel: fc.constantFrom(-1, 0, 1, 2),
          lineWidth: fc.constantFrom(-1, 20, 80),
        }),
        (written, options) => {
          const text = dump(written, options);
          const { root, problems } = readYaml(text);
          assert.deepEqual(problems, [], text);
          assert.deepEqual(plain(root), written, text);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('A policy of the reference', () => {
  it('has the structure that js-yaml finds in it', () => {
    const policies = policyExpectations().filter(
      // Without a meaning of its own, a << is a key as any other.
      ({ lint, text }) => lint === null && !text.includes('<<'),
    );
    assert.ok(policies.length > 3);
    for (const { text } of policies) assertSame(text);
  });
});
