import * as assert from 'node:assert/strict';
import { OUTCOMES, outcomeOf } from '../../../src/core/log/outcomes';
import { outcome as words, type EntryRow } from '../../../src/shared/timeline';
import {
  decisionSentence,
  outcomeLook,
  outcomePhrase,
  outcomeWord,
  seriesLook,
  seriesTitle,
} from '../../../src/webview/timeline/outcome';
import { entry } from './fakeHost';

const row = (status: string | null, approval: string, rule: string | null = 'r'): EntryRow => ({
  ...entry('1'),
  status,
  approval,
  rule,
  outcome: outcomeOf(status, approval),
});

const sentence = (...parts: Parameters<typeof row>): string => {
  const { before, rule, after } = decisionSentence(row(...parts));
  return `${before}${rule ?? ''}${after}`;
};

describe('What became of an action, on the page', () => {
  it('is in the words that the host has for it', () => {
    assert.deepEqual(words.options.toSorted(), OUTCOMES.toSorted());
  });

  it('is the status as it was recorded; without one, the decision, which is told from an outcome', () => {
    for (const [status, approval, word, phrase] of [
      ['Success', 'block', 'Success', 'Success'],
      ['made up', 'auto', 'made up', 'made up'],
      [null, 'block', 'block', 'block, no outcome recorded'],
      ['', 'approve', 'approve', 'approve, no outcome recorded'],
      [null, '', 'no outcome recorded', 'no outcome recorded'],
    ] as const) {
      assert.equal(outcomeWord(row(status, approval)), word);
      assert.equal(outcomePhrase(row(status, approval)), phrase);
    }
  });

  it('looks as its series in the picture over time does, and as no other', () => {
    assert.equal(new Set(OUTCOMES.map((name) => seriesLook(name).icon)).size, OUTCOMES.length);
    for (const [status, approval, series] of [
      ['BLOCKED', 'auto', 'blocked'],
      [null, 'BLOCK', 'block'],
      [null, 'auto', 'open'],
      ['made up', 'auto', 'other'],
    ] as const) {
      assert.deepEqual(outcomeLook(row(status, approval)), seriesLook(series));
    }
    assert.deepEqual(
      OUTCOMES.map(seriesTitle).filter((title) => title.includes('no outcome')),
      ['block, no outcome', 'no outcome'],
    );
    assert.equal(seriesTitle('constructor'), 'constructor');
    assert.equal(seriesLook('constructor').tone, 'tone-unknown');
  });

  it('is a sentence that says no more than was recorded', () => {
    assert.equal(sentence('blocked', 'block'), 'Blocked by r');
    assert.equal(sentence('blocked', 'block', null), 'Blocked');
    assert.equal(sentence('blocked', 'block', ''), 'Blocked');
    assert.equal(sentence(null, 'block'), 'Outcome not recorded. Decided by r, which blocks');
    assert.equal(sentence(null, 'block', null), 'Outcome not recorded. Decided to block');
    assert.equal(sentence('success', 'block'), 'Succeeded. Decided by r, which blocks');
    assert.equal(sentence('', 'auto'), 'Outcome not recorded. Decided by r, which needs no approval');
    assert.equal(sentence('made up', 'other'), 'made up. Decided by r');
    assert.equal(sentence('denied', 'approve', null), 'Denied');
    assert.equal(sentence('success', 'auto', '<no policy>'), 'Succeeded. There was no policy to decide');
    const { before, rule } = decisionSentence({ ...row(null, 'auto'), outcome: 'attempt' });
    assert.equal(`${before}${rule}`, 'Attempted; its outcome is an entry of its own. Decided by r');
  });
});
