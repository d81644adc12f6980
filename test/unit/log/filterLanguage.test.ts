import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { compileFilter } from '../../../src/core/log/filter/compileFilter';
import { NO, UNDECIDED, YES } from '../../../src/core/log/filter/condition';
import type { ShownTime } from '../../../src/core/log/filter/moment';
import { parseFilter } from '../../../src/core/log/filter/parseFilter';
import { CLOCK, filterOf, found } from './support/filtering';
import { addTo, contentOf, logOf, type LogEntry } from './support/logs';

/** A log of few entries, each of another kind. */
const LOG: readonly LogEntry[] = [
  {
    timestamp: '2026-03-29T10:30:02.114000+00:00',
    session: 'prod-agent-042',
    type: 'delete_user',
    target: 'production_db',
    risk: 'CRITICAL',
    approval: 'block',
    rule: 'block_prod_deletes',
    status: 'blocked',
    agent: 'crm agent',
    depth: 0,
    params: '{"user_id": "42"}',
  },
  {
    timestamp: '2026-03-29T10:30:02.240000+00:00',
    session: 'prod-agent-042',
    type: 'read_file',
    target: 'src/app.ts',
    risk: 'LOW',
    approval: 'auto',
    rule: 'allow_reads',
    status: 'success',
    agent: 'reader',
    parent: 'crm agent',
    depth: 1,
    params: '{}',
  },
  {
    timestamp: '2026-03-29T10:34:17.500000+00:00',
    session: 'nightly-sync',
    type: 'delete_file',
    target: 'C:\\work\\old.ts',
    risk: 'HIGH',
    approval: 'approve',
    rule: 'ask',
    human: 'approved',
    status: 'failed',
    agent: null,
    params: '{"path": "C:\\\\work\\\\old.ts"}',
    error: 'Timeout after 30s',
    description: 'Clean up',
  },
  {
    timestamp: '2026-03-30T00:00:00+00:00',
    session: 'nightly-sync',
    type: 'send_email',
    target: 'board@example.com',
    risk: 'unheard-of',
    approval: 'approve',
    rule: 'none',
    status: null,
    agent: '',
    data: '{"sent": true}',
  },
  { timestamp: 'no time', session: 's', type: 'x', target: 'a "quoted", odd*name', risk: 'MEDIUM', status: 'odd' },
];

