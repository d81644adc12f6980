import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { agentGroupsOf, type AgentGroup } from '../../../src/core/log/agentGroups';
import { logOf, type LogEntry } from './support/logs';

function groupsOf(entries: readonly LogEntry[], positions = entries.map((_, i) => i)): AgentGroup[] {
  return agentGroupsOf(logOf(entries), Uint32Array.from(positions));
}

const outline = (groups: readonly AgentGroup[]): string[] =>
  groups.map(({ agent, depth, positions }) => `${'  '.repeat(depth)}${agent} ${[...positions].join(',')}`);

const name = fc.oneof(fc.constant(null), fc.constantFrom('a', 'b', 'c', 'd', 'none', 'null', ''));

describe('The agents of a log', () => {
  it('stand below who delegated to them, in the order of their first entries', () => {
    const entries: LogEntry[] = [
      { agent: 'helper', parent: 'boss' },
      { agent: 'other' },
      { agent: 'boss' },
      { agent: 'scout', parent: 'helper' },
      { agent: 'clerk', parent: 'boss' },
      { agent: 'boss' },
      { agent: null },
      { agent: 'helper', parent: 'boss' },
    ];
    assert.deepEqual(outline(groupsOf(entries)), [
      'other 1',
      'boss 2,5',
      '  helper 0,7',
      '    scout 3',
      '  clerk 4',
      'null 6',
    ]);
  });

  it('have each entry in exactly one group, in the order of the log, and parents before children', () => {
    const entry = fc.record({
      agent: name,
      parent: name,
      depth: fc.constantFrom(-1, 0, 1, 2, 7, 2 ** 31 - 1),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), fc.infiniteStream(fc.boolean()), (entries, isIn) => {
        const positions = entries.map((_, i) => i).filter(() => isIn.next().value as boolean);
        const groups = groupsOf(entries, positions);
        const all = groups.flatMap((group) => [...group.positions]);
        assert.deepEqual(
          all.sort((a, b) => a - b),
          positions,
        );
        assert.equal(new Set(groups.map(({ id }) => id)).size, groups.length, 'two groups of one id');
        const place = new Map(groups.map((group, i) => [group.agent, i]));
        groups.forEach((group, i) => {
          const own = positions.filter((position) => entries[position].agent === group.agent);
          assert.deepEqual([...group.positions], own);
          const named = [...new Set(own.flatMap((position) => entries[position].parent ?? []))];
          assert.equal(
            group.parent,
            named.length === 1 ? named[0] : null,
            'who delegated is named only where all agree',
          );
          assert.ok(group.depth >= 0 && group.depth <= 50, `depth ${group.depth}`);
          const isRound = isInCircle(groups, group);
          const above = group.parent === null ? undefined : place.get(group.parent);
          if (above !== undefined && !isRound) assert.ok(above < i, `${group.agent} stands above ${group.parent}`);
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('that delegate to each other in a circle, or to themselves, are all there', () => {
    assert.deepEqual(
      outline(
        groupsOf([
          { agent: 'a', parent: 'b' },
          { agent: 'b', parent: 'c' },
          { agent: 'c', parent: 'a' },
          { agent: 'self', parent: 'self' },
          { agent: 'of self', parent: 'self' },
        ]),
      ),
      ['self 3', '  of self 4', 'a 0', '  c 2', '    b 1'],
    );
  });

  it('are as deep as was recorded, and no deeper than anybody delegates', () => {
    const groups = groupsOf([
      { agent: 'a', depth: 3 },
      { agent: 'b', parent: 'a' },
      { agent: 'c', depth: 2 ** 31 - 1 },
      { agent: 'd', depth: 5 },
      { agent: 'd', depth: 1 },
    ]);
    assert.deepEqual(
      groups.map(({ agent, depth }) => [agent, depth]),
      [
        ['a', 3],
        ['b', 4],
        ['c', 50],
        ['d', 1],
      ],
    );
    const line = Array.from({ length: 20_000 }, (_, i) => ({ agent: `a${i}`, parent: `a${i - 1}` }));
    assert.ok(groupsOf(line).every(({ depth }, i) => depth === Math.min(i, 50)));
  });

  it('may be as many as there are entries, all below one', () => {
    const entries = Array.from({ length: 60_000 }, (_, i) => ({ agent: `a${i}`, parent: 'a0' }));
    const groups = groupsOf(entries);
    assert.equal(groups.length, entries.length);
    assert.equal(groups.at(-1)?.agent, 'a59999');
  }).timeout(5_000);
});

/** Whether following who delegated leads back to it. */
function isInCircle(groups: readonly AgentGroup[], start: AgentGroup): boolean {
  const byAgent = new Map(groups.map((group) => [group.agent, group]));
  const seen = new Set<AgentGroup>();
  for (let at: AgentGroup | undefined = start; at !== undefined;) {
    if (seen.has(at)) return true;
    seen.add(at);
    at = at.parent === null ? undefined : byAgent.get(at.parent);
  }
  return false;
}
