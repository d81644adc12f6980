import * as assert from 'node:assert/strict';
import { PolicyService } from '../../../src/policyfile/policyService';
import { HOSTILE_TEXTS } from '../policy/support/hostileTexts';
import { stepsOf } from '../support/steps';

const NOTHING_RECORDED = { types: [], targets: [], agents: [] };

/** All that an editor asks about a text. */
function askEverything(text: string): void {
  const service = new PolicyService();
  const { diagnostics } = service.findings(text);
  assert.ok(diagnostics.length <= 3001);
  service.shape(text);
  for (const offset of [0, text.length >> 1, text.lastIndexOf('\n', text.length >> 1) + 3, text.length]) {
    service.complete(text, offset, NOTHING_RECORDED);
    service.hover(text, offset);
  }
  service.rulesNamed(text, 'a');
  const time = '2026-03-29T10:30:00+00:00';
  service.tryAction(text, { type: 'x', target: 'y', agent: '', description: '', params: '{"n": "aab"}', time });
}

describe('A hostile policy', () => {
  for (const [what, make] of Object.entries(HOSTILE_TEXTS)) {
    it(`of ${what} makes nothing throw, and twice as much of it takes about twice the work`, () => {
      askEverything(make(2000));
      // What aliases repeat shows only where there is much of it.
      const size = what.endsWith('everywhere') ? 20_000 : 8000;
      const told: string[] = [];
      // V8 may lose counts of what it collects meanwhile: what takes the square of it does so each time.
      for (let round = 0; round < 3; round++) {
        const [once, twice] = [size, 2 * size].map((each) => stepsOf(() => askEverything(make(each))));
        // (That would be four times as much; of a few steps nothing can be told.)
        if (twice < 2.7 * once + 100_000) return;
        told.push(`${once} steps, and ${twice} for twice as much`);
      }
      assert.fail(told.join('; '));
    });
  }
});
