import assert from 'node:assert/strict';
import { noChangeWords, ruleClock } from '../../../src/host/policy/impactWords';
import type { ImpactFigures } from '../../../src/logfile/policyImpacts';

describe('The clock of rules', () => {
  it('is that of UTC, wherever somebody looks at it', () => {
    assert.equal(ruleClock(Date.parse('2026-03-30T00:30:00+02:00')), 'Sunday 22:30 UTC');
  });
});

describe('The words for an edit that changes nothing', () => {
  const NONE = { unchanged: 9, promoted: 0, restricted: 0, newly_blocked: 0, newly_allowed: 0, not_evaluable: 0 };

  function said(figures: Partial<ImpactFigures>): string | undefined {
    const whole = { changes: NONE, warnings: [], done: 9, actions: 9, ...figures };
    return noChangeWords(whole as unknown as ImpactFigures)?.sentence;
  }

  it('claim no more than is known', () => {
    assert.equal(said({}), 'This edit changes no recorded decision');
    assert.equal(said({ changes: { ...NONE, not_evaluable: 1 } }), 'This edit changes no decision that is known');
    assert.equal(said({ warnings: ['Damaged'] }), 'This edit changes no decision that is known');
  });

  it('are not said where it does, nor before all was gone through', () => {
    assert.equal(said({ changes: { ...NONE, promoted: 1 } }), undefined);
    assert.equal(said({ done: 8 }), undefined);
  });
});
