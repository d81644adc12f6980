import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import type { ActionLog } from '../../src/recorder/actionLog';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { assertAgrees, linesOf } from './support/checkTrail';
import { given } from './support/given';

/** The library as programs get it. */
const { AuditTrail, CryptoAuditChain } = createRequire(__filename)(
  path.resolve('dist/index.js'),
) as typeof import('../../src/index');

async function recordIn(log: ActionLog): Promise<void> {
  const one = given();
  await log.attempt(one);
  await log.outcome(one, { status: 'success', data: { ok: true } });
}

describe('The files of a trail', () => {
  const folder = temporaryFolder();
  const before = process.cwd();
  afterEach(() => process.chdir(before));

  it('stay where they were when the program goes to another folder', async () => {
    const other = path.join(folder(), 'other');
    fs.mkdirSync(path.join(other, '.aegis'), { recursive: true });
    process.chdir(folder());
    const trail = new AuditTrail();
    await recordIn(trail);
    process.chdir(other);
    await recordIn(trail);
    assert.equal(trail.count(), 2);
    assert.equal((await trail.verify()).valid, true);
    await trail.close();
    assert.deepEqual(fs.readdirSync(path.join(other, '.aegis')), []);
    const { entries } = await assertAgrees(path.join(folder(), '.aegis'));
    assert.equal(entries.length, 4);
  });

  it('are the same by a link, and so is their lock', async () => {
    const real = path.join(folder(), 'chain.jsonl');
    fs.writeFileSync(real, '');
    fs.symlinkSync(real, path.join(folder(), 'link.jsonl'));
    const chain = new CryptoAuditChain({ storagePath: path.join(folder(), 'link.jsonl') });
    await chain.append({ agentId: '', actionType: 'a', actionTarget: 't', decision: 'auto', riskLevel: 'low' });
    assert.equal((await chain.verify()).valid, true);
    await chain.close();
    assert.equal(linesOf(real).length, 1);
    assert.deepEqual(fs.readdirSync(folder()).sort(), ['chain.jsonl', 'chain.jsonl.lock', 'link.jsonl']);
  });
});
