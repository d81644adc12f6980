import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { completeFilter, type Completion } from '../../../src/core/log/filter/completeFilter';
import { parseFilter } from '../../../src/core/log/filter/parseFilter';
import { CLOCK, found } from './support/filtering';
import { logOf, type LogEntry } from './support/logs';

const LOG: readonly LogEntry[] = [
  { type: 'read_file', risk: 'LOW', status: 'success', target: 'src/app.ts', agent: 'crm agent' },
  { type: 'read_file', risk: 'low', status: 'success', target: 'src/app.ts', agent: 'none' },
  { type: 'delete_file', risk: 'HIGH', status: null, target: 'a "b", c', agent: null },
  { type: 'already_read', risk: 'LOW', status: 'blocked', target: '*', agent: '' },
];
const INDEX = logOf(LOG);

/** What is offered where `|` stands. */
function offered(text: string, index = INDEX): readonly Completion[] {
  const cursor = text.indexOf('|');
  return completeFilter(text.replace('|', ''), cursor, index);
}

function labels(text: string): string[] {
  return offered(text).map(({ label }) => label);
}

/** The filter once an offer was taken. */
function taken(text: string, label: string): string {
  const offer = offered(text).find((each) => each.label === label);
  assert.ok(offer, `${label} is offered for ${text}: ${labels(text).join(' ')}`);
  const plain = text.replace('|', '');
  return plain.slice(0, offer.from) + offer.insert + plain.slice(offer.to);
}

describe('What a filter offers where a term begins', () => {
  it('are the fields that begin with what is typed, by any of their names, and what they mean', () => {
    assert.deepEqual(labels('ris|'), ['risk:']);
    assert.deepEqual(labels('risk:high approv|'), ['decision:']);
    assert.deepEqual(labels('-st|'), ['status:']);
    assert.ok(labels('|').length > 15);
    assert.ok(labels('risk:high |').length > 15);
    for (const { detail } of offered('|')) assert.ok(detail.length > 10);
  });

  it('takes the place of the word under the cursor and no more', () => {
    assert.equal(taken('ri|', 'risk:'), 'risk:');
    assert.equal(taken('a -ri|sk b', 'risk:'), 'a -risk: b');
    assert.equal(taken('st|:high', 'status:'), 'status:high');
    assert.equal(taken('a | b', 'risk:'), 'a risk: b');
  });

  it('is nothing within a quoted text', () => {
    assert.deepEqual(labels('"ris|'), []);
    assert.deepEqual(labels('"ris|k"'), []);
  });
});

