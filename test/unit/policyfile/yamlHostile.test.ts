import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { pyValueOf } from '../../../src/core/policy/yamlValue';
import { walkYaml } from '../../../src/core/policy/yamlWalk';
import type { YamlNode, YamlTree } from '../../../src/core/policy/yamlTree';
import { readYaml } from '../../../src/policyfile/yaml/readYaml';
import { stepsOf } from '../support/steps';
import { told } from './support/trees';
import { damagedYaml } from './support/yamlTexts';

const LONG = 1 << 16;

function filled(part: string): string {
  return part.repeat(Math.ceil(LONG / part.length)).slice(0, LONG);
}

function counted(line: (i: number) => string, most = LONG): string {
  const lines: string[] = [];
  for (let i = 0, length = 0; length < most; i++) {
    lines.push(line(i));
    length += lines[i].length;
  }
  return lines.join('');
}

/** How deep collections stand in each other, by a function that calls itself. */
function height(node: YamlNode, known = new Map<YamlNode, number>()): number {
  const before = known.get(node);
  if (before !== undefined) return before;
  const below =
    node.kind === 'scalar' ? [] : node.kind === 'sequence' ? node.items : node.entries.map(({ value }) => value);
  const found = below.reduce((most, child) => Math.max(most, height(child, known)), 0) + 1;
  known.set(node, found);
  return found;
}

/** Reads it, and does with the tree what others do. */
function used(text: string): YamlTree {
  const tree = readYaml(text);
  if (tree.root === undefined) return tree;
  height(tree.root);
  pyValueOf(tree.root);
  walkYaml(tree.root, () => undefined);
  return tree;
}

describe('A hostile YAML text', () => {
  const texts: Readonly<Record<string, string>> = {
    'of opening brackets': filled('['),
    'of opening braces': filled('{a: '),
    'of dashes': filled('- '),
    'of question marks': filled('? '),
    'of brackets behind dashes': filled('- [\n'),
    'of items in one bracket': `[${filled('a,')}`,
    'of quotes': filled('"'),
    'of lists with quotes that are not closed': filled('  - name: "a\n    match: {type: x}\n'),
    'of tabs': filled('\t'),
    'of lines that are wrong': filled('a: b: c\n'),
    'of rules that are wrong': `rules:\n${filled('  - a: b: c\n')}`,
    'of exclamation marks': filled('!a '),
    'of per cent signs': filled('%\n'),
    'of invisible characters': filled('\x07'),
    'of documents': filled('---\n'),
    'of stars': filled('- *a\n'),
    'of names': counted((i) => `- &a${i} x\n`),
    'of one long number': filled('9'),
    'of one long hexadecimal number': `0x${filled('f')}`,
    'of one long number in base 60': `${filled('1:')}1`,
    'of one long key': `${filled('a')}: 1`,
    'of one key again and again': filled('a: 1\n'),
    'of keys that only look alike': counted((i) => `0x1${'0'.repeat(100)}${i.toString(16)}: 1\n`),
    'of emoji': filled('😀: 1\n'),
    'of empty lines in a block': `a: |\n${filled('  \n')}`,
    'of aliases in each other': `- &a0 []\n${counted((i) => `- &a${i + 1} [*a${i}]\n`)}`,
    'of << in each other': `- &a0 {x: 1}\n${counted((i) => `- &a${i + 1} {<<: *a${i}, k${i}: 1}\n`)}`,
    'of << of many': `a: &a [${'{},'.repeat(30_000)}]\n${filled('- <<: *a\n')}`,
    'of << of itself': `- &a\n${filled('  - <<: *a\n')}`,
    'of itself': `&a [${filled('*a,')}]`,
    'of = in each other': `- &a0 !!str {=: x}\n${counted((i) => `- &a${i + 1} !!str {=: *a${i}}\n`)}`,
  };

  for (const [what, text] of Object.entries(texts)) {
    it(`${what} is read or refused soon`, () => {
      const steps = stepsOf(() => used(text));
      assert.ok(steps < 400 * text.length, `${Math.round(steps / text.length)} steps for a character`);
    });
  }

  it('never makes it throw, and never a tree that holds itself', () => {
    fc.assert(
      fc.property(damagedYaml, (text) => {
        used(text);
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ab \n-:?[]{},&*!|>%@"\'#\\\t<=~01.\r\ufeff\ud83d\0') }),
        (text) => {
          used(text);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('that stands for more than could be counted is read as the few nodes that it is', () => {
    const bomb = `a0: &a0 [x]\n${counted((i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]\n`, 40_000)}`;
    const { root } = used(bomb.split('\n').slice(0, 400).join('\n'));
    let nodes = 0;
    walkYaml(root!, () => void nodes++);
    assert.equal(nodes, 400 * 2 + 2);
  });

  it('that holds itself is told, and holds itself no more', () => {
    const text = 'a: &a\n  b: [1, *a]\nc: &c [&d {e: *c}]\n';
    assert.deepEqual(told(text), ['yaml-syntax 2 "*a"', 'yaml-syntax 3 "*c"']);
    assert.ok(height(readYaml(text).root!) < 5);
    assert.deepEqual(told('&a {<<: *a, b: 1}'), []);
  });

  it('that nests 490 collections is read, and one more is refused', () => {
    assert.deepEqual(told('['.repeat(490) + ']'.repeat(490)), []);
    assert.deepEqual(told('['.repeat(491) + ']'.repeat(491)), ['yaml-syntax 1 "["']);
  });

  it('of 100,000 brackets costs no more than its line', () => {
    const { root, problems } = readYaml(`a: 1\nb: ${'['.repeat(100_000)}\nc: 2\n`);
    assert.equal(problems.length, 1);
    assert.deepEqual(root?.kind === 'mapping' && root.entries.map(({ key }) => key.kind === 'scalar' && key.text), [
      'a',
      'c',
    ]);
  });

  it('nests collections by aliases 1,000 deep and no deeper', () => {
    const chain = `- &a0 []\n${counted((i) => `- &a${i + 1} [*a${i}]\n`, 60_000)}`;
    const { root, problems } = readYaml(chain);
    assert.match(problems[0].message, /1,000 levels/);
    assert.ok(height(root!) <= 1002);
  });

  it('of more values than are read says so', () => {
    const { problems, leftOut } = readYaml(`- a\n`.repeat(250_001));
    assert.match(problems[0].message, /250,000 values/);
    assert.equal(leftOut.length, 1);
  });
});
