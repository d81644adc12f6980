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
export type { ActionLog, EndedActionSink } from './recorder/actionLog';
export type {
  ActionOutcome,
  ActionRecord,
  CleanAction,
  CleanOutcome,
  HumanDecision,
  ResultStatus,
} from './core/record/actionRecord';
export type { RedactionOptions } from './core/record/redaction';
export { AuditLogger, JsonlAuditLogger } from './recorder/auditLogger';
export { AuditTrail, type AuditTrailOptions } from './recorder/auditTrail';
export { CryptoAuditChain, type ChainContent, type CryptoAuditChainOptions } from './recorder/cryptoAuditChain';
export type { CountFilter, LogFilter, LogRow } from './recorder/database/auditQueries';
export type { Rotation } from './recorder/trail/rotateTrail';
export type { TrailOptions } from './recorder/trailLog';
export { Action, type ActionFields } from './recorder/runtime/action';
export type { Decision } from './recorder/runtime/decision';
export { HookError, type PlanRecordError } from './recorder/runtime/errors';
export type { ApprovalHandler, Executor, RuntimeHooks } from './recorder/runtime/executor';
export type { Plan } from './recorder/runtime/plan';
export { Policy, PolicyError, type PlanViolation } from './recorder/runtime/policy';
export { Result, type ResultFields } from './recorder/runtime/result';
export { Runtime, type ExecuteOptions, type RuntimeOptions } from './recorder/runtime/runtime';
export { terminalApproval, type TerminalOptions } from './recorder/approval/terminalApproval';
export type { Logger, LoggerStyle } from './recorder/logging/loggerCall';
export { LoggingAuditLogger, type LoggingAuditLoggerOptions } from './recorder/logging/loggingAuditLogger';
export {
  OpenTelemetryAuditLogger,
  type OpenTelemetryAuditLoggerOptions,
  type OpenTelemetryLogs,
} from './recorder/logging/openTelemetryAuditLogger';
export { ActionBlockedError, type BlockedCall } from './recorder/instrument/actionBlockedError';
export type { LibraryState } from './recorder/instrument/attachments';
export { autoInstrument, type Instrumentation } from './recorder/instrument/autoInstrument';
export type { InstrumentOptions } from './recorder/instrument/instrumentOptions';
