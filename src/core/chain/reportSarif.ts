import type { Writable } from '../json/writeJson';
import { sarifLocation, sarifLog, sarifRule, type SarifObject } from '../sarif/sarifLog';
import type { Break } from './explain/break';
import { KIND_MEANINGS } from './explain/kindMeanings';
import type { ChainReport } from './report';
import { tailSentence } from './verdictText';

/** The report as a SARIF log. */
export function reportSarif(file: string, report: ChainReport, version: string): Writable {
  const { breaks, total } = report.explanation;
  const results = [
    ...breaks.map((found) => breakResult(file, found)),
    ...tailResult(file, report),
    ...noteResults(file, report),
  ];
  const notifications: SarifObject[] =
    total > breaks.length
      ? [{ level: 'warning', message: { text: `${total} breaks were found; the first ${breaks.length} are listed.` } }]
      : [];
  return sarifLog({
    version,
    rules: rules(),
    results,
    notifications,
    properties: {
      algorithm: report.algorithm,
      entries: report.entries,
      valid: report.valid,
      tail: report.tail,
      breaks_total: total,
    },
  });
}

function rules(): SarifObject[] {
  const kinds = Object.entries(KIND_MEANINGS).map(([id, text]) => sarifRule(id, text, 'error'));
  return [
    ...kinds,
    sarifRule('tail-truncated', 'The chain has fewer entries than expected.', 'error'),
    sarifRule('tail-differs', 'The expected head is not in the chain.', 'error'),
    sarifRule('note', 'Something true and worth knowing that breaks nothing.', 'none'),
  ];
}

function breakResult(file: string, found: Break): SarifObject {
  return {
    ruleId: found.kind,
    level: 'error',
    message: { text: found.message },
    locations: [at(file, found.line)],
    ...(found.related.length > 0 && {
      relatedLocations: found.related.map(({ line, role }) => ({ ...at(file, line), message: { text: role } })),
    }),
    properties: {
      certainty: found.certainty,
      alternatives: found.alternatives,
      expected_hash: found.expectedHash,
      actual_hash: found.actualHash,
    },
  };
}

function tailResult(file: string, report: ChainReport): SarifObject[] {
  if (report.tail !== 'truncated' && report.tail !== 'differs') return [];
  const result = {
    ruleId: `tail-${report.tail}`,
    level: 'error',
    message: { text: tailSentence(report) },
    locations: [at(file, report.pin?.line ?? Math.max(1, report.lines))],
  };
  return [result];
}

function noteResults(file: string, report: ChainReport): SarifObject[] {
  return report.notes.map(({ code, line, message }) => ({
    ruleId: 'note',
    kind: 'informational',
    level: 'none',
    message: { text: message },
    locations: [at(file, line)],
    properties: { code },
  }));
}

function at(file: string, line: number): SarifObject {
  return sarifLocation(file, { startLine: line });
}
