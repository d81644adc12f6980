import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { compareByCodePoint } from '../../../src/core/json/codePointOrder';
import { pythonFloat } from '../../../src/core/json/pythonFloat';
import { pythonRepr, pythonStr } from '../../../src/core/json/pythonRepr';
import { canonicalOf } from '../support/canonical';
import { valueText } from '../support/jsonTexts';
import { askPython } from '../support/python';

const doubles = fc.oneof(
  fc.double(),
  fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map((bits) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, bits);
    return view.getFloat64(0);
  }),
  fc.integer({ min: -30, max: 30 }).chain((exponent) => fc.double({ min: 1, max: 10 }).map((m) => m * 10 ** exponent)),
  fc.integer().map((value) => value * 1e10),
  fc.constantFrom(1e16, 9999999999999998, 1e-4, 9.999e-5, 1e21, 1e22, 1e-7, 0, -0, 5e-324, 1.7976931348623157e308),
);

const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc
    .array(fc.constantFrom('a', '\uffff', '\u{10000}', '\ud800', '\udc00', '\udbff', '\ue000'), { maxLength: 5 })
    .map((parts) => parts.join('')),
);

const printable = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code)),
    fc.constantFrom(...`'"\\`),
  ),
  maxLength: 12,
});

function many<T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(one, { minLength: 5000, maxLength: 5000, size: 'max' });
}

describe("Python's spelling", () => {
  it('of a double is told from the double alone', () => {
    const program =
      'import struct\ndef answer(data):\n    import json\n    return json.dumps(struct.unpack("<d", data)[0]).encode()';
    const check = (values: number[]): void => {
      const questions = values.map((value) => Buffer.from(new Float64Array([value]).buffer));
      askPython(program, questions).forEach((answer, i) => assert.equal(pythonFloat(values[i]), answer.toString()));
    };
    fc.assert(fc.property(many(doubles), check), { numRuns: 2, endOnFailure: true });
  });

  it('of the order of texts goes by code point, a lone surrogate being its own', () => {
    const program = `
def answer(data):
    a, b = (bytes.fromhex(half).decode('utf-16-le', 'surrogatepass') for half in data.decode().split(','))
    return b'<' if a < b else b'>' if a > b else b'='
`;
    const utf16 = (text: string): string => Buffer.from(text, 'utf16le').toString('hex');
    const check = (pairs: [string, string][]): void => {
      const questions = pairs.map(([a, b]) => Buffer.from(`${utf16(a)},${utf16(b)}`));
      askPython(program, questions).forEach((answer, i) => {
        const order = compareByCodePoint(...pairs[i]);
        assert.equal(order < 0 ? '<' : order > 0 ? '>' : '=', answer.toString(), JSON.stringify(pairs[i]));
      });
    };
    fc.assert(fc.property(many(fc.tuple(nastyText, nastyText)), check), { numRuns: 2, endOnFailure: true });
  });

  it('of a text in a message has its quotes and escapes', () => {
    const program = 'def answer(data):\n    return repr(data.decode()).encode()';
    const check = (texts: string[]): void => {
      const questions = texts.map((text) => Buffer.from(text));
      askPython(program, questions).forEach((answer, i) => assert.equal(pythonRepr(texts[i]), answer.toString()));
    };
    fc.assert(fc.property(many(printable), check), { numRuns: 2, endOnFailure: true });
  });

  it('of any value as a sequence id in a message is that of str()', () => {
    const program = `
import json, unicodedata
def ordered(value):
    if isinstance(value, dict):
        return {key: ordered(value[key]) for key in sorted(value)}
    return [ordered(item) for item in value] if isinstance(value, list) else value
def answer(data):
    said = str(ordered(json.loads(data)))
    newer = any(unicodedata.category(character) == 'Cn' for value in [json.dumps(json.loads(data), ensure_ascii=False)] for character in value)
    return b'newer' if newer else said.encode('utf-16-le', 'surrogatepass')
`;
    const check = (texts: string[]): void => {
      askPython(
        program,
        texts.map((text) => Buffer.from(text)),
      ).forEach((answer, i) => {
        const said = canonicalOf(texts[i]);
        assert.ok('canonical' in said);
        const ours = pythonStr(said.canonical);
        // Two runtimes may know different editions of Unicode, and so disagree on what prints.
        if (
          answer.toString() === 'newer' ||
          /\p{Cn}/u.test(JSON.stringify(JSON.parse(said.canonical.replace(/-?Infinity|NaN/g, '0'))))
        )
          return;
        assert.deepEqual(Buffer.from(ours, 'utf16le'), answer, texts[i]);
      });
    };
    fc.assert(fc.property(many(valueText), check), { numRuns: 1, endOnFailure: true });
  });
});
