// The library door: what a program may import.
import * as path from 'node:path';
import { verifyChainBytes as verifyBytes, verifyChainFile as verifyFile, type Progress } from './chainfile/chainFile';
import type { Algorithm } from './core/chain/hash';
import type { ChainReport, Expectation } from './core/chain/report';

export { appendEntry } from './core/chain/append';
export { reportJson } from './core/chain/reportJson';
export { CancelledError, ChainFileError } from './chainfile/errors';
export { runtimeHashes } from './chainfile/hashes';
export type { Break, BreakKind, Explanation } from './core/chain/explain/break';
export type { ChainEntry, EntryContent, JsonValue } from './core/chain/entry';
export type { Note, NoteCode } from './core/chain/facts';
export type { Algorithm, HashHex, Hashes } from './core/chain/hash';
export type { ReferenceAnswer, ReferenceVerdict } from './core/chain/referenceVerdict';
export type { ChainReport, Expectation, Tail } from './core/chain/report';
export type { Progress } from './chainfile/chainFile';
export { RecordError, type RecordErrorDetails, type SinkName } from './recorder/errors';
export type { ActionLog } from './recorder/actionLog';
export type { ActionOutcome, ActionRecord, HumanDecision, ResultStatus } from './core/record/actionRecord';
export type { RedactionOptions } from './core/record/redaction';

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
