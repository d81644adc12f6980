import { utf8 } from '../json/utf8';
import type { Writable } from '../json/writeJson';
import type { Break } from './explain/break';
import { KIND_MEANINGS } from './explain/kindMeanings';
import type { ChainReport } from './report';
import { tailSentence } from './verdictText';

/** The report as a SARIF 2.1.0 log (OASIS, `sarif-schema-2.1.0.json`), for code-scanning views and CI. */
export function reportSarif(file: string, report: ChainReport, version: string): Writable {
  const { breaks, total } = report.explanation;
  const results = [
    ...breaks.map((found) => breakResult(file, found)),
    ...tailResult(file, report),
    ...noteResults(file, report),
  ];
  const notifications: Writable[] =
    total > breaks.length
      ? [{ level: 'warning', message: { text: `${total} breaks were found; the first ${breaks.length} are listed.` } }]
      : [];
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'aegis', version, rules: rules() } },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications }],
        columnKind: 'utf16CodeUnits',
        results,
        properties: {
          algorithm: report.algorithm,
          entries: report.entries,
          valid: report.valid,
          tail: report.tail,
          breaks_total: total,
        },
      },
    ],
  };
}

function rules(): Writable[] {
  const kinds = Object.entries(KIND_MEANINGS).map(([id, text]) => rule(id, text, 'error'));
  return [
    ...kinds,
    rule('tail-truncated', 'The chain has fewer entries than expected.', 'error'),
    rule('tail-differs', 'The expected head is not in the chain.', 'error'),
    rule('note', 'Something true and worth knowing that breaks nothing.', 'none'),
  ];
}

function rule(id: string, text: string, level: string): Writable {
  return { id, shortDescription: { text }, defaultConfiguration: { level } };
}

function breakResult(file: string, found: Break): Writable {
  return {
    ruleId: found.kind,
    level: 'error',
    message: { text: found.message },
    locations: [location(file, found.line)],
    ...(found.related.length > 0 && {
      relatedLocations: found.related.map(({ line, role }) => ({ ...location(file, line), message: { text: role } })),
    }),
    properties: {
      certainty: found.certainty,
      alternatives: found.alternatives,
      expected_hash: found.expectedHash,
      actual_hash: found.actualHash,
    },
  };
}

function tailResult(file: string, report: ChainReport): Writable[] {
  if (report.tail !== 'truncated' && report.tail !== 'differs') return [];
  const result = {
    ruleId: `tail-${report.tail}`,
    level: 'error',
    message: { text: tailSentence(report) },
    locations: [location(file, report.pin?.line ?? Math.max(1, report.lines))],
  };
  return [result];
}

function noteResults(file: string, report: ChainReport): Writable[] {
  return report.notes.map(({ code, line, message }) => ({
    ruleId: 'note',
    kind: 'informational',
    level: 'none',
    message: { text: message },
    locations: [location(file, line)],
    properties: { code },
  }));
}

function location(file: string, line: number): Record<string, Writable> {
  return { physicalLocation: { artifactLocation: { uri: fileUri(file) }, region: { startLine: line } } };
}

/** A path as a URI reference: relative ones stay relative, backslashes of Windows become slashes. */
function fileUri(file: string): string {
  const path = file.replace(/\\/g, '/');
  const encoded = encodeSegments(path.isWellFormed() ? path : path.toWellFormed());
  if (/^[A-Za-z]%3A\//.test(encoded)) return `file:///${encoded.replace('%3A', ':')}`;
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
}

function encodeSegments(path: string): string {
  return path.split('/').map(encode).join('/');
}

/** Percent-encodes what may not stand in a segment of a URI (RFC 3986, 3.3). */
function encode(segment: string): string {
  return segment.replace(/[^A-Za-z0-9\-._~!$&'()*+,;=@]/gu, (character) => {
    let encoded = '';
    for (const byte of utf8(character)) encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    return encoded;
  });
}
