import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { completeFilter, written, type Completion } from '../../../src/core/log/filter/complete';
import { FIELDS } from '../../../src/core/log/filter/fields';
import { parseFilter } from '../../../src/core/log/filter/parse';
import { indexOf, type Recorded } from './support/entries';
import { NOW, matching, term } from './support/filters';

const LOG: Recorded[] = [
  { type: 'read_file', session: 'b', status: 'success', risk: 'LOW' },
  { type: 'read_file', session: 'a', status: 'success', risk: 'HIGH' },
  { type: 'send email', session: 'a', status: null, risk: 'HIGH' },
  { type: 'thread', session: 'a', status: 'blocked' },
  { type: `${'x'.repeat(201)}`, session: 'a', status: 'blocked' },
  { type: '\u202eevil', session: 'none', status: 'blocked' },
];

/** What is offered where `|` stands. */
function offered(text: string, entries: readonly Recorded[] = LOG): Completion[] {
  const cursor = text.indexOf('|');
  return completeFilter(text.replace('|', ''), cursor, indexOf(entries));
}

const labels = (text: string): string[] => offered(text).map(({ label }) => label);

/** The filter after one of its completions was taken. */
const taken = (text: string, { from, to, insert }: Completion): string => text.slice(0, from) + insert + text.slice(to);

