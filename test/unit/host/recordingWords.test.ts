import assert from 'node:assert/strict';
import type { AgentFigures } from '../../../src/core/log/agentFigures';
import { agentWords, figureLines, programWords, type RecordedAgent } from '../../../src/host/recording/recordingWords';

const NOW = Date.parse('2026-03-29T12:00:00Z');
const NONE = { blocked: 0, denied: 0, failed: 0, block: 0, skipped: 0, open: 0, success: 0, other: 0 };

const agent = (setup: RecordedAgent['setup']): RecordedAgent => ({
  ...{ name: 'claude', title: 'Claude Code', agentId: 'claude-code' },
  ...{ setup, problem: undefined, gaps: [], file: undefined },
});

const figures: AgentFigures = {
  agent: 'claude-code',
  actions: 1240,
  ended: { ...NONE, success: 1233, denied: 1, blocked: 2, failed: 1, open: 3 },
  from: NOW - 4 * 3_600_000,
  to: NOW - 3 * 60_000,
};

describe('The words of the Recording view', () => {
  it('say of an agent whether it is recorded, what it did, and when it wrote last', () => {
    const words = '1,240 actions · 3 blocked · 1 failed · 3 without an outcome · 3 min ago';
    assert.equal(agentWords(agent('on'), figures, NOW), words);
    assert.equal(programWords(figures, NOW), words);
    assert.equal(agentWords(agent('on'), undefined, NOW), 'nothing recorded yet');
    assert.equal(agentWords(agent('off'), undefined, NOW), 'not recorded');
    assert.equal(agentWords(agent('off'), figures, NOW), `not recorded · ${words}`, 'what was recorded before stays');
    assert.equal(agentWords(agent('broken'), figures, NOW), `cannot record · ${words}`);
  });

  it('count every action once in all that became of them', () => {
    const ended = { ...NONE, success: 5, other: 1, failed: 1, blocked: 2, denied: 1, block: 1, open: 2 };
    assert.deepEqual(figureLines({ ...figures, actions: 13, ended }), [
      ['Attempted', '13', 'pulse'],
      ['Finished', '6', 'pass'],
      ['Failed', '1', 'error'],
      ['Blocked', '4', 'circle-slash'],
      ['Outcome unknown', '2', 'question'],
      ['Over', '4 h', 'clock'],
    ]);
    assert.deepEqual(figureLines({ ...figures, from: null, to: null, ended: { ...ended, skipped: 3 } }).slice(-2), [
      ['Skipped', '3', 'debug-step-over'],
      ['Outcome unknown', '2', 'question'],
    ]);
    assert.deepEqual(figureLines(undefined), [['Recorded', 'nothing yet', 'circle-outline']]);
  });
});
