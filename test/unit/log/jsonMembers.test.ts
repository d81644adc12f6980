import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { membersOf, readString } from '../../../src/core/log/jsonMembers';
import { textText, valueText } from '../support/jsonTexts';

const space = fc.constantFrom('', '', ' ', '\t', '\r\n', '  ');

describe('The members of an object as it is written', () => {
  it('are its names, read, and the texts of its values, in its order', () => {
    const member = fc.tuple(textText, valueText, space, space);
    fc.assert(
      fc.property(fc.array(member, { maxLength: 8 }), space, (members, around) => {
        const written = members.map(([name, value, a, b]) => `${a}${name}${b}:${a}${value}${b}`);
        const source = `${around}{${around}${written.join(',')}${around}}${around}`;
        const wanted = members.map(([name, value]) => ({ name: JSON.parse(name) as string, value: value.trim() }));
        assert.deepEqual(membersOf(source), wanted, source);
      }),
      { numRuns: 2000 },
    );
  });

  it('are none where it is no object', () => {
    for (const source of [
      '',
      ' ',
      '[]',
      '"{}"',
      '1',
      'null',
      'x{}',
      '{',
      '{"a"',
      '{"a":1',
      '{"a" 1}',
      '{a:1}',
      '{"\\x":1}',
    ]) {
      assert.equal(membersOf(source), undefined, source);
    }
    assert.deepEqual(membersOf('{}'), []);
    assert.deepEqual(membersOf(' { } '), []);
  });

  it('may be many and deep', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    assert.deepEqual(membersOf(`{"a":${deep},"b":1}`), [
      { name: 'a', value: deep },
      { name: 'b', value: '1' },
    ]);
    const many = Array.from({ length: 100_000 }, (_, i) => `"${i}":${i}`);
    assert.equal(membersOf(`{${many.join(',')}}`)?.length, 100_000);
    // Quotation marks that never end.
    assert.equal(membersOf(`{"a":"${'\\"'.repeat(500_000)}`), undefined);
  }).timeout(5_000);

  it('give the text that a string stands for, and none where it is no string', () => {
    fc.assert(fc.property(textText, (source) => assert.equal(readString(source), JSON.parse(source))));
    for (const source of ['', '"', 'x', '1', 'null', '["a"]', '"a" "b"', "'a'"])
      assert.equal(readString(source), undefined);
  });
});
