import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { JsonProblem, MAX_DEPTH, pythonMessage } from '../../../src/core/json/jsonProblem';
import { canonicalOf } from '../support/canonical';
import { damagedText, valueText } from '../support/jsonTexts';
import { askPython } from '../support/python';

const PYTHON = `
import json
def answer(data):
    try:
        return json.dumps(json.loads(data.decode('utf-8')), sort_keys=True, separators=(',', ':')).encode()
    except json.JSONDecodeError as error:
        return f'{error.msg} (char {error.pos})'.encode()
    except UnicodeDecodeError:
        return b'not UTF-8'
    except RecursionError:
        return b'too deep'
    except ValueError as error:
        return b'too many digits' if 'digits' in str(error) else str(error).encode()
`;

/** Our answer in the words that Python is made to answer in. */
function ourAnswer(text: string | Uint8Array): string {
  const said = canonicalOf(text);
  if ('canonical' in said) return said.canonical;
  switch (said.problem) {
    case JsonProblem.InvalidUtf8:
      return 'not UTF-8';
    case JsonProblem.TooDeep:
      return 'too deep';
    case JsonProblem.TooManyDigits:
      return 'too many digits';
    default:
      return `${pythonMessage(said.problem)} (char ${said.char})`;
  }
}

function compare(texts: readonly (string | Uint8Array)[]): void {
  const answers = askPython(
    PYTHON,
    texts.map((text) => (typeof text === 'string' ? Buffer.from(text) : text)),
  );
  assert.equal(answers.length, texts.length);
  texts.forEach((text, i) => {
    const theirs = answers[i].toString('latin1');
    assert.equal(ourAnswer(text), theirs, `of ${JSON.stringify(text.toString().slice(0, 400))}`);
  });
}

/** As a line is before it is read. One that starts with a byte order mark never gets that far. */
function stripped(text: string): string {
  return text.replace(/^[ \t\ufeff]+|[ \t]+$/g, '');
}

/** Many texts at once, for one Python to answer. */
function many(text: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  return fc.array(text, { minLength: 2000, maxLength: 2000, size: 'max' });
}

describe('The canonical form of a value', () => {
  it('is what Python writes, byte for byte', () => {
    fc.assert(fc.property(many(valueText), compare), { numRuns: 4, endOnFailure: true });
  });

  it('is refused with the message and at the place that Python names', () => {
    fc.assert(fc.property(many(damagedText.map(stripped)), compare), { numRuns: 4, endOnFailure: true });
  });

  it('is refused for the same bytes that are no UTF-8', () => {
    const broken = ['c0 80', 'c1 bf', 'e0 80 80', 'e0 9f bf', 'ed a0 80', 'ed bf bf', 'f0 80 80 80', 'f0 8f bf bf'];
    const more = ['f4 90 80 80', 'f5 80 80 80', '80', 'bf', 'c3', 'e2 82', 'f0 9f 98', 'ff', 'fe', 'c3 28'];
    const fine = ['c2 80', 'df bf', 'e0 a0 80', 'ed 9f bf', 'ee 80 80', 'ef bf bf', 'f0 90 80 80', 'f4 8f bf bf', '7f'];
    compare(
      [...broken, ...more, ...fine].map((bytes) =>
        Buffer.concat([Buffer.from('["'), Buffer.from(bytes.replaceAll(' ', ''), 'hex'), Buffer.from('"]')]),
      ),
    );
  });

  it('keeps every digit of an integer of 4,300 digits and refuses one of 4,301, as Python does', () => {
    compare(['7'.repeat(4300), `-${'7'.repeat(4300)}`, '7'.repeat(4301), `[-${'7'.repeat(5000)}]`]);
    compare([`${'7'.repeat(5000)}.0`, `0.${'3'.repeat(5000)}`, `1e${'0'.repeat(5000)}1`]);
  });

  it('is made of any nesting that Python reads, and none deeper than a bound', () => {
    compare([`${'['.repeat(900)}${']'.repeat(900)}`, `${'{"a":'.repeat(900)}1${'}'.repeat(900)}`]);
    assert.ok('canonical' in canonicalOf(`${'['.repeat(MAX_DEPTH)}${']'.repeat(MAX_DEPTH)}`));
    for (const text of ['['.repeat(MAX_DEPTH + 1), '['.repeat(100_000), '{"a":'.repeat(100_000)])
      assert.equal(ourAnswer(text), 'too deep');
  });

  it('does not depend on the room that its buffer has', () => {
    fc.assert(
      fc.property(valueText, fc.integer({ min: 1, max: 64 }), (text, capacity) => {
        assert.deepEqual(canonicalOf(text, capacity), canonicalOf(text));
      }),
      { numRuns: 2000 },
    );
  });
});
