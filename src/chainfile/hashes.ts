import * as crypto from 'node:crypto';
import { sha3_256 } from '@noble/hashes/sha3.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { HashHex, Hashes } from '../core/chain/hash';

/** What is used of Node's crypto; a test takes parts of it away. */
export interface RuntimeCrypto {
  /** One call for a whole digest, twice as fast as a hash object. Node 20.12 and newer. */
  readonly hash?: (algorithm: string, data: Uint8Array, encoding: 'hex' | 'binary') => string;
  readonly createHash: (algorithm: string) => { update(data: Uint8Array): { digest(encoding: 'hex'): string } };
  readonly getHashes: () => string[];
}

/**
 * The digests of both algorithms, the runtime's own where it has them. Electron is built on BoringSSL, which has no SHA-3:
 * there a library takes its place.
 */
export function runtimeHashes(runtime: RuntimeCrypto = crypto): Hashes {
  return {
    sha256: own(runtime, 'sha256'),
    sha3_256: runtime.getHashes().includes('sha3-256')
      ? own(runtime, 'sha3-256')
      : (bytes) => bytesToHex(sha3_256(bytes)),
  };
}

function own(runtime: RuntimeCrypto, algorithm: string): HashHex {
  const { hash } = runtime;
  if (hash !== undefined) {
    const hex = (bytes: Uint8Array): string => hash(algorithm, bytes, 'hex');
    return Object.assign(hex, { binary: (bytes: Uint8Array): string => hash(algorithm, bytes, 'binary') });
  }
  return (bytes) => runtime.createHash(algorithm).update(bytes).digest('hex');
}