/** Positions that a filter lets through. */
const RULES: readonly [filter: string, positions: readonly number[]][] = [
  ['', [0, 1, 2, 3, 4]],
  ['  \t\n', [0, 1, 2, 3, 4]],
  // One value, one of several, none of several, all terms.
  ['status:blocked', [0]],
  ['STATUS:Blocked', [0]],
  ['status:blocked,failed', [0, 2]],
  ['-status:blocked,failed', [1, 3, 4]],
  ['status:blocked,failed risk:high', [2]],
  ['result:blocked', [0]],
  ['approval:approve', [2, 3]],
  ['decision:approve -agent:none', []],
  // Whole values, but for targets; wildcards.
  ['type:delete', []],
  ['type:delete*', [0, 2]],
  ['type:*_file', [1, 2]],
  ['type:delete_us?r', [0]],
  ['type:*e*_*l*', [1, 2, 3]],
  ['type:?', [4]],
  ['target:.ts', [1, 2]],
  ['target:src/*', [1]],
  ['target:app*', []],
  ['target:=src/app.ts', [1]],
  ['target:=app.ts', []],
  // Quotes: white space, commas, wildcards and quotes for themselves; backslashes are nothing special.
  ['agent:"crm agent"', [0]],
  ['agent:"crm "*', [0]],
  ['agent:*" agent"', [0]],
  ['target:"a ""quoted"","', [4]],
  ['target:="a ""quoted"", odd*name"', [4]],
  ['target:"odd*n"', [4]],
  ['target:"odd?n"', []],
  ['target:C:\\work\\', [2]],
  ['target:"C:\\work\\"', [2]],
  // What was not recorded.
  ['agent:none', [2, 3, 4]],
  ['-agent:none', [0, 1]],
  ['agent:none,reader', [1, 2, 3, 4]],
  ['agent:""', [3]],
  ['status:none', [3]],
  ['rule:"none"', [3]],
  ['rule:none', [4]],
  ['human:none', [0, 1, 3, 4]],
  ['depth:none', [2, 3, 4]],
  ['time:none', [4]],
  // Order of risks; a word that is none of the four is in no order.
  ['risk:>=high', [0, 2]],
  ['risk:>high', [0]],
  ['risk:<=medium', [1, 4]],
  ['risk:<medium', [1]],
  ['risk:<low', []],
  ['-risk:>=low', [3]],
  ['risk:"unheard-of"', [3]],
  ['risk:>high,"unheard-of"', [0, 3]],
  ['risk:=HIGH', [2]],
  // Numbers.
  ['id:2', [1]],
  ['line:2', [1]],
  ['id:2..4', [1, 2, 3]],
  ['id:4..', [3, 4]],
  ['id:..2', [0, 1]],
  ['id:>=4', [3, 4]],
  ['id:>4', [4]],
  ['id:<2', [0]],
  ['id:<=2,5', [0, 1, 4]],
  ['-id:2..4', [0, 4]],
  ['depth:>=1', [1]],
  ['depth:0', [0]],
  ['depth:<1', [0]],
  // Times.
  ['time:2026-03-29', [0, 1, 2]],
  ['time:2026-03-29T10:30', [0, 1]],
  ['time:2026-03-29T10:30:02', [0, 1]],
  ['time:2026-03-29T10:30:02.24', [1]],
  ['time:2026-03-29T10:30:02..2026-03-29T10:34:17.5', [0, 1]],
  ['time:2026-03-29T10:30:02..2026-03-29T10:34:17.500001', [0, 1, 2]],
  ['time:..2026-03-29', [0, 1, 2]],
  ['time:2026-03-29..2026-03-30', [0, 1, 2, 3]],
  ['time:2026-03-29..2026-03-30T00:00', [0, 1, 2]],
  ['time:>2026-03-29', [3]],
  ['time:>=2026-03-29T10:34', [2, 3]],
  ['time:<2026-03-29T10:34', [0, 1]],
  ['time:<=2026-03-29T10:34', [0, 1, 2]],
  ['time:"2026-03-29 10:30"', [0, 1]],
  ['time:2026-03-29T12:30+02:00', [0, 1]],
  ['time:>=-90m', [0, 1, 2, 3]],
  ['time:>=-86m', [2, 3]],
  ['time:-86m', [2, 3]],
  ['time:<-1h', [0, 1, 2]],
  ['time:-2h..-1h', [0, 1, 2]],
  ['-time:2026-03-29', [3, 4]],
  ['time:2026-03-30,2026-03-29T10:34', [2, 3]],
  // Anywhere: in the columns of the list and in the content.
  ['prod', [0, 1]],
  ['PRODUCTION', [0]],
  ['42', [0, 1]],
  ['-42', [2, 3, 4]],
  ['timeout', [2]],
  ['"clean up"', [2]],
  ['-"clean up"', [0, 1, 3, 4]],
  ['sent', [3]],
  ['app.ts -crm', [1]],
  ['text:timeout,sent', [2, 3]],
  ['text:timeout text:30s', [2]],
  ['delete_*', [0, 2]],
  ['a,b', []],
  ['--force', []],
  // One part of the content.
  ['params:user', [0]],
  ['params:us*42', [0]],
  ['params:42 error:42', []],
  ['error:timeout', [2]],
  ['error:"timeout after"', [2]],
  ['data:true', [3]],
  ['desc:clean', [2]],
  ['description:clean', [2]],
  ['-params:user', [1, 2, 3, 4]],
  ['has:params', [0, 2]],
  ['has:error', [2]],
  ['has:error,data', [2, 3]],
  ['-has:error,data', [0, 1, 4]],
  ['has:agent', [0, 1]],
  ['has:human,data', [2, 3]],
];

