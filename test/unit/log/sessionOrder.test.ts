import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { countBefore, firstInOrder, type SessionOrder } from '../../../src/core/log/sessionOrder';
import { RISKS, SessionTable, type Session } from '../../../src/core/log/sessions';
import { everyPlace } from './support/everyPlace';
import { logOf, type LogEntry } from './support/logs';

const recorded: fc.Arbitrary<LogEntry> = fc.record({
  session: fc.constantFrom(null, '', 'a', 'B', 'b', 'ä', 'z', '10', '9', '_', '세션', 'S 1', 's 1'),
  status: fc.constantFrom(null, 'success', 'blocked', 'denied', 'failed'),
  approval: fc.constantFrom('auto', 'block'),
  risk: fc.constantFrom(null, 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'EXTREME'),
  timestamp: fc.oneof(
    fc.constant('no time'),
    fc.nat(5).map((i) => new Date(1.77e12 + i * 1000).toISOString()),
  ),
});

type Compare = (a: Session, b: Session) => number;

const newest: Compare = (a, b) => {
  const [first, second] = [a.to ?? -Infinity, b.to ?? -Infinity];
  return first === second ? b.last - a.last : second - first;
};
const rank = ({ risk }: Session): number => (risk === null ? -1 : RISKS.indexOf(risk));
const trouble = (session: Session): number => session.blocked + session.denied + session.failed + session.openBlocks;

/** The orders in the plainest way. */
const ORDERS: Readonly<Record<SessionOrder, Compare>> = {
  newest,
  oldest: (a, b) => {
    const [first, second] = [a.from ?? Infinity, b.from ?? Infinity];
    return first === second ? a.first - b.first : first - second;
  },
  risk: (a, b) => rank(b) - rank(a) || newest(a, b),
  trouble: (a, b) => trouble(b) - trouble(a) || newest(a, b),
  actions: (a, b) => b.entries - a.entries || newest(a, b),
  name: (a, b) => (a.id ?? '').localeCompare(b.id ?? '') || newest(a, b),
};

const NAMES = Object.keys(ORDERS) as SessionOrder[];

describe('Sessions in an order', () => {
  for (const order of NAMES) {
    it(`are the first of all as they would stand were all sorted, however many are asked for (${order})`, () => {
      fc.assert(
        fc.property(fc.array(recorded, { maxLength: 60 }), fc.nat(15), (entries, count) => {
          const table = new SessionTable(logOf(entries));
          const sorted = table.at(everyPlace(table)).sort(ORDERS[order]);
          assert.deepEqual(table.at(firstInOrder(table, order, count)), sorted.slice(0, count));
          sorted.forEach(({ id }, i) => assert.equal(countBefore(table, order, table.placeOf(id)!), i));
        }),
        { numRuns: 300 },
      );
    });
  }

  it('are found without sorting them all, however many there are and whatever they are called', () => {
    const long = 'x'.repeat(20_000);
    const log = Array.from({ length: 60_000 }, (_, i) => ({
      session: i < 2000 ? `${long}${i}` : `s${(i * 7919) % 60_000}`,
      timestamp: new Date(1.77e12 + ((i * 104_729) % 60_000)).toISOString(),
    }));
    const table = new SessionTable(logOf(log));
    for (const order of NAMES) {
      const started = performance.now();
      const places = firstInOrder(table, order, 1000);
      const lasted = performance.now() - started;
      assert.equal(new Set(places).size, 1000);
      assert.ok(lasted < 2000, `${order}: ${lasted.toFixed(0)} ms`);
    }
  });
});
