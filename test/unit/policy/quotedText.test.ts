import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { quotedText } from '../../../src/core/policy/quotedText';
import { readYaml } from '../../../src/policyfile/yaml/readYaml';
import { accepted } from './editing/support/written';
import { applied, lint } from './support/linted';

/** Characters that YAML refuses, breaks lines at, skips or escapes, besides ordinary ones. */
const AWKWARD = [
  ...'a"\\\'#:{}[],&*!|>%@`-? \t\n\r\0\x07\x1b\x7f\x80\x85\x9f\xa0',
  '\u200b',
  '\u202e',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\ufffd',
  '\ufffe',
  '\uffff',
  '\ud800',
  '\udfff',
  '😀',
  '\u{10ffff}',
];

const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...AWKWARD), maxLength: 40 }),
  fc.string({ unit: 'binary' }),
  fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
);

function read(yaml: string): unknown {
  const { root, problems } = readYaml(yaml);
  assert.deepEqual(problems, [], JSON.stringify(yaml));
  return root?.kind === 'mapping' && root.entries[0].value.kind === 'scalar' ? root.entries[0].value.value : undefined;
}

describe('A text in quotes', () => {
  it('is that text to the loader, whatever is in it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.equal(read(`k: ${quotedText(text)}\n`), text);
        assert.equal(read(`{k: ${quotedText(text)}}`), text);
      }),
      { numRuns: 2000 },
    );
    for (let unit = 0; unit <= 0xffff; unit++) {
      const text = `a${String.fromCharCode(unit)}b`;
      if (unit < 0x3000 || unit >= 0xd7ff) assert.equal(read(`k: ${quotedText(text)}`), text);
    }
  });

  it('stands on one line and is as it was where nothing in it asks for an escape', () => {
    fc.assert(fc.property(anyText, (text) => assert.match(quotedText(text), /^"[^\x00-\x1f\x7f-\x9f\u2028\u2029]*"$/)));
    for (const plain of ['18:00', 'größer', '😀', 'a b', "it's"]) assert.equal(quotedText(plain), `"${plain}"`);
  });

  it('is what a fix writes: it never makes a file that the loader refuses', () => {
    const head = 'version: "1"\ndefaults: { approval: approve }\nrules:\n';
    fc.assert(
      fc.property(anyText, fc.constantFrom('match: TEXT', 'match: { type: x }\n    approval: TEXT'), (text, where) => {
        const written = `${head}  - name: a\n    ${where.replace('TEXT', () => quotedText(text))}\n`;
        for (const { fixes } of lint(written))
          for (const fix of fixes) assert.deepEqual(readYaml(applied(written, fix)).problems, [], fix.title);
      }),
      { numRuns: 500 },
    );
  });

  it('is what a recorded word is written as', () => {
    const text = 'a\x7f\u2028\ufeff\ud800"';
    const recorded = { types: [{ text, count: 1 }], targets: [], agents: [] };
    const label = 'a\\u{7f}\\u{2028}\\u{feff}\\u{d800}"';
    assert.ok(accepted('rules:\n  - match:\n      type: ‸\n', label, recorded).includes(`type: ${quotedText(text)}`));
  });
});

describe('A fix that writes quotes', () => {
  it('says what it writes in few characters that can all be seen', () => {
    const head = 'rules:\n  - name: a\n    match: { type: x }\n    conditions: { semantic: ';
    for (const number of ['9'.repeat(1000), `0x${'f'.repeat(1000)}`]) {
      const [fix] = lint(`${head}${number} }\n`).find(({ code }) => code === 'non-string')!.fixes;
      assert.ok(fix.title.length < 90, fix.title);
      assert.equal(fix.edits[0].text, `"${number}"`);
    }
  });
});
