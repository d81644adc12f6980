import * as fc from 'fast-check';

/** JSON as somebody could have written it, with the spellings that tell two readers apart. No line ends: a text is a line. */

const hex = fc.stringMatching(/^[0-9a-fA-F]{4}$/);

const character = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'abz019 _~/.-,:{}[]') },
  { weight: 2, arbitrary: fc.constantFrom('\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t') },
  { weight: 2, arbitrary: hex.map((digits) => `\\u${digits}`) },
  { weight: 1, arbitrary: fc.constantFrom('\\ud83d\\ude00', '\\uD800', '\\udc00', '\\uffff', '\\u0000', '\\u007f') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('é', '\u007f', '\u0080', '߿', 'ࠀ', '\uffff', '\ufeff', '\u2028', '😀', '\u{10000}'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter(isPlain) },
);

function isPlain(text: string): boolean {
  return !/["\\\p{Cs}]/u.test(text) && text >= ' ';
}

export const textText = fc.oneof(
  fc.array(character, { maxLength: 12 }).map((parts) => `"${parts.join('')}"`),
  fc.constantFrom('""', '"__proto__"', '"constructor"', '"toString"', `"${'x'.repeat(300)}"`),
);

const digits = fc.stringMatching(/^(0|[1-9][0-9]{0,25})$/);

export const numberText = fc.oneof(
  digits,
  digits.map((text) => `-${text}`),
  fc.stringMatching(/^-?(0|[1-9][0-9]{0,18})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?$/),
  fc.double().map((value) => (Number.isFinite(value) ? JSON.stringify(value) : String(value))),
  fc.constantFrom(
    '-0',
    '-0.0',
    '0.0',
    '1.0',
    '1e16',
    '1e-5',
    '0.0001',
    '0.00001',
    '9999999999999998.0',
    '1E400',
    '-1e400',
  ),
  fc.constantFrom('9007199254740993', '123456789012345680.0', '5e-324', '1e-400', 'NaN', 'Infinity', '-Infinity'),
);

const space = fc.constantFrom('', '', '', ' ', '\t', '  ');

/** Few different keys, so that some come twice, in spellings of the same one too. */
const key = fc.oneof(
  fc.constantFrom('"a"', '"b"', '"\\u0061"', '"ab"', '"a b"', '"A"', '"__proto__"', '""'),
  fc
    .constantFrom(
      '"\\uffff"',
      '"\uffff"',
      '"\u{10000}"',
      '"\\ud800\\udc00"',
      '"\\ud800"',
      '"\\"',
      '"é"',
      '"1"',
      '"10"',
      '"2"',
    )
    .map((text) => (text === '"\\"' ? '"\\\\"' : text)),
  textText,
);

export const valueText: fc.Arbitrary<string> = fc.letrec<{
  value: string;
  list: string;
  object: string;
  scalar: string;
}>((tie) => ({
  scalar: fc.oneof(numberText, textText, fc.constantFrom('true', 'false', 'null')),
  list: fc
    .array(fc.tuple(space, tie('value'), space), { maxLength: 4 })
    .map((items) => `[${items.map((item) => item.join('')).join(',')}]`),
  object: fc
    .array(fc.tuple(space, key, space, fc.constant(':'), space, tie('value'), space), { maxLength: 6 })
    .map((members) => `{${members.map((member) => member.join('')).join(',')}}`),
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('scalar'), tie('list'), tie('object')),
})).value;

/** A text with some characters taken out, put in or replaced: rarely JSON, always nearly so. */
export const damagedText = fc
  .tuple(
    valueText,
    fc.array(
      fc.record({
        at: fc.nat(),
        gone: fc.nat({ max: 2 }),
        put: fc.constantFrom(
          '',
          '',
          '"',
          '\\',
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '0',
          '-',
          '.',
          'e',
          'u',
          'x',
          ' ',
          '\u0001',
          'é',
          '😀',
          'nul',
          'Inf',
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((damaged, { at, gone, put }) => {
      const units = [...damaged];
      const place = at % (units.length + 1);
      units.splice(place, gone, put);
      return units.join('');
    }, text),
  );
