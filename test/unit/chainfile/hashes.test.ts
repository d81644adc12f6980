import * as assert from 'node:assert/strict';
import * as crypto from 'node:crypto';
import * as fc from 'fast-check';
import { runtimeHashes, type RuntimeCrypto } from '../../../src/chainfile/hashes';
import { ALGORITHMS } from '../../../src/core/chain/hash';
import { altered, chainOf, chainOfLength, content, textOf } from '../support/chains';
import { HASHES, verifyInMemory } from '../support/memoryChain';

const NAMES = { sha256: 'sha256', sha3_256: 'sha3-256' } as const;

/** Electron's crypto, and a browser's: no SHA-3, and asking for it fails. */
const withoutSha3: RuntimeCrypto = {
  getHashes: () => crypto.getHashes().filter((name) => !/sha-?3/i.test(name)),
  createHash: (algorithm) => {
    if (/sha-?3/.test(algorithm)) throw new Error('Digest method not supported');
    return crypto.createHash(algorithm);
  },
};

describe('Hashes', () => {
  it('are the digests of the published test vectors', () => {
    assert.equal(HASHES.sha256(Buffer.from('abc')), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    assert.equal(
      HASHES.sha3_256(Buffer.from('abc')),
      '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532',
    );
  });

  it('are the same without SHA-3 in the runtime, and without crypto.hash', () => {
    const poor = runtimeHashes(withoutSha3);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        for (const algorithm of ALGORITHMS) {
          const digest = crypto.createHash(NAMES[algorithm]).update(bytes).digest('hex');
          assert.equal(HASHES[algorithm](bytes), digest);
          assert.equal(poor[algorithm](bytes), digest);
        }
      }),
    );
  });

  it('use crypto.hash where the runtime has it', () => {
    const asked: string[] = [];
    const hashes = runtimeHashes({
      ...withoutSha3,
      hash: (algorithm) => {
        asked.push(algorithm);
        return 'digest';
      },
    });
    assert.equal(hashes.sha256(new Uint8Array()), 'digest');
    assert.deepEqual(asked, ['sha256']);
  });
});

describe('The algorithm of a chain', () => {
  const sha3 = chainOf(
    Array.from({ length: 6 }, (_, step) => content(step)),
    HASHES.sha3_256,
  );

  it('is told from its entries', async () => {
    assert.equal((await verifyInMemory(textOf(sha3))).algorithm, 'sha3_256');
    assert.equal((await verifyInMemory(textOf(chainOfLength(3)))).algorithm, 'sha256');
  });

  it('is told from the first entry that fits, where those before it are broken', async () => {
    const broken = sha3.map((line, i) => (i < 3 ? altered(line, { agent_id: 'other' }) : line));
    const report = await verifyInMemory(`no entry\n\n${textOf(broken)}`);
    assert.equal(report.algorithm, 'sha3_256');
    assert.deepEqual(
      report.explanation.breaks.map(({ kind, line }) => [kind, line]),
      [
        ['malformed', 1],
        ['modified', 3],
        ['modified', 4],
        ['modified', 5],
      ],
    );
  });

  it('is SHA-256 where no entry tells', async () => {
    assert.equal((await verifyInMemory('')).algorithm, 'sha256');
    const broken = sha3.map((line) => altered(line, { agent_id: 'other' }));
    assert.equal((await verifyInMemory(textOf(broken))).algorithm, 'sha256');
  });

  it('is what the person says it is, and then every entry is held against it', async () => {
    const report = await verifyInMemory(textOf(sha3), { algorithm: 'sha256' });
    assert.equal(report.algorithm, 'sha256');
    assert.equal(report.explanation.breaks.filter(({ kind }) => kind === 'modified').length, 6);
  });
});