describe('The filter of a log', () => {
  for (const [filter, positions] of RULES) {
    it(`${JSON.stringify(filter)} finds ${positions.length} of ${LOG.length}`, () => {
      assert.deepEqual(found(filter, LOG), positions);
    });
  }

  it('needs no content for an entry in which the list already shows all words', () => {
    const compiled = compileFilter(filterOf('delete'), logOf(LOG));
    assert.equal(compiled.needsContent, true);
    assert.equal(compiled.byIndex(0), true);
    assert.equal(compiled.byIndex(1), undefined);
    assert.deepEqual([...compiled.judge(0, 5)], [YES, UNDECIDED, YES, UNDECIDED, UNDECIDED]);
  });

  it('needs no content at all where only columns, times and numbers are asked for', () => {
    const compiled = compileFilter(filterOf('risk:high time:>=2026 -id:3'.replace('2026', '2026-01-01')), logOf(LOG));
    assert.equal(compiled.needsContent, false);
  });

  it('tells apart ids that a JavaScript number does not', () => {
    const keys = [9007199254740992n, 9007199254740993n, 9007199254740995n, -9223372036854775808n];
    const log = keys.map((key) => ({ key }));
    assert.deepEqual(found('id:9007199254740993', log), [1]);
    assert.deepEqual(found('id:>9007199254740993', log), [2]);
    assert.deepEqual(found('id:<9007199254740993', log), [0, 3]);
    assert.deepEqual(found('id:<=-9223372036854775808', log), [3]);
  });

  it('knows values that come while the log is followed', () => {
    const index = logOf(LOG);
    const compiled = compileFilter(filterOf('type:*_new late'), index);
    assert.deepEqual(compiled.judge(0, index.size), new Uint8Array(LOG.length));
    const more = Array.from({ length: 3000 }, (_, i) => ({ type: `type${i}_new`, target: i % 2 === 0 ? 'late' : 'x' }));
    addTo(index, more);
    const known = compiled.judge(LOG.length, index.size);
    assert.deepEqual([known.filter((state) => state === YES).length, known.length], [1500, 3000]);
    assert.equal(known.includes(NO), false);
    assert.equal(compiled.byIndex(LOG.length), true);
    assert.equal(compiled.byIndex(LOG.length + 1), undefined);
  });

  it('reads times by the clock on the wall where it is told how that goes', () => {
    // An hour ahead of UTC, two from one o'clock UTC on: the night in which Europe changes its clocks.
    const change = Date.parse('2026-03-29T01:00Z');
    const whenShown = (shown: number): ShownTime => {
      const first = shown - (shown - 3_600_000 < change ? 3_600_000 : 7_200_000);
      return { first, last: first, isSkipped: false };
    };
    const log = ['2026-03-28T22:59:59', '2026-03-28T23:00', '2026-03-29T21:59:59', '2026-03-29T22:00'].map((time) => ({
      timestamp: `${time}Z`,
    }));
    const clock = { ...CLOCK, whenShown };
    assert.deepEqual(found('time:2026-03-29', log, clock), [1, 2]);
    assert.deepEqual(found('time:>=2026-03-30T00:00', log, clock), [3]);
    assert.deepEqual(found('time:2026-03-28T23:00Z', log, clock), [1]);
  });

  it('takes letters of any script for the same in both cases', () => {
    assert.deepEqual(found('agent:ΟΔΟΣ', [{ agent: 'οδος' }, { agent: 'οδοσ' }]), [0, 1]);
    assert.deepEqual(found('οδοσ', [{ agent: 'ΟΔΟΣ 1' }, { target: 'ΟΔΟΣ' }]), [0, 1]);
    assert.deepEqual(found('target:ä?ö', [{ target: 'Ä😀Ö' }, { target: 'äö' }]), [0]);
  });

  it('answers more words than it keeps book of', () => {
    const words = Array.from({ length: 40 }, (_, i) => `w${i}.`);
    const log = [{ target: words.join(' ') }, { target: words.slice(1).join(' ') }, { error: words.join(' ') }];
    assert.deepEqual(found(words.join(' '), log), [0, 2]);
    assert.deepEqual(found(words.map((word) => `-${word}`).join(' '), [...log, { target: 'w' }]), [3]);
  });
});

/** What is wrong, which characters it is about, and what the sentence must say. */
const PROBLEMS: readonly [filter: string, about: string, says: RegExp][] = [
  ['rsik:high', 'rsik', /no field "rsik".*mean risk\?/],
  ['risk:high -taget:x', 'taget', /mean target\?/],
  ['https://example.com', 'https', /no field "https"\. Put the text in quotes/],
  ['constructor:x', 'constructor', /no field/],
  ['status:', 'status:', /missing behind status: it follows/],
  ['status: blocked', 'status:', /missing/],
  ['status:a,,b', 'status:a,', /missing/],
  ['status:a,', 'status:a,', /missing/],
  ['status:=', 'status:=', /missing/],
  ['params:""', 'params:""', /quotes/],
  ['""', '""', /no text/],
  ['risk:>=hgih', 'hgih', /no risk "hgih"\. Did you mean high\?$/],
  ['risk:hgh', 'hgh', /^There is no risk "hgh"\. Did you mean high\?/],
  ['risk:low,=severe', 'severe', /no risk "severe"\. Risks are low, medium, high and critical.*quotes/],
  ['risk:>=', 'risk:>=', /missing/],
  ['type:>delete', '>', /cannot be used with type/],
  ['error:<b>', '<', /cannot be used with error/],
  ['error:=x', '=', /cannot be used/],
  ['agent:"crm agent', '"crm agent', /not closed/],
  ['risk:high "open', '"open', /not closed/],
  ['target:"a"b', '"a"b', /middle of a value/],
  ['target:a"b', 'a"', /middle of a value/],
  ['id:x', 'x', /no number.*id:17/],
  ['id:1..x', '1..x', /no number/],
  ['id:..', '..', /no number/],
  ['id:5..4', '5..4', /ends before/],
  ['id:1.5', '1.5', /no number/],
  ['id:123456789012345678901', '123456789012345678901', /no number/],
  ['depth:>=x', '>=x', /no number/],
  ['time:yesterday', 'yesterday', /no time/],
  ['time:2026-02-30', '2026-02-30', /no time/],
  ['time:2026-13-01', '2026-13-01', /no time/],
  ['time:2026-03-29T24:00', '2026-03-29T24:00', /no time/],
  ['time:10:30', '10:30', /no time/],
  ['time:>=-15x', '>=-15x', /no time/],
  ['time:2026-*', '2026-*', /no time/],
  ['time:2026-03-29T10:00..2026-03-29T09:00', '2026-03-29T10:00..2026-03-29T09:00', /ends before/],
  ['time:2026-03-29..2026-03-28', '2026-03-29..2026-03-28', /ends before/],
  ['has:everything', 'everything', /does not know "everything"/],
  [`target:${'x'.repeat(1001)}`, 'x'.repeat(1001), /1,001 characters.*1,000/],
];

