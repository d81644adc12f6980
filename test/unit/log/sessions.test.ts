import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { MOST_AGENTS, RISKS, SessionTable, sessionCount, type Session } from '../../../src/core/log/sessions';
import { microsecondsOf } from '../../../src/core/log/timestamp';
import { everyPlace } from './support/everyPlace';
import { addTo, logOf, type LogEntry } from './support/logs';

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
  approval: fc.constantFrom(null, 'auto', 'block', 'BLOCK'),
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
    const count = (status: string): number =>
      own.filter((i) => (entries[i].status?.toLowerCase() ?? '') === status).length;
    const isOpenBlock = (i: number): boolean =>
      (entries[i].status ?? '') === '' && entries[i].approval?.toLowerCase() === 'block';
    const times = own.map((i) => microsecondsOf(entries[i].timestamp!) / 1000).filter((time) => !Number.isNaN(time));
    const ranks = own.map((i) => (RISKS as readonly string[]).indexOf(entries[i].risk?.toLowerCase() ?? ''));
    const agents = [...new Set(own.flatMap((i) => entries[i].agent ?? []))];
    return {
      id,
      entries: own.length,
      actions: own.length,
      blocked: count('blocked'),
      denied: count('denied'),
      failed: count('failed'),
      open: count(''),
      openBlocks: own.filter(isOpenBlock).length,
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
        const table = new SessionTable(index);
        const sessions = countedPlainly(entries, all);
        assert.deepEqual(table.at(everyPlace(table)), sessions);
        assert.equal(sessionCount(index), sessions.length);
        const some = all.filter(() => isIn.next().value as boolean);
        const part = new SessionTable(index, Uint32Array.from(some));
        assert.deepEqual(part.at(everyPlace(part)), countedPlainly(entries, some));
      }),
      { numRuns: 400 },
    );
  });

  it('are told one by one, in any order, with who acted in each', () => {
    const log: LogEntry[] = [
      { session: 'a', agent: 'x' },
      { session: 'b', agent: 'y' },
      { session: 'a', agent: 'z' },
      { agent: 'x' },
    ];
    const table = new SessionTable(logOf(log));
    const agents = (...places: number[]): unknown =>
      table.at(Uint32Array.from(places)).map(({ id, agents: names }) => [id, names]);
    assert.deepEqual(agents(2, 0), [
      [null, ['x']],
      ['a', ['x', 'z']],
    ]);
    assert.deepEqual(agents(), []);
    assert.deepEqual([table.placeOf('a'), table.placeOf('b'), table.placeOf(null)], [0, 1, 2]);
    assert.equal(table.placeOf('c'), undefined);
    const part = new SessionTable(logOf(log), Uint32Array.of(1));
    assert.equal(part.placeOf('a'), undefined, 'of which no entry was counted');
  });

  it('stay as they were counted while the log goes on', () => {
    const index = logOf([{ session: 'a', agent: 'x' }]);
    const table = new SessionTable(index);
    const before = table.at(everyPlace(table));
    addTo(index, [{ session: 'b' }, { session: 'a', agent: 'y' }]);
    assert.deepEqual(table.at(everyPlace(table)), before);
    assert.equal(table.placeOf('b'), undefined);
    assert.equal(sessionCount(index), 2);
  });

  it('have names that are no longer than anybody reads', () => {
    const table = new SessionTable(logOf([{ session: 's', agent: 'x'.repeat(1e6) }]));
    assert.equal(table.at(everyPlace(table))[0].agents[0].length, 300);
  });

  it('of a log without entries are none', () => {
    const index = logOf([]);
    assert.deepEqual([new SessionTable(index).size, sessionCount(index)], [0, 0]);
  });
});
