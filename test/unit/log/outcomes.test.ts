import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { histogramOf } from '../../../src/core/log/histogram';
import { OUTCOMES, outcomeOf, outcomesOf, type Outcome } from '../../../src/core/log/outcomes';
import { SessionTable } from '../../../src/core/log/sessions';
import { entryFacts } from '../../../src/logfile/entryFacts';
import { found } from './support/filtering';
import { logOf, type LogEntry } from './support/logs';

const KNOWN: readonly [status: string | null, approval: string | null, outcome: Outcome][] = [
  ['success', 'auto', 'success'],
  ['success', 'block', 'success'],
  ['BLOCKED', 'block', 'blocked'],
  ['blocked', 'auto', 'blocked'],
  ['denied', 'approve', 'denied'],
  ['failed', 'auto', 'failed'],
  ['Skipped', 'block', 'skipped'],
  [null, 'auto', 'open'],
  [null, 'approve', 'open'],
  [null, null, 'open'],
  ['', 'auto', 'open'],
  [null, 'block', 'block'],
  [null, 'BLOCK', 'block'],
  ['', 'block', 'block'],
  ['none', 'block', 'other'],
  ['open', 'auto', 'other'],
  ['block', 'block', 'other'],
  ['other', 'auto', 'other'],
  ['success '.repeat(1000), 'auto', 'other'],
];

const entry: fc.Arbitrary<LogEntry> = fc.record({
  timestamp: fc.constant('2026-03-29T10:30:02+00:00'),
  session: fc.constant('s'),
  status: fc.constantFrom(
    null,
    '',
    'success',
    'blocked',
    'BLOCKED',
    'denied',
    'failed',
    'skipped',
    'open',
    'block',
    'x',
  ),
  approval: fc.constantFrom(null, '', 'auto', 'approve', 'block', 'Block'),
});

describe('What became of an action', () => {
  for (const [status, approval, outcome] of KNOWN) {
    const told = status === null ? 'none' : JSON.stringify(status.slice(0, 20));
    it(`is "${outcome}" where the status is ${told} and the decision ${JSON.stringify(approval)}`, () => {
      assert.equal(outcomeOf(status, approval), outcome);
    });
  }

  it('is what was recorded: a block that nobody recorded as done is not counted as blocked, whatever else the log holds', () => {
    const entries: readonly LogEntry[] = [{ approval: 'block' }, { approval: 'auto' }];
    for (const others of [[], [{ approval: 'block', status: 'blocked' }], [{ approval: 'auto', status: 'success' }]]) {
      const table = new SessionTable(logOf([...entries, ...others].map((each) => ({ session: 's', ...each }))));
      const [{ blocked, open, openBlocks }] = table.at(Uint32Array.of(0));
      assert.deepEqual([open, openBlocks], [2, 1]);
      assert.equal(blocked, others.filter(({ status }) => status === 'blocked').length);
      assert.equal(table.trouble(0), blocked + openBlocks);
    }
  });

  it('is the same to the session’s figures, the picture over time, the filter and each entry', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 30 }), (entries) => {
        const index = logOf(entries);
        const each = entries.map((_, i) => entryFacts(index, i).outcome);
        const count = (outcome: string): number => each.filter((one) => one === outcome).length;

        const at = outcomesOf(index);
        assert.deepEqual(
          entries.map((_, i) => OUTCOMES[at(i)]),
          each,
        );

        const { series, bins } = histogramOf(index, undefined, 'decision', 1);
        assert.deepEqual(Object.fromEntries(series.map((name, s) => [name, bins[0][s]])), {
          ...Object.fromEntries(OUTCOMES.map((name) => [name, count(name)])),
        });

        const [session] = new SessionTable(index).at(Uint32Array.of(0));
        for (const word of ['blocked', 'denied', 'failed'] as const) assert.equal(session[word], count(word), word);
        assert.equal(session.open, count('open') + count('block'));
        assert.equal(session.openBlocks, count('block'));

        const places = (holds: (outcome: Outcome, entry: LogEntry) => boolean): number[] =>
          entries.flatMap((one, i) => (holds(each[i], one) ? [i] : []));
        for (const word of ['blocked', 'denied', 'failed', 'skipped', 'success'] as const) {
          assert.deepEqual(
            found(`status:${word}`, entries),
            places((outcome) => outcome === word),
            word,
          );
        }
        // A foreign log may have recorded the words that are ours; in quotes only those are meant.
        for (const word of ['open', 'block'] as const) {
          const named = places((outcome, { status }) => outcome === word || status === word);
          assert.deepEqual(found(`status:${word}`, entries), named, word);
          assert.deepEqual(found(`status:=${word.toUpperCase()}`, entries), named, word);
          assert.deepEqual(
            found(`-status:${word}`, entries),
            places((_, one) => !named.includes(entries.indexOf(one))),
          );
          assert.deepEqual(
            found(`status:"${word}"`, entries),
            places((_, { status }) => status === word),
          );
        }
        const without = places((outcome) => outcome === 'open' || outcome === 'block');
        assert.deepEqual(found('status:none', entries), without);
        assert.deepEqual(
          found('status:open,block', entries),
          places((outcome, { status }) => [outcome, status].some((word) => word === 'open' || word === 'block')),
        );
        assert.deepEqual(
          found('status:block,success', entries),
          places((outcome, { status }) => outcome === 'block' || status === 'block' || outcome === 'success'),
        );
      }),
    );
  });
});
