import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Dictionary } from '../../../src/core/log/dictionary';
import { collidingTexts } from './support/collisions';
import { decode } from './support/logs';

/** The number of a text that stands somewhere in a larger buffer, which is overwritten at once. */
function idOfBytes(dictionary: Dictionary, bytes: Uint8Array): number {
  const source = new Uint8Array(bytes.length + 2).fill(0x78);
  source.set(bytes, 1);
  const id = dictionary.idOfBytes(source, 1, 1 + bytes.length);
  source.fill(0x3f);
  return id;
}

describe('The different values of a column', () => {
  it('have one number each, whether they come as texts or as bytes', () => {
    const text = fc.oneof(
      fc.constantFrom('', 'a', 'b', 'null', 'é', '세션-9', '\ufffd', '😀', 'x'.repeat(900), 'y'.repeat(5000)),
      fc.string({ maxLength: 3 }),
    );
    const value = fc.tuple(text, fc.boolean());
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), (values) => {
        const dictionary = new Dictionary(decode);
        const known = new Map<string, number>();
        for (const [each, isBytes] of values) {
          const id = isBytes ? idOfBytes(dictionary, Buffer.from(each)) : dictionary.idOfText(each);
          assert.equal(id, known.get(each) ?? known.size, JSON.stringify(each));
          known.set(each, id);
        }
        assert.deepEqual(dictionary.values, [...known.keys()]);
      }),
    );
  });

  it('are one where they read the same: what is no UTF-8 reads as U+FFFD', () => {
    const dictionary = new Dictionary(decode);
    const ids = [[0xff], [0xfe], [0xef, 0xbf, 0xbd]].map((bytes) => idOfBytes(dictionary, Uint8Array.from(bytes)));
    assert.deepEqual(ids, [0, 0, 0]);
    assert.equal(dictionary.idOfText('\ufffd'), 0);
    assert.deepEqual(dictionary.values, ['\ufffd']);
  });

  it('do not take nothing for the empty text, nor for the word null', () => {
    const dictionary = new Dictionary(decode);
    const ids = [
      dictionary.idOfNothing(),
      dictionary.idOfText(''),
      dictionary.idOfText('null'),
      dictionary.idOfNothing(),
      idOfBytes(dictionary, new Uint8Array(0)),
    ];
    assert.deepEqual(ids, [0, 1, 2, 0, 1]);
    assert.deepEqual(dictionary.values, [null, '', 'null']);
  });

  it('may be many, and each keeps its number', () => {
    const dictionary = new Dictionary(decode);
    for (const round of [1, 2]) {
      for (let i = 0; i < 30_000; i++) {
        assert.equal(idOfBytes(dictionary, Buffer.from(`value ${i}`)), i, `in round ${round}`);
      }
    }
    assert.equal(dictionary.values.length, 30_000);
  });

  it('can be made so that their hashes are one, which does not hang', () => {
    const texts = collidingTexts(16);
    const dictionary = new Dictionary(decode);
    for (const round of [1, 2]) {
      texts.forEach((text, i) => {
        const bytes = Buffer.from(text);
        assert.equal(dictionary.idOfBytes(bytes, 0, bytes.length), i, `in round ${round}`);
      });
    }
    assert.equal(dictionary.values.length, 65_536);
  }).timeout(4_000);
});
