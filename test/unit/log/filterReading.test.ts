import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { compileFilter } from '../../../src/core/log/filter/compile';
import { matchesGlob } from '../../../src/core/log/filter/glob';
import { EVERYTHING, parseFilter } from '../../../src/core/log/filter/parse';
import { isTimeField, timesOf, withoutTimes } from '../../../src/core/log/filter/timeTerms';
import { tokensOf } from '../../../src/core/log/filter/tokens';
import { microsecondsOf } from '../../../src/core/log/timestamp';
import { indexOf } from './support/entries';
import { NOW, entry, filterOf, matching, problemOf, term } from './support/filters';

/** What somebody may type, sense or none. */
const typed = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        ...'-:,"*?<>=. ',
        '..',
        'risk',
        'time:',
        'id:',
        'depth',
        'none',
        '2026-03-29',
        '-15m',
        'high',
        '\t',
        '\u00a0',
        'é',
        '😀',
        '\ud800',
        '9'.repeat(20),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
  term.map(({ text }) => text),
);

describe('A filter that is typed', () => {
  it('is read, or has a problem in a sentence about some of its characters; nothing else happens', () => {
    const index = indexOf(fc.sample(entry, { numRuns: 10, seed: 1 }));
    fc.assert(
      fc.property(typed, (text) => {
        const { filter, problem } = parseFilter(text, { now: NOW });
        if (problem === undefined) {
          assert.equal(compileFilter(filter, index).judge(0, index.size).length, index.size);
          return;
        }
        assert.match(problem.message, /^[“A-Z].*[.?]$/su);
        assert.doesNotMatch(problem.message, /[\p{Cc}\p{Cs}]/u, 'what was typed is shown as a text');
        assert.ok(
          problem.from >= 0 && problem.from <= problem.to && problem.to <= text.length,
          JSON.stringify(problem),
        );
      }),
      { numRuns: 10_000 },
    );
  });

  it('is taken apart without losing a character: between its terms there is only space', () => {
    fc.assert(
      fc.property(typed, (text) => {
        let end = 0;
        for (const { from, to, values, valuesFrom } of tokensOf(text)) {
          assert.match(text.slice(end, from), /^[ \t\n\r\u00a0]*$/);
          assert.ok(from < to && valuesFrom >= from && values.length > 0);
          for (const value of values) assert.ok(from <= value.from && value.from <= value.to && value.to <= to);
          end = to;
        }
        assert.match(text.slice(end), /^[ \t\n\r\u00a0]*$/);
      }),
      { numRuns: 5000 },
    );
  });

  const problems: [text: string, about: string, message: RegExp][] = [
    ['rsk:high', 'rsk:', /^There is no field “rsk”\. Did you mean “risk:”\?$/],
    ['http://example.com', 'http:', /^There is no field “http”\. To look for the text, put it in quotation marks\.$/],
    ['risk:high stauts:x', 'stauts:', /Did you mean “status:”\?/],
    ['x -statu:y', '-statu:', /Did you mean “status:”\?/],
    ['__proto__:x', '__proto__:', /There is no field/],
    ['constructor:x', 'constructor:', /There is no field/],
    ['status:', 'status:', /^“status:” needs a value behind it\.$/],
    ['status:a,', 'status:a,', /needs a value/],
    ['status: a', 'status:', /needs a value/],
    ['"abc', '"abc', /^The quotation mark is not closed\.$/],
    ['risk:low rule:a,"b c', '"b c', /not closed/],
    [
      'status:>blocked',
      '>blocked',
      /^“status” has no order, so nothing is less or more than it\. Risk, time, id and depth have one\.$/,
    ],
    ['params:<a', '<a', /has no order/],
    ['risk:>=extreme', '>=extreme', /^“>=extreme” is not a risk: low, medium, high or critical\.$/],
    ['risk:low..', 'low..', /is not a risk/],
    ['risk:low,>x', '>x', /is not a risk/],
    ['id:x', 'x', /^“x” is not a whole number, or two with \.\. between them\.$/],
    ['id:1.5', '1.5', /whole number/],
    ['id:1..', '1..', /whole number/],
    ['id:123456789012345678901', '123456789012345678901', /whole number/],
    ['depth:none', 'none', /^“none” is not a whole number\.$/],
    [
      'time:yesterday',
      'yesterday',
      /^“yesterday” is no time\. Write 2026-03-29, 2026-03-29T10:30 or -15m, with <, >= or \.\. where you mean a stretch\.$/,
    ],
    ['time:2026-02-30', '2026-02-30', /is no time/],
    ['time:..', '..', /is no time/],
    ['time:2026-01-01..x', '2026-01-01..x', /is no time/],
    ['time:-15y', '-15y', /is no time/],
    ['time:none', 'none', /is no time/],
    [`risk:high id:\u202e1`, '\u202e1', /“\\u\{202e\}1”/],
  ];
  for (const [text, about, message] of problems) {
    it(`“${text.replace('\u202e', '')}”: ${message.source.slice(0, 60)}`, () => {
      const problem = problemOf(text);
      assert.equal(problem?.about, about);
      assert.match(problem.message, message);
    });
  }

  it('has at most 10,000 characters', () => {
    assert.equal(problemOf('x'.repeat(10_000)), undefined);
    const problem = problemOf('x'.repeat(10_001));
    assert.deepEqual([problem?.message, problem?.about], ['A filter has at most 10000 characters.', 'x']);
  });

  it('that is empty keeps everything', () => {
    assert.deepEqual(filterOf(' \t\n\u00a0 '), EVERYTHING);
  });

  it('finishes, however it is made and whatever it is held against', () => {
    const long = 'a'.repeat(1_000_000);
    const entries = [
      { target: long, params: long },
      { target: `${long}b`, params: `${'ab'.repeat(10_000)}c` },
    ];
    const filters = [
      `params:${'*a'.repeat(4990)}*b`,
      `target:${'a*'.repeat(4990)}b`,
      `target:${'?'.repeat(4990)}*b`,
      `params:*${'a'.repeat(4990)}b`,
      `type:${Array.from({ length: 3000 }, (_, i) => `${i % 10}*`).join(',')}`,
      Array.from({ length: 1400 }, () => `-text:a`).join(' '),
      '"'.repeat(10_000),
      '-'.repeat(10_000),
      `id:${'-'.repeat(9_900)}`,
      `time:${'.'.repeat(9_900)}`,
      `time:-${'1'.repeat(9_900)}m`,
      `${'a:'.repeat(4_900)}`,
      `risk:${'<'.repeat(9_000)}`,
    ];
    for (const text of filters) {
      const { problem } = parseFilter(text, { now: NOW });
      if (problem === undefined) matching(text, entries);
    }
  }).timeout(8_000);
});

