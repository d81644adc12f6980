import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { jsonTree, type JsonNode } from '../../../src/core/log/jsonTree';
import { damagedText, numberText, valueText } from '../support/jsonTexts';
import { askPython } from '../support/python';

const ALL = 1_000_000;

function rootOf(source: string): JsonNode {
  const tree = jsonTree(source, ALL);
  assert.ok(tree !== undefined, `not read: ${source.slice(0, 200)}`);
  return tree.root;
}

/** The tree without sizes, as a value in which a number is its spelling. */
function spelt({ kind, text, children }: JsonNode): unknown {
  switch (kind) {
    case 'object':
      return { object: children.map((child) => [child.name, spelt(child)]) };
    case 'array':
      return children.map(spelt);
    case 'string':
      return text;
    default:
      return { [kind]: text };
  }
}

describe('JSON out of a log', () => {
  it('is what JSON.parse accepts, and nothing else', () => {
    const text = fc.oneof(
      valueText,
      damagedText,
      fc.string({ maxLength: 8 }),
      fc.stringMatching(/^[-+0-9.eE"[\]{},: \\]{1,8}$/),
    );
    fc.assert(
      fc.property(text, (source) => {
        fc.pre(!/NaN|Infinity/.test(source));
        let isJson = true;
        try {
          JSON.parse(source);
        } catch {
          isJson = false;
        }
        assert.equal(jsonTree(source, ALL) !== undefined, isJson, source);
      }),
      { numRuns: 20_000 },
    );
  });

  it('is what Python accepts: NaN and Infinity, too', () => {
    const letters = fc.constantFrom(
      'NaN',
      'Infinity',
      '-Infinity',
      '-NaN',
      'nan',
      '[',
      ']',
      '{"a":',
      '}',
      ',',
      '1',
      '-',
      ' ',
      '"NaN"',
    );
    const texts = fc.sample(
      fc.array(letters, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
      { numRuns: 4000, seed: 7 },
    );
    const program = `
import json
def answer(data):
    try:
        json.loads(data.decode())
        return b'yes'
    except ValueError:
        return b'no'
`;
    const said = askPython(
      program,
      texts.map((text) => Buffer.from(text)),
    );
    assert.ok(said.filter((each) => each.toString() === 'yes').length > 300);
    texts.forEach((text, i) =>
      assert.equal(jsonTree(text, ALL) === undefined ? 'no' : 'yes', said[i].toString(), text),
    );
  });

  it('keeps the spelling of its numbers, and the order of its members, of those that come twice as well', () => {
    fc.assert(
      fc.property(numberText, (number) => {
        const kind = /^-?[NI]/.test(number) ? 'literal' : 'number';
        assert.deepEqual(spelt(rootOf(` [ ${number} , {"n":${number}}]`)), [
          { [kind]: number },
          { object: [['n', { [kind]: number }]] },
        ]);
      }),
    );
    assert.deepEqual(spelt(rootOf('{"b": 1.0, "10": 1e2, "a": null, "b": [], "": {}, "\\u0062": "\\u0062\\n"}')), {
      object: [
        ['b', { number: '1.0' }],
        ['10', { number: '1e2' }],
        ['a', { literal: 'null' }],
        ['b', []],
        ['', { object: [] }],
        ['b', 'b\n'],
      ],
    });
  });

  it('has the values that JSON.parse finds', () => {
    // Of members that come twice the last counts there.
    const value = ({ kind, text, children }: JsonNode): unknown => {
      if (kind === 'array') return children.map(value);
      if (kind !== 'object') return kind === 'string' ? text : JSON.parse(text);
      const members = Object.create(null) as Record<string, unknown>;
      for (const child of children) {
        Object.defineProperty(members, child.name!, {
          value: value(child),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return members;
    };
    const plain = (parsed: unknown): unknown => JSON.stringify(parsed);
    fc.assert(
      fc.property(valueText, (source) => {
        fc.pre(!/NaN|Infinity/.test(source));
        assert.equal(plain(value(rootOf(source))), plain(JSON.parse(source)));
      }),
    );
  });

  it('says how much a container has', () => {
    const sizes = (source: string): string => rootOf(source).text;
    assert.deepEqual(['[]', '[1]', '[[],{}]', '{}', '{"a":1}', '{"a":1,"a":2}'].map(sizes), [
      '0 items',
      '1 item',
      '2 items',
      '0 members',
      '1 member',
      '2 members',
    ]);
    assert.equal(sizes(`[${'0,'.repeat(1233)}0]`), '1,234 items');
    const items = rootOf('[10, [20]]').children;
    assert.deepEqual([items[0].name, items[1].name, items[1].children[0].name], ['0', '1', '0']);
  });

  it('may be nested 100,000 deep and wide, and is drawn as far as a page can draw it', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ]) {
      const source = `${open.repeat(100_000)}1${close.repeat(100_000)}`;
      const { root, cut } = jsonTree(source, 2000)!;
      let depth = 0;
      for (let at: JsonNode | undefined = root; at !== undefined; at = at.children[0]) depth++;
      assert.equal(cut, true);
      assert.equal(depth, 64);
      assert.equal(jsonTree(source.slice(0, -1), 2000), undefined, 'one that is not closed is none');
    }
    const wide = jsonTree(`[${'[],'.repeat(300_000)}0]`, 2000)!;
    assert.deepEqual([wide.cut, wide.root.text, wide.root.children.length], [true, '300,001 items', 1999]);
    const exact = jsonTree('[1,2,3]', 4)!;
    assert.deepEqual([exact.cut, exact.root.children.length], [false, 3]);
    assert.equal(jsonTree('[1,2,3]', 3)!.cut, true);
  }).timeout(5_000);

  it('has long texts cut, and says so', () => {
    const { root, cut } = jsonTree(
      JSON.stringify({ ['k'.repeat(3000)]: 'v'.repeat(2001), short: 'v'.repeat(2000) }),
      ALL,
    )!;
    assert.equal(cut, true);
    assert.deepEqual(
      root.children.map(({ name, text }) => [name!.length, text.length]),
      [
        [2001, 2001],
        [5, 2000],
      ],
    );
  });
});
