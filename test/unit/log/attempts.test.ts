import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Attempts } from '../../../src/core/log/attempts';
import { EntryIndex } from '../../../src/core/log/entryIndex';
import { addLineEntry, lineEntryOf } from '../../../src/core/log/lineEntry';
import { OUTCOMES, outcomeAt, outcomesOf } from '../../../src/core/log/outcomes';
import { SessionTable } from '../../../src/core/log/sessions';
import { decode } from './support/logs';

interface Told {
  readonly phase?: unknown;
  readonly id?: unknown;
  readonly session?: string;
  readonly status?: string;
}

function add(index: EntryIndex, { phase, id, session = 's', status }: Told): void {
  const line = {
    sequence_id: index.size,
    timestamp: '2026-03-29T10:30:02+00:00',
    action_type: 'read',
    decision: 'auto',
    risk_level: 'low',
    metadata: { session_id: session, phase, action_id: id, result_status: status },
    previous_hash: '',
    entry_hash: '',
  };
  addLineEntry(index, index.size + 1, lineEntryOf(line)!);
}

function chainOf(...told: readonly Told[]): EntryIndex {
  const index = new EntryIndex(decode);
  for (const each of told) add(index, each);
  return index;
}

const outcomes = (index: EntryIndex): string[] => {
  const at = outcomesOf(index);
  return Array.from({ length: index.size }, (_, i) => {
    assert.equal(OUTCOMES[at(i)], outcomeAt(index, i), 'one entry and all of them');
    return outcomeAt(index, i);
  });
};

const figures = (index: EntryIndex): number[] => {
  const [{ entries, actions, open, failed }] = new SessionTable(index).at(Uint32Array.of(0));
  return [entries, actions, open, failed];
};

describe('An action with an attempt and an outcome in a chain', () => {
  const attempt = (id: unknown, more: Told = {}): Told => ({ phase: 'attempt', id, ...more });
  const outcome = (id: unknown, status: string, more: Told = {}): Told => ({ phase: 'outcome', id, status, ...more });

  it('counts once, as what it ended as; one without an outcome is open', () => {
    const index = chainOf(
      attempt('a'),
      attempt('b'),
      outcome('b', 'failed'),
      { phase: 'decision', id: 'c', status: 'blocked' },
      attempt('d'),
      outcome('a', 'success'),
    );
    assert.deepEqual(outcomes(index), ['attempt', 'attempt', 'failed', 'blocked', 'open', 'success']);
    assert.deepEqual(figures(index), [6, 4, 1, 1]);
  });

  it('is told apart where what claims to be its outcome is another’s, comes twice, or comes first', () => {
    const [s, f] = ['success', 'failed'];
    for (const [told, expected] of [
      [
        [attempt('a'), outcome('b', s)],
        ['open', s],
      ],
      [
        [attempt('a'), outcome('a', s, { session: 'other' })],
        ['open', s],
      ],
      [
        [attempt('a'), outcome('a', s), outcome('a', f)],
        ['attempt', s, f],
      ],
      [
        [outcome('a', s), attempt('a')],
        [s, 'open'],
      ],
      [
        [attempt('a'), attempt('a'), outcome('a', s)],
        ['attempt', 'open', s],
      ],
      [
        [attempt('a', { status: f }), outcome('a', s)],
        [f, s],
      ],
      [
        [attempt(7), outcome(7, s)],
        ['open', s],
      ],
      [
        [attempt({}), outcome({}, s)],
        ['open', s],
      ],
      [
        [attempt('x'.repeat(10_000)), outcome('x'.repeat(10_000), s)],
        ['open', s],
      ],
      [
        [attempt('__proto__'), outcome('__proto__', s)],
        ['attempt', s],
      ],
      [
        [attempt(undefined), outcome(undefined, s)],
        ['open', s],
      ],
    ] as [Told[], string[]][])
      assert.deepEqual(outcomes(chainOf(...told)), expected);
  });

  it('is open again where the line of its outcome was still being written, and reads otherwise now', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ phase: fc.constantFrom('attempt', 'outcome'), id: fc.constantFrom('a', 'b', 'c') }), {
          minLength: 1,
          maxLength: 20,
        }),
        fc.record({ phase: fc.constantFrom('attempt', 'outcome'), id: fc.constantFrom('a', 'b', 'c') }),
        (told, torn) => {
          const index = chainOf(...told.slice(0, -1), torn);
          index.truncate(index.size - 1);
          add(index, told.at(-1)!);
          assert.deepEqual(outcomes(index), outcomes(chainOf(...told)));
          assert.equal(index.endedAttempts, outcomes(index).filter((one) => one === 'attempt').length);
        },
      ),
    );
  });

  it('costs a chain that has none nothing, and one that has many no more than each of them', () => {
    const index = new EntryIndex(decode);
    for (let i = 0; i < 10; i++) add(index, {});
    assert.equal(index.endedAttempts, 0);
    const attempts = new Attempts();
    for (let i = 0; i < 200_000; i++) attempts.take(i, 0, 'attempt', String(i));
    for (let i = 0; i < 200_000; i++) attempts.take(200_000 + i, 0, 'outcome', String(i));
    assert.equal(attempts.endedCount, 200_000);
    for (let size = 399_999; size >= 0; size--) attempts.truncate(size);
    assert.equal(attempts.endedCount, 199_999, 'only the newest is taken back');
  });
});
