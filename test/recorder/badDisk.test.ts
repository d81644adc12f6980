import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { RecordError } from '../../src/recorder/errors';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { assertAgrees } from './support/checkTrail';
import { replaceMethod } from './support/replaceMethod';
import { action, writerIn } from './support/trail';

const module = createRequire(__filename)('node:fs') as typeof fs;
const eio = (): Error => Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
const failing = (): never => {
  throw eio();
};

describe('A disk that fails', () => {
  const folder = temporaryFolder();
  let putBack: (() => void)[] = [];
  const replace = <K extends keyof typeof fs>(name: K, make: (original: (typeof fs)[K]) => (typeof fs)[K]): void =>
    void putBack.push(replaceMethod(module, name, make));
  const mend = (): void => {
    for (const each of putBack) each();
    putBack = [];
  };
  afterEach(mend);

  function failToSync(): void {
    replace('fdatasyncSync', () => failing);
    const later = (_: number, tell: (error: Error) => void): void => void setImmediate(tell, eio());
    replace('fdatasync', () => later as unknown as typeof fs.fdatasync);
  }

  async function told(attempted: Promise<unknown>): Promise<RecordError> {
    const error: unknown = await attempted.catch((reason: unknown) => reason);
    assert.ok(error instanceof RecordError, String(error));
    return error;
  }

  it('when the chain is synced: what was written is taken back', async () => {
    const writer = writerIn(folder());
    await writer.record({ phase: 'attempt', action: action() });
    failToSync();
    const { recorded, sink } = await told(writer.record({ phase: 'attempt', action: action() }));
    assert.deepEqual({ recorded, sink }, { recorded: false, sink: 'chain' });
    mend();
    await writer.record({ phase: 'attempt', action: action() });
    await writer.close();
    assert.equal((await assertAgrees(folder())).entries.length, 2);
  });

  it('when it cannot be taken back either: it is not said that nothing was recorded', async () => {
    const writer = writerIn(folder());
    await writer.record({ phase: 'attempt', action: action() });
    failToSync();
    replace('ftruncateSync', () => failing);
    const { recorded, message } = await told(writer.record({ phase: 'attempt', action: action() }));
    assert.equal(recorded, true);
    assert.match(message, /could not be taken back: do not record it again/);
    mend();
    await writer.record({ phase: 'attempt', action: action() });
    await writer.close();
    assert.equal((await assertAgrees(folder())).rows.length, 3);
  });

  it('when a file is closed: what is recorded is recorded, and nothing stays locked', async () => {
    const writer = writerIn(folder());
    await writer.record({ phase: 'attempt', action: action() });
    let failed = 0;
    replace('closeSync', (closeSync) => (descriptor: number) => {
      closeSync(descriptor);
      if (failed++ < 2) throw eio();
    });
    await writer.record({ phase: 'attempt', action: action() });
    assert.ok(failed > 0);
    mend();
    const other = writerIn(folder(), { patience: 300 });
    await other.record({ phase: 'attempt', action: action() });
    await Promise.all([writer.close(), other.close()]);
    assert.equal((await assertAgrees(folder())).rows.length, 3);
  });
});
