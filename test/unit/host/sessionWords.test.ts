import assert from 'node:assert/strict';
import { OUTCOMES, outcomeOf } from '../../../src/core/log/outcomes';
import type { Session } from '../../../src/core/log/sessions';
import type { LogState } from '../../../src/host/sessions/logReader';
import {
  outcomeIcon,
  outcomeWords,
  sessionFigures,
  sourceWords,
  zoneWords,
} from '../../../src/host/sessions/sessionWords';

const NOW = Date.parse('2026-03-29T12:00:00Z');

const session: Session = {
  id: 's',
  entries: 42,
  actions: 42,
  blocked: 0,
  denied: 0,
  failed: 0,
  open: 0,
  openBlocks: 0,
  risk: 'low',
  from: NOW - 10 * 60_000,
  to: NOW - 6 * 60_000,
  agents: [],
  agentsTotal: 0,
  first: 0,
  last: 41,
};

describe('The words of the Sessions view', () => {
  it('tell what happened in a session and leave out what did not', () => {
    assert.equal(sessionFigures(session, NOW), '42 actions · 4 min · 6 min ago');
    assert.equal(
      sessionFigures({ ...session, blocked: 1200, denied: 1, failed: 3 }, NOW),
      '42 actions · 1,200 blocked · 1 denied · 3 failed · 4 min · 6 min ago',
    );
  });

  it('do not call blocked what the policy decided to block and nobody recorded as done', () => {
    assert.match(sessionFigures({ ...session, open: 3, openBlocks: 1 }, NOW), /^42 actions · 1 block decision · 4 min/);
    assert.match(sessionFigures({ ...session, blocked: 2, openBlocks: 2 }, NOW), /2 blocked · 2 block decisions/);
    const words = (status: string | null, approval: string): string =>
      outcomeWords({ status, outcome: outcomeOf(status, approval) });
    assert.equal(words(null, 'block'), 'block decided, no outcome recorded');
    assert.equal(words('', 'auto'), 'no outcome recorded');
    assert.equal(words('Blocked', 'block'), 'Blocked', 'as recorded');
    assert.equal(words('made up', 'block'), 'made up');
  });

  it('have another icon for each outcome', () => {
    assert.equal(new Set(OUTCOMES.map((outcome) => outcomeIcon(outcome).icon)).size, OUTCOMES.length);
  });

  it('name a time zone with how far its clock is ahead at the time', () => {
    assert.equal(zoneWords('Europe/Berlin', NOW), 'Europe/Berlin (UTC+02:00)');
    assert.equal(zoneWords('Europe/Berlin', NOW - 12 * 3_600_000), 'Europe/Berlin (UTC+01:00)');
    assert.equal(zoneWords('America/St_Johns', NOW), 'America/St_Johns (UTC-02:30)');
    assert.equal(zoneWords('UTC', NOW), 'UTC');
    assert.equal(zoneWords(undefined, NOW), 'UTC');
  });

  it('count the sessions of a log with the filter, and say 0 where it leaves none', () => {
    assert.equal(wordsOf({}), '4 sessions');
    assert.equal(wordsOf({ shown: 2 }), '2 of 4 sessions');
    assert.equal(wordsOf({ shown: 0 }), '0 of 4 sessions');
    assert.equal(wordsOf({ shown: null }), 'counting…', 'no figure that the filter has nothing to do with');
    assert.equal(sourceWords({ state: undefined, size: 40e6, isLive: false, shown: 0 }), '40 MB, not read yet');
  });

  it('do not wait for entries where all were deleted', () => {
    assert.equal(wordsOf({}, { entries: 0, deleted: 159 }), '159 rows deleted · no entries left');
    assert.equal(wordsOf({}, { entries: 0 }), 'no entries yet');
  });
});

function wordsOf(
  figures: Partial<Parameters<typeof sourceWords>[0]>,
  summary: Partial<NonNullable<LogState['summary']>> = {},
): string {
  const read = {
    kind: 'database',
    entries: 30,
    actions: 30,
    sessions: 4,
    from: null,
    to: null,
    deleted: 0,
    deletedText: undefined,
    warnings: [],
    isPart: false,
    ...summary,
  } as const;
  const state = { summary: read, failure: undefined, isBusy: false, changedAt: undefined } as unknown as LogState;
  return sourceWords({ state, size: 0, isLive: false, shown: undefined, ...figures });
}
