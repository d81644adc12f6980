import * as assert from 'node:assert/strict';
import type { PyValue } from '../../../src/core/policy/yamlTree';
import { readYaml } from '../../../src/policyfile/yaml/readYaml';
import { valueOf } from './support/trees';

function check(values: Readonly<Record<string, PyValue>>): void {
  for (const [text, value] of Object.entries(values)) assert.deepEqual(valueOf(`- ${text}`), [value], text);
}

function date(iso: string): PyValue {
  return { kind: iso.includes('T') ? 'datetime' : 'date', iso, text: iso.replace('T', ' ') };
}

describe('A text without quotes', () => {
  it('is true or false where it says yes, no, on or off, in small letters, capitals or with one', () => {
    check({ yes: true, Yes: true, YES: true, on: true, true: true, no: false, off: false, OFF: false, False: false });
    check({ yEs: 'yEs', y: 'y', n: 'n', Y: 'Y', oN: 'oN' });
  });

  it('is null where there is none, and where it says ~ or null', () => {
    check({ '': null, '~': null, null: null, NULL: null, nULL: 'nULL', '~~': '~~' });
  });

  it('is a whole number of any size, in base 10, 8, 16, 2 or 60', () => {
    check({ '0': 0n, '-17': -17n, '+1': 1n, '1_000': 1000n, '0755': 493n, '0x1F': 31n, '-0b11': -3n });
    check({ '18:00': 1080n, '9:30': 570n, '1:00:00': 3600n, '9007199254740993': 9007199254740993n });
    check({ '0o755': '0o755', '08': '08', '0X1F': '0X1F', '1,000': '1,000', _1: '_1', '1:60': '1:60' });
  });

  it('stays a text as a time of day before ten or before one, which base 60 does not allow', () => {
    check({ '08:00': '08:00', '00:30': '00:30', '0:30': '0:30' });
  });

  it('is a number with a point, and an exponent only with a point and a sign', () => {
    check({ '1.5': 1.5, '1.': 1, '.5': 0.5, '1.0e+3': 1000, '1_0.5': 10.5, '.inf': Infinity, '-.INF': -Infinity });
    check({ '1:30.5': 90.5, '00:30.5': 30.5, '-0.0': -0 });
    check({ '1e3': '1e3', '1.0e3': '1.0e3', '-.5': '-.5', inf: 'inf', '.iNF': '.iNF' });
  });

  it('is a date, or a time in its zone', () => {
    check({ '2026-03-01': date('2026-03-01'), '2024-02-29': date('2024-02-29'), '2026-3-1': '2026-3-1' });
    check({
      '2026-03-01 10:00:00': date('2026-03-01T10:00:00'),
      '2026-03-01T10:00:00Z': date('2026-03-01T10:00:00+00:00'),
      '2026-03-01t1:00:00.5 -5:30': date('2026-03-01T01:00:00.500000-05:30'),
      '2026-03-01T10:00': '2026-03-01T10:00',
    });
  });

  it('is refused as a date or a number that there is none of', () => {
    for (const text of ['2026-02-29', '2026-13-01', '0000-01-01', '2026-03-01T24:00:00', '0x_', '9'.repeat(4301)]) {
      const [problem, ...more] = readYaml(`- ${text}`).problems;
      assert.deepEqual(
        [problem.code, problem.span, more],
        ['yaml-syntax', { start: 2, end: 2 + text.length }, []],
        text,
      );
      assert.match(problem.message, /Put it in quotes/);
    }
  });

  it('is a text in quotes whatever it says', () => {
    check({ '"yes"': 'yes', "'18:00'": '18:00', '"2026-02-29"': '2026-02-29', '"~"': '~', '""': '' });
  });

  it('keeps colons, dashes and number signs that have no space at their side', () => {
    check({ 'http://a.b/c#d': 'http://a.b/c#d', 'a:b': 'a:b', '-a': '-a', 'a #b': 'a', '?a': '?a', ':a': ':a' });
  });
});

describe('A tag', () => {
  it('makes another value of a text', () => {
    check({
      '!!str 12': '12',
      '!!int "12"': 12n,
      '!!float 1': 1,
      '!!bool "YES"': true,
      '!!null x': null,
      '! "12"': 12n,
    });
    check({ '!!binary aGk=': { kind: 'bytes', bytes: [104, 105] }, '!!timestamp 2026-3-1': date('2026-03-01') });
    check({ '!!set {a, b, a}': { kind: 'set', items: ['a', 'b'] }, '!!omap [a: 1]': [['a', 1n]] });
  });

  it('is refused where the loader knows none such, or not for such a value', () => {
    for (const text of ['!secret x', '!!int x', '!!map [a]', '!!python/name:os.system x', '!e!x y', '!!binary a']) {
      assert.deepEqual(
        readYaml(`- ${text}`).problems.map(({ code }) => code),
        ['yaml-tag'],
        text,
      );
    }
  });
});

describe('A mapping', () => {
  const entriesOf = (text: string): unknown[] => {
    const { root, problems } = readYaml(text);
    assert.deepEqual(problems, []);
    if (root?.kind !== 'mapping') assert.fail('no mapping');
    return root.entries.map(({ key, value, isOverwritten, isMerged }) => {
      if (key.kind !== 'scalar' || value.kind !== 'scalar') assert.fail('not of scalars');
      return [key.value, value.value, ...(isOverwritten ? ['overwritten'] : []), ...(isMerged ? ['merged'] : [])];
    });
  };

  it('keeps all its entries and says which are overwritten, keys that Python holds for equal included', () => {
    assert.deepEqual(entriesOf('a: 1\nb: 2\na: 3\n'), [
      ['a', 1n, 'overwritten'],
      ['b', 2n],
      ['a', 3n],
    ]);
    assert.deepEqual(entriesOf('1: a\n1.0: b\nyes: c\n"1": d'), [
      [1n, 'a', 'overwritten'],
      [1, 'b', 'overwritten'],
      [true, 'c'],
      ['1', 'd'],
    ]);
    assert.deepEqual(valueOf('1: a\n1.0: b\nyes: c'), { kind: 'mapping', entries: [[1n, 'c']] });
  });

  it('has what << brings in before its own entries, which win', () => {
    const root = 'a: 1\n<<: {a: 2, b: 3, c: 4}\nc: 5\n<<: {b: 6}\n';
    assert.deepEqual(entriesOf(root), [
      ['a', 2n, 'overwritten', 'merged'],
      ['b', 3n, 'overwritten', 'merged'],
      ['c', 4n, 'overwritten', 'merged'],
      ['b', 6n, 'merged'],
      ['a', 1n],
      ['c', 5n],
    ]);
  });

  it('takes an alias for the very node that it names', () => {
    const { root } = readYaml('a: &x [1]\nb: *x\n');
    if (root?.kind !== 'mapping') assert.fail('no mapping');
    assert.equal(root.entries[0].value, root.entries[1].value);
  });
});
