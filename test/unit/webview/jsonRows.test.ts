import * as assert from 'node:assert/strict';
import type { JsonNode } from '../../../src/shared/timeline';
import { jsonRows, openAtFirst, parentOf } from '../../../src/webview/timeline/detail/jsonRows';

const leaf = (name: string, text = '1'): JsonNode => ({ name, kind: 'number', text, children: [] });
const node = (name: string | null, ...children: JsonNode[]): JsonNode => ({ name, kind: 'object', text: '', children });

describe('JSON as a tree', () => {
  const root = node(null, leaf('a'), node('b', leaf('c'), node('d', leaf('e'))), node('f'));

  it('has the members of the root at its first level, in their order', () => {
    const rows = jsonRows(root, new Set());
    assert.deepEqual(
      rows.map(({ node: { name }, level, position, siblings, isContainer }) => [
        name,
        level,
        position,
        siblings,
        isContainer,
      ]),
      [
        ['a', 1, 1, 3, false],
        ['b', 1, 2, 3, true],
        ['f', 1, 3, 3, false],
      ],
    );
  });

  it('has the members of what is open below it', () => {
    const rows = jsonRows(root, openAtFirst(root));
    assert.deepEqual(
      rows.map(({ node: { name }, level, path }) => [name, level, path]),
      [
        ['a', 1, '.0'],
        ['b', 1, '.1'],
        ['c', 2, '.1.0'],
        ['d', 2, '.1.1'],
        ['e', 3, '.1.1.0'],
        ['f', 1, '.2'],
      ],
    );
    assert.equal(parentOf('.1.1.0'), '.1.1');
    assert.equal(parentOf('.1'), undefined);
  });

  it('shows a value that is no container', () => {
    assert.deepEqual(
      jsonRows(leaf('x', '7'), new Set()).map(({ node: { text } }) => text),
      ['7'],
    );
  });

  it('opens nothing by itself that has very many members', () => {
    const wide = node(null, node('many', ...Array.from({ length: 51 }, (_, i) => leaf(String(i)))));
    assert.equal(jsonRows(wide, openAtFirst(wide)).length, 1);
  });

  it('is not exhausted by what is nested very deeply', () => {
    let deep = leaf('x');
    const open = new Set<string>();
    let path = '';
    for (let i = 0; i < 20_000; i++) deep = node('n', deep);
    for (let i = 0; i < 500; i++) open.add((path += '.0'));
    assert.equal(jsonRows(deep, open).length, 501);
  });
});