describe('A pattern with stars', () => {
  it('matches what the same regular expression matches', () => {
    const pattern = fc
      .array(fc.constantFrom('*', '?', 'a', 'b', '.', '\n', '[', '\\'), { maxLength: 8 })
      .map((parts) => parts.join(''));
    const text = fc
      .array(fc.constantFrom('a', 'b', '.', '\n', '[', '\\'), { maxLength: 10 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(pattern, text, (pattern, text) => {
        const source = pattern
          .replace(/[.[\]\\]/g, '\\$&')
          .replace(/\*/g, '[^]*')
          .replace(/\?/g, '[^]');
        assert.equal(matchesGlob(pattern, text), new RegExp(`^${source}$`).test(text));
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('The terms of a filter about time', () => {
  it('can be taken out, and then the others are left as they were', () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 5 }), (terms) => {
        const others = terms.filter(({ text }) => !/^-?time:/.test(text)).map(({ text }) => text);
        assert.deepEqual(withoutTimes(filterOf(terms.map(({ text }) => text).join(' '))), filterOf(others.join(' ')));
      }),
    );
  });

  it('leave one stretch together; those that exclude one leave none to draw', () => {
    const at = (text: string): number => microsecondsOf(text);
    assert.equal(timesOf(filterOf('risk:high')), undefined);
    assert.equal(timesOf(filterOf('-time:2026-03-29')), undefined);
    assert.deepEqual(timesOf(filterOf('time:>=2026-03-29 time:<2026-03-30 x')), {
      from: at('2026-03-29T00:00:00Z'),
      to: at('2026-03-30T00:00:00Z'),
    });
    assert.deepEqual(timesOf(filterOf('timestamp:2026-03-29,2026-04-02')), {
      from: at('2026-03-29T00:00:00Z'),
      to: at('2026-04-03T00:00:00Z'),
    });
    assert.deepEqual(timesOf(filterOf('time:>2026-03-29')), { from: at('2026-03-30T00:00:00Z'), to: Infinity });
  });

  it('are those of the field and of its other name', () => {
    assert.deepEqual(['time', 'timestamp', 'risk', 'x', undefined, 'constructor'].map(isTimeField), [
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
