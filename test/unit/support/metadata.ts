import * as fc from 'fast-check';
import type { EntryContent, JsonValue } from '../../../src/core/chain/entry';

/** Any content that an entry can have, made of JavaScript's values. */

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.constantFrom('', '\ud800', '\udc00\ud800', '\u0000', '"\\', '\u007f', '\uffff', '\u{10000}', '../../etc/passwd'),
);

const key = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'toJSON', '1', '10', '2', 'entry_hash'));

export const jsonValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue; object: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    text,
    fc.double(),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.bigInt(),
    fc.bigInt({ min: -(1n << 200n), max: 1n << 200n }),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: members(tie('value')),
})).value;

function members(value: fc.Arbitrary<JsonValue>): fc.Arbitrary<Record<string, JsonValue>> {
  return fc.array(fc.tuple(key, value), { maxLength: 5 }).map((pairs) => Object.fromEntries(pairs));
}

export const anyContent: fc.Arbitrary<EntryContent> = fc.record({
  timestamp: fc.oneof(text, fc.constant('2026-03-29T10:30:02.114000+00:00')),
  agent_id: text,
  action_type: text,
  action_target: text,
  decision: fc.constantFrom('auto', 'approve', 'block'),
  risk_level: fc.constantFrom('low', 'medium', 'high', 'critical'),
  matched_rule: text,
  metadata: members(jsonValue),
});
