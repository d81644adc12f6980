import assert from 'node:assert/strict';
import { ruleClock } from '../../../src/host/policy/impactWords';

describe('The clock of rules', () => {
  it('is that of UTC, wherever somebody looks at it', () => {
    assert.equal(ruleClock(Date.parse('2026-03-30T00:30:00+02:00')), 'Sunday 22:30 UTC');
  });
});
