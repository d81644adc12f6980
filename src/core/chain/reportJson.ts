import { RawJson, type Writable } from '../json/writeJson';
import type { Break } from './explain/break';
import type { PinVerdict } from './pins/judgePin';
import { pinJson } from './pins/pin';
import { pinSentence } from './pins/pinText';
import type { ChainReport } from './report';

/** The report as `aegis verify --format json` prints it. */
export function reportJson(file: string, report: ChainReport): Writable {
  const { verdict, accepts, error } = report.reference;
  return {
    file,
    algorithm: report.algorithm,
    valid: report.valid,
    chain_length: verdict?.chainLength ?? null,
    verified_entries: verdict?.verifiedEntries ?? null,
    first_broken_at: raw(verdict?.firstBrokenAt),
    error_message: verdict?.errorMessage ?? null,
    verification_hash: verdict?.verificationHash ?? null,
    reference_valid: accepts,
    reference_error: error,
    entries: report.entries,
    unread_bytes: report.unreadBytes,
    chain_hash: report.chainHash,
    tail: report.tail,
    pin: report.pin && verdictJson(report.pin),
    appended: report.appended,
    breaks_total: report.explanation.total,
    breaks: report.explanation.breaks.map(breakJson),
    notes: report.notes.map(({ code, line, message }) => ({ code, line, message })),
  };
}

function verdictJson(verdict: PinVerdict): Writable {
  return {
    state: verdict.state,
    message: pinSentence(verdict),
    line: verdict.line,
    last_holding: verdict.lastHolding && { count: verdict.lastHolding.count, time: verdict.lastHolding.time },
    ...pinJson(verdict.pin),
  };
}

function breakJson(found: Break): Writable {
  return {
    kind: found.kind,
    line: found.line,
    sequence_id: raw(found.sequenceId),
    count: found.count,
    certainty: found.certainty,
    alternatives: found.alternatives,
    message: found.message,
    expected_hash: found.expectedHash,
    actual_hash: found.actualHash,
    related_lines: found.related.map(({ line }) => line),
  };
}

/** A value out of the log with the spelling that it has there: `21.0` is not `21`. */
function raw(canonical: string | null | undefined): Writable {
  return canonical === null || canonical === undefined ? null : new RawJson(canonical);
}