describe('A filter that cannot be read', () => {
  for (const [filter, about, says] of PROBLEMS) {
    it(`says so of ${JSON.stringify(filter.slice(0, 40))}`, () => {
      const { problem, filter: read } = parseFilter(filter, CLOCK);
      assert.equal(read, undefined);
      assert.match(problem.message, says);
      assert.equal(filter.slice(problem.from, problem.to), about);
    });
  }

  it('shows nothing of the text that acts', () => {
    const { problem } = parseFilter('risk:>=\u202e\u0007', CLOCK);
    assert.match(problem!.message, /\\u\{202e\}\\u\{7\}/);
  });

  it('is told of any text at all in time, and never thrown', () => {
    const piece = fc.constantFrom(
      ...[
        ' ',
        '-',
        ':',
        ',',
        '"',
        '""',
        '*',
        '?',
        '..',
        '>=',
        '<',
        '=',
        '\\',
        '\n',
        'none',
        '2026-03-29',
        '-15m',
        '17',
      ],
      ...['risk', 'status:', 'time:', 'id:', 'target:', 'text:', 'has:', 'params:', 'high', 'é😀', '\ud800', '\u0000'],
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    let read = 0;
    fc.assert(
      fc.property(text, (filter) => {
        const { problem } = parseFilter(filter, CLOCK);
        if (problem === undefined) {
          read++;
          return;
        }
        assert.ok(
          problem.from >= 0 && problem.from < problem.to && problem.to <= filter.length,
          JSON.stringify(problem),
        );
      }),
      { numRuns: 3000 },
    );
    assert.ok(read > 100, `only ${read} were filters`);
  });

  it('takes no longer where it is huge', () => {
    const huge = [
      'a'.repeat(10_000),
      '"'.repeat(10_000),
      'a '.repeat(5_000),
      'risk:high '.repeat(1_000),
      `target:${'x,'.repeat(5_000)}x`,
      '*a'.repeat(400),
      '-'.repeat(10_000),
      `${'a'.repeat(9_000)}:x`,
      'x'.repeat(10_000_000),
      `time:${'0'.repeat(9_000)}`,
    ];
    const start = performance.now();
    for (const text of huge) parseFilter(text, CLOCK);
    assert.ok(performance.now() - start < 500);
  });
});

describe('A pattern made to be slow', () => {
  it('takes time in proportion to the text that it is held against', () => {
    const target = 'a'.repeat(100_000);
    const start = performance.now();
    for (const text of [`target:${'*a'.repeat(400)}b`, `target:*${'a?'.repeat(400)}b`, `${'a'.repeat(999)}b`]) {
      assert.deepEqual(found(text, [{ target, params: target }]), []);
    }
    assert.ok(performance.now() - start < 5000);
  });

  it('is not slower for being one of a thousand', () => {
    const log = Array.from({ length: 1000 }, (_, i) => ({ target: `t${i}`, type: `u${i}`, error: `e${i}` }));
    const terms = Array.from({ length: 1000 }, (_, i) => [`-target:x${i}`, `-n${i}`, `z${i}`][i % 3]).join(' ');
    const index = logOf(log);
    const compiled = compileFilter(filterOf(terms), index);
    const start = performance.now();
    assert.ok(compiled.judge(0, index.size).every((state) => state === UNDECIDED));
    for (let i = 0; i < 100; i++) assert.equal(compiled.byContent(i, contentOf(log[i])), false);
    assert.ok(performance.now() - start < 2000);
  });
});
