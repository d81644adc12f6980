import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { agentFigures } from '../../../src/core/log/agentFigures';
import { OUTCOMES, outcomeAt } from '../../../src/core/log/outcomes';
import { logOf, type LogEntry } from './support/logs';

const entry: fc.Arbitrary<LogEntry> = fc.record({
  agent: fc.constantFrom(null, '', 'claude-code', 'cursor'),
  status: fc.constantFrom(null, 'success', 'failed', 'blocked', 'denied', 'made up'),
  approval: fc.constantFrom('auto', 'block'),
  timestamp: fc.oneof(
    fc.constant('no time'),
    fc.nat(5000).map((i) => new Date(1.77e12 + i * 1000).toISOString()),
  ),
});

describe('The figures of the agents of a log', () => {
  it('count each action of each agent once, as what it ended as', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
        const index = logOf(entries);
        const figures = agentFigures(index);
        const names = new Set(entries.map(({ agent }) => agent ?? null));
        assert.deepEqual(new Set(figures.map(({ agent }) => agent)), names);
        for (const { agent, actions, ended, from, to } of figures) {
          const own = entries.flatMap((one, i) => ((one.agent ?? null) === agent ? [i] : []));
          assert.equal(actions, own.length);
          for (const name of OUTCOMES.filter((one) => one !== 'attempt'))
            assert.equal(ended[name], own.filter((i) => outcomeAt(index, i) === name).length, name);
          const times = own.map((i) => Date.parse(entries[i].timestamp!)).filter((time) => !Number.isNaN(time));
          assert.equal(from, times.length === 0 ? null : Math.min(...times));
          assert.equal(to, times.length === 0 ? null : Math.max(...times));
        }
        const last = figures.map(({ to }) => to ?? -Infinity);
        assert.deepEqual(
          last,
          last.toSorted((one, other) => (other > one ? 1 : -1)),
        );
      }),
    );
  });
});
