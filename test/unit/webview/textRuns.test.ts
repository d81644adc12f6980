import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { visible } from '../../../src/core/text/visible';
import { textChunks, textRuns } from '../../../src/webview/timeline/textRuns';

describe('A text out of a log on the page', () => {
  it('tells an escape from the same letters in the log', () => {
    assert.deepEqual(textRuns('a\u202eb', 100), [
      { text: 'a', kind: 'plain' },
      { text: '\\u{202e}', kind: 'escape' },
      { text: 'b', kind: 'plain' },
    ]);
    assert.deepEqual(textRuns('a\\u{202e}b', 100), [{ text: 'a\\u{202e}b', kind: 'plain' }]);
  });

  it('shows the end of a line and begins a new one where lines are wanted', () => {
    assert.deepEqual(textRuns('a\nb', 100, true), [
      { text: 'a', kind: 'plain' },
      { text: '\\n', kind: 'escape' },
      { text: '\n', kind: 'break' },
      { text: 'b', kind: 'plain' },
    ]);
    assert.deepEqual(textRuns('a\nb', 100)[1], { text: '\\u{a}', kind: 'escape' });
  });

  it('ends in … where it is longer than it may be, and never within a character', () => {
    assert.deepEqual(textRuns('abcdef', 3), [{ text: 'abc…', kind: 'plain' }]);
    assert.deepEqual(textRuns('ab😀', 3), [{ text: 'ab…', kind: 'plain' }]);
    assert.deepEqual(textRuns('ab😀', 4), [{ text: 'ab😀', kind: 'plain' }]);
  });

  it('says the same as everywhere else, whatever is in it', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\n', '\u202e', '\ud800', '\u0000', '😀', '\\u{a}'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const shown = textRuns(text, Infinity)
          .map((run) => run.text)
          .join('');
        assert.equal(shown, visible(text, Infinity));
      }),
    );
  });

  it('that was made of a million escapes is drawn in few pieces', () => {
    for (const text of ['\u0000'.repeat(1_000_000), 'a\u0000'.repeat(500_000), 'a\n'.repeat(500_000)]) {
      const runs = textRuns(text, Infinity, true);
      assert.ok(runs.length < 6000, `${runs.length} pieces`);
      assert.ok(runs.every((run) => visible(run.text, Infinity) === run.text || run.kind === 'break'));
    }
  });
});

describe('A long text out of a log', () => {
  const shownOf = (text: string): string =>
    textChunks(text)
      .flat()
      .map((run) => run.text)
      .join('');

  it('comes in pieces that end where its lines do', () => {
    const line = `${'x'.repeat(99)}\n`;
    const chunks = textChunks(line.repeat(1000));
    assert.ok(chunks.length > 10);
    for (const chunk of chunks) {
      assert.ok(chunk.filter((run) => run.kind === 'plain').every((run) => run.text === 'x'.repeat(99)));
      assert.equal(chunk.at(-1)?.text, '\\n', 'the piece itself ends the line');
    }
  });

  it('is all there, whatever is in it', () => {
    const solid = '😀'.repeat(50_000);
    assert.equal(shownOf(solid), solid);
    assert.ok(textChunks(solid).every((chunk) => chunk.every((run) => run.kind === 'plain')));
    const evil = 'a\u202e'.repeat(500_000);
    assert.equal(shownOf(evil), visible(evil, Infinity));
    assert.deepEqual(textChunks(''), []);
  });

  it('that was made of a million escapes is drawn in few pieces', () => {
    for (const text of ['\u0000'.repeat(1_000_000), 'a\u0000'.repeat(500_000), 'a\n'.repeat(500_000)]) {
      const runs = textChunks(text).flat();
      assert.ok(runs.length < 20_000, `${runs.length} pieces`);
    }
  });
});
