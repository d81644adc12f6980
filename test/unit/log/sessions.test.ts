import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { MOST_AGENTS, RISKS, sessionsOf, type Session } from '../../../src/core/log/sessions';
import { microsecondsOf } from '../../../src/core/log/timestamp';
import { logOf, type LogEntry } from './support/logs';

const recorded = fc.record({
  session: fc.constantFrom(null, '', 's1', 's2', 'S1', 'null'),
  status: fc.constantFrom(
    null,
    '',
    'success',
    'blocked',
    'BLOCKED',
    'denied',
    'failed',
    'skipped',
    'made up',
    'x'.repeat(30),
  ),
  risk: fc.constantFrom(null, 'LOW', 'low', 'MEDIUM', 'High', 'CRITICAL', 'EXTREME', 'x'.repeat(30)),
  agent: fc.oneof(
    fc.constant(null),
    fc.nat(14).map((i) => `agent ${i}`),
  ),
  timestamp: fc.oneof(
    fc.constantFrom('no time', '0001-01-01T00:00:00+00:00'),
    fc.nat(5000).map((i) => new Date(1.77e12 + i * 1000).toISOString()),
  ),
});

/** The sessions, counted one entry at a time in the plainest way. */
function countedPlainly(entries: readonly LogEntry[], positions: readonly number[]): Session[] {
  const names = [...new Set(positions.map((i) => entries[i].session ?? null))];
  return names.map((id) => {
    const own = positions.filter((i) => (entries[i].session ?? null) === id);
    const count = (status: string | null): number =>
      own.filter((i) => (entries[i].status?.toLowerCase() ?? null) === status).length;
    const times = own.map((i) => microsecondsOf(entries[i].timestamp!) / 1000).filter((time) => !Number.isNaN(time));
    const ranks = own.map((i) => (RISKS as readonly string[]).indexOf(entries[i].risk?.toLowerCase() ?? ''));
    const agents = [...new Set(own.flatMap((i) => entries[i].agent ?? []))];
    return {
      id,
      entries: own.length,
      blocked: count('blocked'),
      denied: count('denied'),
      failed: count('failed'),
      open: count(null),
      risk: RISKS[Math.max(...ranks)] ?? null,
      from: times.length === 0 ? null : Math.min(...times),
      to: times.length === 0 ? null : Math.max(...times),
      agents: agents.slice(0, MOST_AGENTS),
      agentsTotal: agents.length,
      first: own[0],
      last: own[own.length - 1],
    };
  });
}

describe('The sessions of a log', () => {
  it('are counted as one counts by hand: in the order of their first entries, of all entries or of some', () => {
    fc.assert(
      fc.property(fc.array(recorded, { maxLength: 60 }), fc.infiniteStream(fc.boolean()), (entries, isIn) => {
        const index = logOf(entries);
        const all = entries.map((_, i) => i);
        assert.deepEqual(sessionsOf(index), countedPlainly(entries, all));
        const some = all.filter(() => isIn.next().value as boolean);
        assert.deepEqual(sessionsOf(index, Uint32Array.from(some)), countedPlainly(entries, some));
      }),
      { numRuns: 400 },
    );
  });

  it('count as blocked what the policy blocks only where a log records no outcome at all, as a chain does', () => {
    const chain: LogEntry[] = [{ approval: 'block' }, { approval: 'BLOCK' }, { approval: 'auto' }, { approval: null }];
    const counted = (entries: readonly LogEntry[]): number[] =>
      sessionsOf(logOf(entries)).flatMap(({ blocked, open }) => [blocked, open]);
    assert.deepEqual(counted(chain), [2, 2]);
    assert.deepEqual(counted([...chain, { approval: 'auto', status: 'success' }]), [0, 4]);
    assert.deepEqual(counted([...chain, { approval: 'auto', status: 'blocked' }]), [1, 4]);
  });

  it('of a log without entries are none', () => {
    assert.deepEqual(sessionsOf(logOf([])), []);
  });
});
