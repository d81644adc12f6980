// The library door: what a program may import.
export { appendEntry } from './core/chain/append';
export { reportJson } from './core/chain/reportJson';
export { CancelledError, ChainFileError } from './chainfile/errors';
export { verifyChainBytes, verifyChainFile, type VerifyChainOptions } from './chainfile/verifyChain';
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