describe('What is offered while a filter is typed', () => {
  it('are the fields, where a term begins', () => {
    const all = Object.keys(FIELDS).map((name) => `${name}:`);
    for (const text of ['|', 'risk:high |', ' |', '-|x']) assert.deepEqual(labels(text).length > 0, true, text);
    assert.deepEqual(labels('|'), all);
    assert.deepEqual(labels('risk:high |'), all);
    assert.deepEqual(labels('ty|'), ['type:']);
    assert.deepEqual(labels('risk:high -TA|'), ['target:']);
    assert.deepEqual(labels('xyz|'), []);
    assert.deepEqual(labels('"ty|'), []);
    const [type] = offered('risk:high -ty|');
    assert.equal(taken('risk:high -ty', type), 'risk:high -type:');
    assert.equal(type.detail, 'the action’s type; type:delete*');
  });

  it('are the values that are in the log, the most frequent first, with their numbers', () => {
    assert.deepEqual(
      offered('status:|').map(({ label, detail, insert }) => [label, detail, insert]),
      [
        ['blocked', '3 entries', 'blocked'],
        ['success', '2 entries', 'success'],
        ['none', '1 entry, not recorded', 'none'],
      ],
    );
    // Those that begin so stand before those that have it inside.
    assert.deepEqual(labels('type:read|'), ['read_file', 'thread']);
    assert.deepEqual(labels('type:READ|'), ['read_file', 'thread']);
    assert.deepEqual(labels('session:a,|'), ['a', 'b', 'none']);
    assert.deepEqual(offered('type:send|')[0].insert, '"send email"');
    assert.equal(taken('x type:read_file,"se', offered('x type:read_file,"se|')[0]), 'x type:read_file,"send email"');
    assert.deepEqual(labels('status:blocked|'), [], 'what stands there already is not offered');
  });

  it('is never what is too long to read, and never acts where it is shown', () => {
    assert.deepEqual(labels('type:xx|'), []);
    assert.deepEqual(labels('type:evil|'), ['\\u{202e}evil']);
  });

  it('are the risks with their order, and times', () => {
    assert.deepEqual(labels('risk:|'), ['critical', 'high', 'medium', 'low', '>=high', '>=medium']);
    assert.deepEqual(labels('risk:>=|'), ['>=critical', '>=high', '>=medium', '>=low']);
    assert.deepEqual(labels('risk:<m|'), ['<medium']);
    assert.deepEqual(labels('time:|'), ['>=-15m', '>=-1h', '>=-1d', '>=-7d']);
    assert.deepEqual(labels('id:|'), []);
    assert.deepEqual(labels('params:|'), []);
    assert.deepEqual(labels('nofield:|'), []);
    assert.deepEqual(completeFilter('type:', 5, undefined), []);
  });

  it('are 50 at most, of whatever the log has', () => {
    const entries = Array.from({ length: 300 }, (_, i) => ({ type: `t${i}` }));
    assert.equal(offered('type:t|', entries).length, 50);
  });

  it('is never an error, and a filter with it can be read', () => {
    const piece = fc.oneof(
      term.map(({ text }) => text),
      fc.constantFrom(
        '-',
        '"',
        'ty',
        'type:',
        'session:"',
        'status:a,',
        'risk:>',
        'time:',
        ':',
        ',',
        'none',
        '-session:',
      ),
      fc.string({ maxLength: 4 }),
    );
    const text = fc.array(piece, { maxLength: 3 }).map((parts) => parts.join(' '));
    const entries = [
      ...LOG,
      { type: 'say "hi"', session: '"', status: 'a,b' },
      { type: '', session: '*', status: '<x' },
    ];
    fc.assert(
      fc.property(text, fc.integer({ min: -1, max: 40 }), (text, cursor) => {
        for (const offer of completeFilter(text, cursor, indexOf(entries))) {
          assert.ok(offer.from <= offer.to && offer.to <= Math.max(cursor, text.length));
          if (cursor < 0 || cursor > text.length) continue;
          assert.ok(offer.from <= cursor && cursor <= offer.to, 'it takes the place of what is typed');
          // Of what else stands there not all can be read: the term with the completion can.
          const rest = taken(text, { ...offer, insert: '' }).slice(0, offer.from);
          const start = Math.max(...[' ', '\t', '\n', '\r', '\u00a0'].map((space) => rest.lastIndexOf(space))) + 1;
          const value =
            offer.insert.endsWith(':') && offer.insert.length > 1 && offer.label === offer.insert
              ? exampleOf(offer.insert)
              : '';
          if (/"/.test(rest.slice(start))) continue;
          const whole = rest.slice(start) + offer.insert + value;
          assert.equal(parseFilter(whole, { now: NOW }).problem?.message, undefined, `${text} → ${whole}`);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

function exampleOf(field: string): string {
  return { 'time:': '2026', 'id:': '1', 'depth:': '1' }[field] ?? 'low';
}

describe('A value that is written into a filter', () => {
  it('is found by it, whatever it is made of', () => {
    const part = fc.oneof(
      fc.constantFrom(...' ,"*?<>-:.=\\\t\n', '..', 'none', 'a', 'B', 'é', '\u00a0', '\u2003', '😀'),
      fc.string({ maxLength: 2 }),
    );
    const value = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(value, fc.constantFrom('type', 'session', 'rule', 'target', 'risk', 'status'), (value, field) => {
        const entries: Recorded[] = [{ [field]: value }, { [field]: `not ${value} but another` }, {}];
        const found = matching(`${field}:${written(value)}`, entries);
        assert.ok(found.includes(0), `${field}:${written(value)} does not find ${JSON.stringify(value)}`);
        assert.ok(!found.includes(2));
        if (!value.includes('"') && field !== 'target') assert.deepEqual(found, [0]);
        assert.deepEqual(matching(`-${field}:${written(value)}`, entries).includes(0), false);
      }),
      { numRuns: 5000 },
    );
  });

  it('has quotation marks only where it needs them', () => {
    const cases: Record<string, string> = {
      read_file: 'read_file',
      'a.b/c-d@e': 'a.b/c-d@e',
      '-x': '-x',
      'a b': '"a b"',
      'a,b': '"a,b"',
      '': '""',
      None: '"None"',
      '<default>': '"<default>"',
      'a*': '"a*"',
      '1..2': '"1..2"',
    };
    for (const [value, wanted] of Object.entries(cases)) assert.equal(written(value), wanted);
  });
});
