import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { pyContains, pyEquals } from '../../../src/core/policy/pyEquality';
import { PyError } from '../../../src/core/policy/pyError';
import { pyInt } from '../../../src/core/policy/pyInt';
import { pyOrder, type OrderSign } from '../../../src/core/policy/pyOrder';
import { pyRepr, pyStr } from '../../../src/core/policy/pyText';
import { pyTruth } from '../../../src/core/policy/pyValues';
import { parseTimeOfDay } from '../../../src/core/policy/conditions/timeOfDay';
import type { PyValue } from '../../../src/core/policy/yamlTree';
import { askPython } from '../support/python';
import { asciiRepr, dates, DECODED, manyOf, numbers, texts, told, values } from './support/values';

/** One operation on two values, ours and Python's; `a` and `b` are what it is about. */
interface Operation {
  readonly python: string;
  readonly ours: (a: PyValue, b: PyValue) => PyValue;
}

const OPERATIONS: readonly Operation[] = [
  { python: 'a == b', ours: (a, b) => pyEquals(a, b) },
  ...(['<', '<=', '>', '>='] as OrderSign[]).map((sign) => ({
    python: `a ${sign} b`,
    ours: (a: PyValue, b: PyValue) => pyOrder(sign, a, b),
  })),
  { python: 'a in b', ours: (a, b) => pyContains(b, a) },
  { python: 'str(a)', ours: (a) => pyStr(a) },
  { python: 'repr(a)', ours: (a) => pyRepr(a) },
  { python: 'bool(a)', ours: (a) => pyTruth(a) },
  { python: 'int(a)', ours: (a) => pyInt(a) },
];

const PROGRAM = `${DECODED}
import json
def answer(data):
    question = json.loads(data)
    try:
        said = eval(question['operation'], {'a': decoded(question['a']), 'b': decoded(question['b']), 'datetime': datetime})
        return ascii(said if isinstance(said, (bool, str)) else str(said)).encode()
    except Exception as error:
        return ascii(f'{type(error).__name__}: {error}').encode()
`;

interface Question {
  readonly operation: Operation;
  readonly a: PyValue;
  readonly b: PyValue;
}

/** True and False as they are, all else as a text, and `ascii()` of it. */
function ascii(value: PyValue): string {
  return asciiRepr(typeof value === 'bigint' ? String(value) : value);
}

function oursFor({ operation, a, b }: Question): string {
  try {
    return ascii(operation.ours(a, b));
  } catch (error) {
    if (!(error instanceof PyError)) throw error;
    return ascii(`${error.type}: ${error.said}`);
  }
}

const halves = fc.array(fc.constantFrom('\ud83d', '\ude00', 'a'), { maxLength: 4 }).map((parts) => parts.join(''));

/** Two values of which the second often is the first, or holds it. */
const pairs: fc.Arbitrary<readonly [PyValue, PyValue]> = fc.oneof(
  fc.tuple(values, values),
  values.map((value) => [value, value] as const),
  fc.tuple(values, values, values).map(
    ([a, b, c]) =>
      [
        [a, b],
        [a, c],
      ] as const,
  ),
  fc.tuple(values, values).map(([a, b]) => [a, [b, a]] as const),
  fc.tuple(texts, texts).map(([a, b]) => [a, b + a + b] as const),
  fc.tuple(numbers, numbers),
  fc.tuple(dates, dates),
  // Halves of a character, which are no parts of it.
  fc.tuple(halves, halves),
);

function agree({ some: questions, seed }: { some: readonly Question[]; seed: number }): Map<string, number> {
  const asked = questions.map(({ operation, a, b }) =>
    Buffer.from(JSON.stringify({ operation: operation.python, a: told(a), b: told(b) })),
  );
  const seen = new Map<string, number>();
  askPython(PROGRAM, asked).forEach((answer, i) => {
    const { operation, a, b } = questions[i];
    const said = answer.toString();
    assert.equal(oursFor(questions[i]), said, `${operation.python} with ${pyRepr(a)} and ${pyRepr(b)} (seed ${seed})`);
    const kind = /^['"]\w+Error: /.test(said) ? `${operation.python} raises` : operation.python;
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
  });
  return seen;
}

describe("Python's operators, which the reference's conditions are made of", () => {
  it('agree on values of all types, in their results and in what they raise', () => {
    const question = fc
      .tuple(fc.constantFrom(...OPERATIONS), pairs)
      .map(([operation, [a, b]]): Question => ({ operation, a, b }));
    const seen = agree(manyOf(question, 10_000));
    for (const { python } of OPERATIONS) assert.ok(seen.get(python)! > 50, `${python}: ${seen.get(python)}`);
    for (const python of ['a < b', 'a in b', 'int(a)']) assert.ok(seen.get(`${python} raises`)! > 50, python);
  });

  it('compare numbers by their exact value, and not as they would be rounded', () => {
    const [int, float] = [2n ** 53n + 1n, 2 ** 53];
    assert.ok(!pyEquals(int, float) && pyOrder('>', int, float) && pyOrder('<', float, int));
    assert.ok(pyEquals(2n ** 53n, float) && pyEquals(true, 1) && pyEquals(1n, true) && pyEquals(0n, -0));
    assert.ok(!pyEquals(1n, '1') && !pyEquals(NaN, NaN) && !pyOrder('<=', NaN, NaN));
  });

  it("agree on whole numbers in any script's digits", () => {
    const digits = Array.from({ length: 0x110000 }, (_, point) => String.fromCodePoint(point)).filter((character) =>
      /\p{Nd}/u.test(character),
    );
    assert.ok(digits.length > 600);
    const operation = OPERATIONS.find(({ python }) => python === 'int(a)')!;
    const questions = [...digits, ...ODD_NUMBERS].map((a): Question => ({ operation, a, b: null }));
    // (A digit that came with a later edition of Unicode than Python's own is none to it.)
    const program = `
import unicodedata
def answer(data):
    text = data.decode()
    return b'known' if len(text) != 1 or unicodedata.category(text) == 'Nd' else b'new'
`;
    const known = askPython(
      program,
      questions.map(({ a }) => Buffer.from(a as string)),
    );
    agree({ some: questions.filter((_, i) => known[i].toString() === 'known'), seed: 0 });
  });

  it('agree on times of day', () => {
    const operation: Operation = {
      python:
        '(lambda parts: (lambda time: time.hour * 60 + time.minute)(datetime.time(int(parts[0]), int(parts[1]))))(a.strip().split(":"))',
      ours: (a) => BigInt(parseTimeOfDay(a) / 60_000_000),
    };
    const space = fc.constantFrom('', ' ', '\n', '\x1c', '\u3000', '\ufeff');
    const time = fc
      .tuple(space, fc.array(fc.constantFrom(...ODD_NUMBERS), { maxLength: 3 }), space)
      .map(([before, parts, behind]) => before + parts.join(':') + behind);
    const asked = fc.oneof({ weight: 9, arbitrary: time }, { weight: 1, arbitrary: values });
    const { some, seed } = manyOf(asked, 5000);
    agree({ some: some.map((a) => ({ operation, a, b: null })), seed });
  });
});

const ODD_NUMBERS = [
  ...['0', '9', '09', '18', '23', '24', '30', '59', '60', '-1', '+5', '- 1', ' 7 ', '', 'x', '1.0'],
  ...['1_0', '_1', '1__0', '٣', '١٨', '\x1c1', '\x1c١', '\x1f8', '\u00a08', ' 1\u2003', '1\ufeff'],
  ...['99999999999', '-99999999999', '9'.repeat(30), '1'.repeat(4301), 'x'.repeat(300)],
];
