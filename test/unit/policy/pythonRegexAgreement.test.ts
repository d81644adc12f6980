import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { compilePythonRegex } from '../../../src/core/policy/pythonRegex/compilePythonRegex';
import { askPython } from '../support/python';

interface Question {
  readonly pattern: string;
  readonly texts: readonly string[];
}

/** For each text whether something is found; null where the pattern is refused; for Python, `late` where it took too long. */
type Answer = readonly boolean[] | null | 'late';

/** Only what means the same to all Pythons from 3.9 on; what is special to 3.11 is in the table of facts. */
const UNITS = [
  'a',
  'b',
  'A',
  '1',
  '_',
  ' ',
  '\\n',
  '.',
  '\\d',
  '\\W',
  '\\s',
  '[ab]',
  '[^a]',
  '[a-c1]',
  '[^\\w]',
  'é',
  'ß',
  '[à-ü]',
];
const PLACES = ['^', '$', '\\b', '\\A', '\\Z'];
const GREEDY = ['', '', '*', '+', '?', '{2}', '{1,2}', '{,2}', '{2,}', '{0}'];
const GROUPS = ['(', '(?:', '(?i:', '(?s:'];
const WIDE = ['a', 'b', '.', '\\d', '[ab]', '(?:a|b)', 'a{2}', 'ab'];
const MISTAKES = ['(', ')', '[', '*', '\\', '{3,2}', '[b-a]', '(?P<', '(?z)', '\\q', '(?<=a*)', '\\9'];

/** Python must come to an end, too: what is repeated without limit has no repeats in it, and little is within each other. */
const { pattern } = fc.letrec<{ pattern: string; sequence: string; item: string; flat: string }>((tie) => ({
  pattern: joined(tie('sequence'), 1, 3, '|'),
  sequence: joined(tie('item'), 0, 4, ''),
  flat: joined(joined(fc.constantFrom(...UNITS, ...PLACES), 0, 3, ''), 1, 3, '|'),
  item: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc
      .tuple(fc.constantFrom(...UNITS), fc.constantFrom(...GREEDY, '*?', '+?', '??', '{1,2}?'))
      .map(([unit, many]) => unit + many),
    fc.constantFrom(...PLACES),
    fc
      .tuple(fc.constantFrom(...GROUPS), tie('flat'), fc.constantFrom(...GREEDY))
      .map(([open, body, many]) => `${open}${body})${many}`),
    fc
      .tuple(fc.constantFrom(...GROUPS), tie('pattern'), fc.constantFrom('', '?', '{2}', '{0,2}'))
      .map(([open, body, many]) => `${open}${body})${many}`),
    fc.tuple(fc.constantFrom('(?=', '(?!'), tie('pattern')).map(([open, body]) => `${open}${body})`),
    fc
      .tuple(fc.constantFrom('(?<=', '(?<!'), fc.array(fc.constantFrom(...WIDE), { maxLength: 3 }))
      .map(([open, body]) => `${open}${body.join('')})`),
  ),
}));

function joined(
  part: fc.Arbitrary<string>,
  minLength: number,
  maxLength: number,
  between: string,
): fc.Arbitrary<string> {
  return fc.array(part, { minLength, maxLength }).map((parts) => parts.join(between));
}

const patterns = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom('', '', '(?i)', '(?m)', '(?s)', '(?im)'), pattern)
      .map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(joined(fc.constantFrom(...UNITS), 1, 3, ''), pattern)
      .map(([first, rest]) => `(${first})\\1${rest}`),
  },
  { weight: 1, arbitrary: fc.tuple(pattern, fc.constantFrom(...MISTAKES), pattern).map((parts) => parts.join('')) },
);

const texts = fc.array(
  joined(fc.constantFrom('a', 'a', 'b', 'B', 'A', '1', ' ', '\n', '_', 'é', 'É', 'ß', '😀'), 0, 8, ''),
  {
    minLength: 4,
    maxLength: 4,
  },
);

const PYTHON = `
import json, re, signal, warnings
warnings.simplefilter('ignore')
class Late(Exception):
    pass
def late(*_):
    raise Late
def allow(seconds):
    if hasattr(signal, 'setitimer'):
        signal.signal(signal.SIGALRM, late)
        signal.setitimer(signal.ITIMER_REAL, seconds)
def answer(question):
    question = json.loads(question)
    try:
        allow(5)
        search = re.compile(question['pattern']).search
        return json.dumps([search(text) is not None for text in question['texts']]).encode()
    except re.error:
        return b'null'
    except Late:
        return b'"late"'
    finally:
        allow(0)
`;

describe('this Python', () => {
  it('refuses the same patterns and finds the same', () => {
    const questions: Question[] = fc.sample(fc.record({ pattern: patterns, texts }), { numRuns: 2500 });
    const answers = askPython(
      PYTHON,
      questions.map((question) => Buffer.from(JSON.stringify(question))),
    ).map((answer) => JSON.parse(answer.toString()) as Answer);
    assert.equal(answers.length, questions.length);
    for (const [i, question] of questions.entries())
      if (answers[i] !== 'late') assert.deepEqual(ours(question), answers[i], JSON.stringify(question));
    const refused = answers.filter((answer) => answer === null).length;
    const found = answers.filter((answer) => Array.isArray(answer) && answer.includes(true)).length;
    assert.ok(refused > 50 && found > 300 && answers.length - refused - found > 100, 'each kind has been asked about');
    assert.ok(answers.filter((answer) => answer === 'late').length < 10, 'Python has answered nearly all');
  });
});

function ours({ pattern, texts }: Question): Answer {
  const regex = compilePythonRegex(pattern);
  return 'problem' in regex ? null : texts.map((text) => regex.search(text) === 'found');
}
