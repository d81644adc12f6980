import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { EntryIndex } from '../../../src/core/log/entryIndex';
import { addLineEntry, lineEntryOf, parseLine } from '../../../src/core/log/lineEntry';
import { valueText } from '../support/jsonTexts';
import { decode } from './support/logs';

/** An entry of a line as the index has it; undefined where the line is none. */
function indexed(line: string): EntryIndex | undefined {
  const entry = lineEntryOf(parseLine(line));
  if (entry === undefined) return undefined;
  const index = new EntryIndex(decode);
  addLineEntry(index, 7, entry);
  return index;
}

const columns = (line: string): Record<string, string | null> => {
  const index = indexed(line);
  assert.ok(index !== undefined);
  return Object.fromEntries(
    Object.keys(index.columns).map((name) => [name, index.text(0, name as keyof typeof index.columns)]),
  );
};

const NOTHING = { session: null, rule: null, human: null, status: null, agent: null, parent: null, chain: null };

describe('A line of JSON', () => {
  it('is an entry where it has a type of action and a timestamp, and is told apart by its form', () => {
    const kind = (line: object): string | undefined => lineEntryOf(line)?.kind;
    const entry = { timestamp: '2026-03-29T10:30:02+00:00', action_type: 'x' };
    assert.equal(kind({ ...entry, id: 1 }), 'row');
    assert.equal(kind({ ...entry, action_params: '{}' }), 'row');
    assert.equal(kind({ ...entry, action_params: {} }), 'record');
    assert.equal(kind({ ...entry, entry_hash: '', previous_hash: '' }), 'chain');
    assert.equal(kind({ logger: 'aegis.audit', message: JSON.stringify(entry) }), 'record');
    assert.equal(kind({ name: 'aegis.audit', message: JSON.stringify(entry) }), 'record');
    for (const none of [
      { timestamp: 'x' },
      { action_type: 'x' },
      {},
      [],
      [entry],
      { logger: 'aegis.audit', message: 'started' },
      { logger: 'aegis.audit', message: '{"a":1}' },
      { logger: 'aegis.audit', message: '[]' },
      { logger: 'other', message: JSON.stringify(entry) },
      { message: entry },
    ]) {
      assert.equal(kind(none), undefined, JSON.stringify(none));
    }
    assert.equal(lineEntryOf(null), undefined);
    assert.equal(lineEntryOf('text'), undefined);
  });

  it('of a chain has what the entry itself lacks from its metadata, and its decision', () => {
    const line = JSON.stringify({
      sequence_id: 0,
      timestamp: '2026-03-29T10:30:02+00:00',
      agent_id: 'a1',
      action_type: 'read',
      action_target: 'f',
      decision: 'block',
      risk_level: 'high',
      matched_rule: 'r',
      metadata: { session_id: 's', result_status: 'blocked', agent_id: 'forged', chain_depth: 2, parent_agent_id: 'p' },
      previous_hash: '',
      entry_hash: '',
    });
    assert.deepEqual(columns(line), {
      ...NOTHING,
      session: 's',
      type: 'read',
      target: 'f',
      risk: 'high',
      approval: 'block',
      rule: 'r',
      status: 'blocked',
      agent: 'a1',
      parent: 'p',
    });
    assert.equal(indexed(line)!.depths[0], 2);
    assert.equal(indexed(line)!.key(0), '7');
  });

  it('that is no chain has nothing from a member called metadata', () => {
    const line = '{"timestamp": "t", "action_type": "x", "metadata": {"session_id": "s"}}';
    assert.equal(columns(line).session, null);
  });

  it('is an entry whatever its values are: what is no text counts as the text of it', () => {
    const line =
      '{"timestamp": 12, "action_type": {"a": [1]}, "action_target": false, "risk_level": 3, "session_id": null}';
    assert.deepEqual(columns(line), {
      ...NOTHING,
      type: '{"a":[1]}',
      target: 'false',
      risk: '3',
      approval: null,
    });
    assert.equal(indexed(line)!.timestamp(0), '12');
    for (const depth of ['-1', '1.5', '"2"', '2147483648', 'null', '1e400', '[]']) {
      assert.equal(indexed(`{"timestamp": "", "action_type": "", "chain_depth": ${depth}}`)!.depths[0], -1, depth);
    }
  });

  it('is not misled by names that objects have of their own', () => {
    assert.equal(lineEntryOf(parseLine('{"__proto__": {"timestamp": "t", "action_type": "x"}}')), undefined);
    const line =
      '{"timestamp": "t", "action_type": "x", "__proto__": {"session_id": "s"}, "constructor": 1, "toString": 2}';
    assert.equal(columns(line).session, null);
  });

  it('may hold NaN and Infinity, as Python writes them; in a text they are a text', () => {
    assert.deepEqual(parseLine('{"a": NaN, "b": [-Infinity, Infinity], "c": "NaN \\" Infinity", "NaN": 1}'), {
      a: null,
      b: [null, null],
      c: 'NaN " Infinity',
      NaN: 1,
    });
    fc.assert(
      fc.property(valueText, (text) => {
        fc.pre(!/NaN|Infinity/.test(text));
        assert.deepEqual(parseLine(`[${text}, NaN]`), [JSON.parse(text), null]);
      }),
    );
    for (const none of ['{"a": nan}', '{"a": NaNa}', '{"a": NaN NaN}', 'NaN}', '["NaN]', '-NaN', '-NaN1', '1NaN']) {
      assert.throws(() => parseLine(none), SyntaxError, none);
    }
  });

  it('that is damaged takes no longer than another, however many quotation marks it has', () => {
    const marks = '\\"'.repeat(500_000);
    for (const line of [
      `{"a": NaN, "b": "${marks}`,
      `{"a": NaN, "b": "${marks}\\`,
      `{"a": NaN, ${'"x" "'.repeat(300_000)}`,
      `{"a": NaN, "b": "${'x'.repeat(30_000_000)}`,
    ]) {
      assert.throws(() => parseLine(line), SyntaxError);
    }
    const long = 'x'.repeat(20_000_000);
    assert.deepEqual(parseLine(`{"a": NaN, "b": "${long}"}`), { a: null, b: long });
  }).timeout(5_000);

  it('that is nested beyond reason is an entry like another', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    const index = indexed(`{"timestamp": "t", "action_type": ${deep}, "session_id": "s"}`);
    assert.equal(index?.size, 1);
    assert.equal(index.text(0, 'session'), 's');
    assert.equal(index.text(0, 'type'), '[…]');
  }).timeout(5_000);
});
