import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { ScalarNode, YamlNode } from '../../../src/core/policy/yamlTree';
import { walkYaml } from '../../../src/core/policy/yamlWalk';
import { readYaml } from '../../../src/policyfile/yaml/readYaml';
import { withoutUnprintable } from '../../../src/policyfile/yaml/unprintable';
import { scalarsOf, under } from './support/trees';
import { damagedYaml, yamlDocument } from './support/yamlTexts';

/** What must stand in the source where a scalar is said to be. */
function checkSource(text: string, { span, style, text: content }: ScalarNode): void {
  const source = under(text, span);
  switch (style) {
    case 'plain':
      // (Over several lines they are joined, and an alias that leads nowhere stands for itself.)
      if (!/[\n\r\x85\u2028\u2029]/.test(source)) assert.equal(source, content);
      else assert.equal(squeezed(source), squeezed(content));
      break;
    case 'single':
      assert.match(source, /^'[^]*'$/);
      assert.equal(squeezed(source.slice(1, -1).replaceAll("''", "'")), squeezed(content));
      break;
    case 'double':
      assert.match(source, /^"[^]*"$/);
      break;
    case 'literal':
    case 'folded':
      assert.match(source, style === 'literal' ? /^\|/ : /^>/);
      assert.equal(squeezed(source.replace(/^.*/, '')), squeezed(content));
      assert.doesNotMatch(source, /\n$/);
  }
}

/** A tab that may not be there is read as a space, and what is not printable as U+FFFD. */
function asRead(text: string): string {
  return withoutUnprintable(text, 0).text.replaceAll('\t', ' ');
}

function squeezed(text: string): string {
  return text.replace(/[\s\x85]+/g, ' ').trim();
}

/** Those that are written in a node, and not elsewhere under a name. */
function checkWithin(root: YamlNode, isWritten: (child: YamlNode) => boolean): void {
  walkYaml(root, (node) => {
    let end = node.span.start;
    const children = node.kind === 'sequence' ? node.items : node.kind === 'mapping' ? partsOf(node) : [];
    for (const child of children.filter(isWritten)) {
      assert.ok(child.span.start >= end && child.span.end <= node.span.end);
      end = child.span.end;
    }
    return undefined;
  });
}

function partsOf({ entries }: YamlNode & { kind: 'mapping' }): YamlNode[] {
  return entries.filter(({ isMerged }) => !isMerged).flatMap(({ key, value }) => [key, value]);
}

describe('The place of a value', () => {
  it('covers what is written, in every style', () => {
    fc.assert(
      fc.property(yamlDocument, ({ text, scalars }) => {
        const { root, problems } = readYaml(text);
        assert.deepEqual(problems, []);
        const found = scalarsOf(root);
        assert.deepEqual(
          found.map((scalar) => scalar.text),
          scalars,
        );
        for (const scalar of found) checkSource(text, scalar);
        checkWithin(root!, () => true);
      }),
      { numRuns: 1000 },
    );
  });

  it('stays right around what cannot be read', () => {
    fc.assert(
      fc.property(damagedYaml, (text) => {
        const { root, problems, leftOut } = readYaml(text);
        for (const { span } of [...problems, ...leftOut.map((part) => ({ span: part }))]) {
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
        }
        // What is left out within a text in quotes or brackets leaves spaces in it.
        const whole = scalarsOf(root).filter(({ span, text: content }) => content !== '' && !overlaps(span, leftOut));
        for (const scalar of whole) checkSource(asRead(text), scalar);
        // Nothing that is left out is claimed to have been read.
        for (const { span } of whole) assert.ok(!overlaps(span, leftOut));
      }),
      { numRuns: 2000 },
    );
  });

  it('counts UTF-16 units, a byte order mark and both halves of a line end', () => {
    const text = '\ufeffa: 1\r\n😀: "é"\r\n';
    const places = scalarsOf(readYaml(text).root).map(({ span }) => under(text, span));
    assert.deepEqual(places, ['a', '1', '😀', '"é"']);
  });

  it('is that of the content, behind tag and anchor, and of a collection from its first to its last character', () => {
    const text = 'a: &x !!str b\nc: &y\n  - d\n  - [e, {f: g}] # h\n\ni: |\n  j\n\nk:\n';
    const { root } = readYaml(text);
    if (root?.kind !== 'mapping') assert.fail('no mapping');
    assert.deepEqual(
      root.entries.map(({ value }) => under(text, value.span)),
      ['b', '- d\n  - [e, {f: g}]', '|\n  j', ''],
    );
    assert.equal(root.entries[3].value.span.start, text.indexOf('k:') + 2);
  });
});

function overlaps(span: { start: number; end: number }, parts: readonly { start: number; end: number }[]): boolean {
  return parts.some(({ start, end }) => span.start < end && start < span.end);
}