describe('What a filter offers behind a colon', () => {
  it('are the values that the log has, the most frequent first, with how many entries have each', () => {
    assert.deepEqual(
      offered('type:|').map(({ label, detail }) => [label, detail]),
      [
        ['read_file', '2 entries'],
        ['delete_file', '1 entry'],
        ['already_read', '1 entry'],
      ],
    );
  });

  it('are those with what is typed in them, those that begin with it first', () => {
    assert.deepEqual(labels('type:READ|'), ['read_file', 'already_read']);
    assert.deepEqual(labels('-type:x,already|,y'), ['already_read']);
    assert.equal(taken('-type:x,already|ish,y', 'already_read'), '-type:x,already_read,y');
  });

  it('count a value in all of its cases, as the filter does', () => {
    const [low] = offered('risk:lo|');
    assert.equal(low.detail, '3 entries');
    assert.equal(found(`risk:${low.insert}`, LOG).length, 3);
  });

  it('are risks from the highest down, however often each occurs, and other words in quotes', () => {
    const odd = logOf([{ risk: 'weird' }, { risk: 'weird' }, { risk: 'LOW' }, { risk: 'LOW' }, { risk: 'HIGH' }]);
    assert.deepEqual(
      offered('risk:=|', odd).map(({ insert }) => insert),
      ['critical', 'HIGH', 'medium', 'LOW', '"weird"'],
    );
    assert.deepEqual(found('risk:"weird"', [{ risk: 'weird' }, { risk: 'low' }]), [0]);
  });

  it('say where nothing was recorded, and tell it from a value of that name', () => {
    assert.equal(offered('status:non|')[0].detail, 'nothing recorded: 1 entry');
    assert.deepEqual(
      offered('agent:none|').map(({ insert, detail }) => [insert, detail]),
      [
        ['none', 'nothing recorded: 2 entries'],
        ['"none"', '1 entry'],
      ],
    );
  });

  it('are in quotes where they would be read as something else, and find what they were offered for', () => {
    assert.equal(taken('agent:c|', 'crm agent'), 'agent:"crm agent"');
    assert.equal(taken('agent:"crm a|"', 'crm agent'), 'agent:"crm agent"');
    assert.equal(taken('target:|', 'a "b", c'), 'target:="a ""b"", c"');
    assert.deepEqual(found(taken('target:|', '*'), LOG), [3]);
  });

  it('are the words of the format too, where the log does not have them yet', () => {
    assert.deepEqual(
      offered('decision:|').map(({ label, detail }) => [label, detail]),
      [
        ['none', 'nothing recorded: 4 entries'],
        ['auto', 'not in this log'],
        ['approve', 'not in this log'],
        ['block', 'not in this log'],
      ],
    );
    assert.deepEqual(
      completeFilter('status:b', 8, undefined).map(({ label, detail }) => [label, detail]),
      [
        ['blocked', ''],
        ['block', 'block decided, no outcome'],
      ],
    );
  });

  it('are what entries without a status count as, told from words of that name that were recorded', () => {
    const log = [{ status: 'open' }, { approval: 'block' }, { approval: 'auto' }, { status: 'success' }, {}];
    const offers = offered('status:|', logOf(log));
    const detailOf = (insert: string): string | undefined => offers.find((each) => each.insert === insert)?.detail;
    assert.equal(detailOf('block'), 'block decided, no outcome: 1 entry');
    assert.equal(detailOf('open'), 'no outcome, no block decided: 2 entries');
    assert.equal(detailOf('none'), 'nothing recorded: 3 entries');
    assert.equal(detailOf('"open"'), '1 entry');
    assert.deepEqual(found('status:"open"', log), [0]);
    assert.match(offered('status:op|')[0].detail, /no outcome, no block decided: 1 entry/);
  });

  it('are comparisons where there is an order', () => {
    assert.ok(labels('risk:|').includes('>=high'));
    assert.deepEqual(labels('risk:>=h|'), ['HIGH']);
    assert.equal(taken('risk:>=h|', 'HIGH'), 'risk:>=HIGH');
    assert.deepEqual(labels('depth:|'), ['>=', '<=', '>', '<']);
    assert.ok(labels('time:|').includes('>=-15m'));
    assert.equal(taken('time:>=|', '-7d'), 'time:>=-7d');
    assert.equal(taken('has:er|', 'error'), 'has:error');
  });

  it('are never what cannot be typed or read: control characters, what turns the reading order, endless texts', () => {
    const hostile = ['a\u202eb', 'a\nb', 'a\u0000', 'x'.repeat(201), '\ud800', 'fine'].map((type) => ({ type }));
    assert.deepEqual(
      offered('type:|', logOf(hostile)).map(({ label }) => label),
      ['fine'],
    );
  });

  it('are cut to a label that can be read, but not what is put in', () => {
    const [offer] = offered('type:|', logOf([{ type: `${'x'.repeat(78)}😀${'y'.repeat(50)}` }]));
    assert.equal(offer.label, `${'x'.repeat(78)}…`);
    assert.equal(offer.insert.length, 130);
  });

  it('are fifty at most, and come at once from a log in which every value is another', () => {
    const index = logOf(Array.from({ length: 200_000 }, (_, i) => ({ target: `src/file${i}.ts` })));
    const start = performance.now();
    const offers = offered('target:file1|', index);
    assert.ok(performance.now() - start < 1000);
    assert.equal(offers.length, 50);
    assert.match(offers[0].detail, /^at least 1 entry$/);
  });

  it('leave a filter that can be read, and find the entries that they were counted by', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc
        .array(fc.constantFrom('"', '*', '?', ',', ' ', '..', '<', '=', '-', 'none', 'a'), { maxLength: 4 })
        .map((p) => p.join('')),
    );
    const field = fc.constantFrom('type', 'target', 'agent', 'risk', 'session');
    let tried = 0;
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), field, (values, name) => {
        const log = values.map((each) => ({ [name]: each }));
        const text = `${name}:`;
        for (const { insert, detail, from, to } of completeFilter(text, text.length, logOf(log))) {
          const count = /(\d+) entr/.exec(detail)?.[1];
          if (count === undefined) continue;
          const filter = text.slice(0, from) + insert + text.slice(to);
          assert.equal(found(filter, log).length, Number(count), filter);
          tried++;
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(tried > 500);
  });

  it('come for any text and cursor', () => {
    const text = fc.array(fc.constantFrom('"', ' ', ':', ',', '-', 'risk', 'type', '>=', '*', 'a', 'has:', 'time:'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(text, fc.nat(40), (parts, cursor) => {
        const filter = parts.join('');
        for (const { from, to } of completeFilter(filter, cursor, INDEX)) {
          assert.ok(from >= 0 && from <= to && to <= filter.length, `${filter} at ${cursor}: ${from} to ${to}`);
          assert.ok(from <= Math.min(cursor, filter.length) && Math.min(cursor, filter.length) <= to);
        }
        parseFilter(filter, CLOCK);
      }),
      { numRuns: 2000 },
    );
  });
});
