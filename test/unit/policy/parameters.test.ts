import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readParams } from '../../../src/core/policy/action';
import { fromJsonValue, readJsonValue } from '../../../src/core/policy/jsonValue';
import { parametersWithDates } from '../../../src/core/policy/pythonNotation';
import { jsonTextOf } from '../../../src/core/policy/pyJson';
import { PY_NOTHING } from '../../../src/core/policy/pyValues';
import type { PyValue } from '../../../src/core/policy/yamlTree';
import { damagedText, valueText } from '../support/jsonTexts';
import { askPython } from '../support/python';
import { mapping } from './support/nodes';
import { asciiRepr, manyOf } from './support/values';

describe("An action's parameters", () => {
  it('are read as Python reads JSON: ints and floats apart, in their order, the last of two equal keys', () => {
    const program = `
import json
def answer(data):
    try:
        return ascii(json.loads(data.decode())).encode()
    except (ValueError, RecursionError):
        return b'no JSON'
`;
    const layout = fc.constantFrom('', '\n', ' \r\n\t');
    const asked = fc
      .tuple(layout, fc.oneof(valueText, damagedText), layout)
      .map(([before, text, behind]) => (before + text.replaceAll(',', `,${before}`) + behind).toWellFormed());
    const { some, seed } = manyOf(asked, 5000);
    let read = 0;
    askPython(
      program,
      some.map((text) => Buffer.from(text)),
    ).forEach((answer, i) => {
      const reading = readJsonValue(some[i]);
      const ours = 'value' in reading ? asciiRepr(reading.value) : 'no JSON';
      assert.equal(ours, answer.toString(), `${JSON.stringify(some[i])} (seed ${seed})`);
      if ('value' in reading) read++;
    });
    assert.ok(read > 1500 && read < 4900, `${read} read`);
  });

  it('are a mapping, or none where there is no text', () => {
    assert.deepEqual(readParams('{"n": 1, "m": 1.0}'), {
      params: mapping([
        ['n', 1n],
        ['m', 1],
      ]),
    });
    assert.deepEqual(readParams(' \n'), { params: PY_NOTHING });
    assert.deepEqual(readParams('[1]'), { problem: 'it is a list, not a mapping of parameters' });
    assert.deepEqual(readParams('{"é": tru}'), { problem: 'at character 7, a value is expected' });
    assert.ok('problem' in readParams('['.repeat(100_000)));
    assert.ok('problem' in readParams('1'.repeat(5000)));
  });

  it('that JavaScript has read are whole numbers where these are safe', () => {
    assert.deepEqual(
      fromJsonValue({ n: 1, f: 1.5, big: 2 ** 53, list: [null, true, 'x'] }),
      mapping([
        ['n', 1n],
        ['f', 1.5],
        ['big', 2 ** 53],
        ['list', [null, true, 'x']],
      ]),
    );
  });

  it('may name dates, where a person writes them', () => {
    const reading = readParams(
      '{"day": {"$python": "date", "str": "2026-03-01"}, "no": [{"$python": "date", "str": "x"}]}',
    );
    assert.ok('params' in reading);
    assert.deepEqual(
      parametersWithDates(reading.params),
      mapping([
        ['day', { kind: 'date', iso: '2026-03-01', text: '2026-03-01' }],
        [
          'no',
          [
            mapping([
              ['$python', 'date'],
              ['str', 'x'],
            ]),
          ],
        ],
      ]),
    );
  });

  it('are written as JSON again', () => {
    const text = '{"n": 1, "m": 1.0, "s": "\\u00e9", "l": [true, null, {}]}';
    const reading = readJsonValue(text);
    assert.ok('value' in reading);
    assert.equal(jsonTextOf(reading.value), text);
    const odd = mapping([
      [1n, { kind: 'date', iso: '2026-03-01', text: '2026-03-01' }],
      [true, { kind: 'set', items: [2n ** 70n] }],
    ]);
    assert.equal(jsonTextOf(odd), '{"1": "2026-03-01", "True": [1180591620717411303424]}');
    let bomb: PyValue = 'x';
    for (let i = 0; i < 60; i++) bomb = Array<PyValue>(10).fill(bomb);
    assert.ok(jsonTextOf(bomb).length < 200);
  });
});
