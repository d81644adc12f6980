import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Cell } from '../../../src/core/log/cell';
import {
  UnexportableError,
  rowLine,
  rowsJson,
  tableCells,
  tableHead,
  type Row,
} from '../../../src/core/log/exportRows';
import { askPython } from '../support/python';

const text = (value: string, valid = true): Cell => ({ kind: 'text', text: value, valid });
const integer = (value: string): Cell => ({ kind: 'integer', text: value });

function row(cells: Readonly<Record<string, Cell>>): Row {
  return { columns: Object.keys(cells), cells: Object.values(cells) };
}

/** A cell, and what Python has in its place, as JSON that Python reads. */
const cell: fc.Arbitrary<readonly [Cell, unknown]> = fc.oneof(
  fc
    .string({ unit: 'binary', maxLength: 12 })
    .filter((value) => value.isWellFormed())
    .map((value) => [text(value), value] as const),
  fc.constant([{ kind: 'null' }, null] as const),
  fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    .map((value) => [integer(String(value)), { int: String(value) }] as const),
  fc
    .double({ noNaN: true })
    .map((value) => [{ kind: 'real', value }, { float: Object.is(value, -0) ? '-0' : String(value) }] as const),
);

describe('The export of a row', () => {
  it('is to the byte what Python writes for it: as a line, and in an indented list', () => {
    const names = fc.uniqueArray(fc.constantFrom('id', 'b', 'a', 'é "x"', 'action_params', ''), { minLength: 1 });
    const rows = fc.sample(
      names.chain((columns) =>
        fc.tuple(fc.constant(columns), fc.array(cell, { minLength: columns.length, maxLength: columns.length })),
      ),
      { numRuns: 400, seed: 3 },
    );
    const program = `
import json
def value(x):
    return int(x['int']) if isinstance(x, dict) and 'int' in x else float(x['float']) if isinstance(x, dict) else x
def answer(data):
    row = {name: value(x) for name, x in json.loads(data)}
    return (json.dumps(row) + chr(0) + json.dumps([row, row], indent=2)).encode()
`;
    const said = askPython(
      program,
      rows.map(([columns, cells]) => Buffer.from(JSON.stringify(columns.map((name, i) => [name, cells[i][1]])))),
    );
    rows.forEach(([columns, cells], i) => {
      const each: Row = { columns, cells: cells.map(([ours]) => ours) };
      assert.deepEqual([rowLine(each), rowsJson([each, each])], said[i].toString().split('\0'));
    });
    assert.equal(rowsJson([]), '[]');
  });

  it('is refused where a value has no form in it, with the row and the column named', () => {
    const cases: [Cell, string][] = [
      [{ kind: 'blob', bytes: Uint8Array.of(1, 2) }, 'holds bytes, which JSON has no form for'],
      [text('a\ufffd', false), 'is not valid UTF-8'],
    ];
    for (const [bad, why] of cases) {
      const withId = row({ id: integer('9007199254740993'), result_data: bad });
      const without = row({ id: { kind: 'null' }, result_data: bad });
      for (const [each, name] of [
        [withId, 'Row 9007199254740993'],
        [without, 'A row'],
      ] as const) {
        const wanted = (error: unknown): boolean => {
          assert.ok(error instanceof UnexportableError);
          assert.equal(error.message, `${name} cannot be exported: its result_data ${why}.`);
          return true;
        };
        assert.throws(() => rowLine(each), wanted);
        assert.throws(() => rowsJson([row({ id: integer('1') }), each]), wanted);
      }
    }
    // What reads as U+FFFD because it is U+FFFD is exported.
    assert.equal(rowLine(row({ id: integer('1'), a: text('\ufffd') })), '{"id": 1, "a": "\\ufffd"}');
  });

  it('as a table has what a person decided, or else the policy, and is never cut', () => {
    const [head, line] = tableHead();
    assert.equal(head, '  ID      Session          Action          Target     Risk   Decision     Result');
    assert.equal(line, '-'.repeat(80));
    const cells = {
      id: integer('7'),
      session_id: text('세션'),
      action_type: text('a'.repeat(20)),
      action_target: text('😀'),
      risk_level: text('LOW'),
      approval: text('approve'),
      human_decision: { kind: 'null' } as Cell,
      result_status: { kind: 'null' } as Cell,
    };
    assert.equal(
      tableCells(row(cells)).join(' '),
      `   7           세션 ${'a'.repeat(20)}               😀      LOW    approve          -`,
    );
    const decided = tableCells(row({ ...cells, human_decision: text('denied by müller'), result_status: text('') }));
    assert.deepEqual(decided.slice(5), ['denied by müller', '         -']);
    assert.deepEqual(tableCells(row({})), [
      '    ',
      ' '.repeat(12),
      ' '.repeat(15),
      ' '.repeat(15),
      ' '.repeat(8),
      ' '.repeat(10),
      '         -',
    ]);
  });
});
