import assert from 'node:assert/strict';
import { ShownSessions } from '../../../src/host/sessions/shownSessions';

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('How many sessions of a log are shown', () => {
  it('is counted with the filter where nobody lists them, once for each filter', async () => {
    const asked: string[] = [];
    const told: string[] = [];
    const shown = new ShownSessions(
      (id) => {
        asked.push(id);
        return Promise.resolve(asked.length - 1);
      },
      (id) => told.push(id),
    );
    assert.equal(shown.of('log', 'risk:high'), undefined);
    assert.equal(shown.of('log', 'risk:high'), undefined);
    await pause(150);
    assert.deepEqual([asked, told], [['log'], ['log']]);
    assert.equal(shown.of('log', 'risk:high'), 0);
    assert.equal(shown.of('log', 'risk:low'), undefined, 'the figure of another filter says nothing');
    await pause(150);
    assert.equal(shown.of('log', 'risk:low'), 1);
  });

  it('is taken from the list where there is one, without counting twice', async () => {
    const shown = new ShownSessions(
      () => assert.fail('it is counted'),
      () => undefined,
    );
    shown.of('log', 'x');
    shown.set('log', 'x', 7);
    await pause(150);
    assert.equal(shown.of('log', 'x'), 7);
  });

  it('is counted anew where the log changed, and what it was stands until then', async () => {
    let count = 3;
    const shown = new ShownSessions(
      () => Promise.resolve(count),
      () => undefined,
    );
    shown.of('log', 'x');
    await pause(150);
    count = 4;
    assert.equal(shown.of('log', 'x'), 3);
    shown.expire('other');
    assert.equal(shown.of('log', 'x'), 3);
    shown.expire('log');
    assert.equal(shown.of('log', 'x'), 3);
    await pause(150);
    assert.equal(shown.of('log', 'x'), 4);
  });

  it('is asked for again after it could not be counted', async () => {
    let isBroken = true;
    const shown = new ShownSessions(
      () => (isBroken ? Promise.reject(new Error('gone')) : Promise.resolve(2)),
      () => undefined,
    );
    shown.of('log', 'x');
    await pause(150);
    isBroken = false;
    assert.equal(shown.of('log', 'x'), undefined);
    await pause(150);
    assert.equal(shown.of('log', 'x'), 2);
  });
});
