import * as path from 'node:path';
import type { Algorithm } from '../core/chain/hash';
import type { ChainReport, Expectation } from '../core/chain/report';
import { verifyChainBytes as verifyBytes, verifyChainFile as verifyFile, type Progress } from './chainFile';

export interface VerifyChainOptions {
  /** `auto` takes the one that the chain's first telling entry was hashed with. */
  readonly algorithm?: Algorithm | 'auto';
  /** The head that was kept elsewhere. */
  readonly expectation?: Expectation;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Verifies the chain in a file, which is only ever read, and explains every break.
 *
 * @throws ChainFileError with a sentence where the file cannot be read; CancelledError where the signal says so.
 */
export function verifyChainFile(file: string, options: VerifyChainOptions = {}): Promise<ChainReport> {
  return verifyFile(file, { algorithm: 'auto', ...options, workerScript: workerScript(), offThread: true });
}

/** Verifies a chain given as bytes. */
export function verifyChainBytes(bytes: Uint8Array, options: VerifyChainOptions = {}): Promise<ChainReport> {
  return verifyBytes(bytes, { algorithm: 'auto', ...options, workerScript: workerScript(), offThread: true });
}

/** It lies beside the bundle of this file. */
function workerScript(): string {
  return path.join(__dirname, 'chain-worker.js');
}
