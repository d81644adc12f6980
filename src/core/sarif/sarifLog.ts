import { utf8 } from '../json/utf8';
import type { Writable } from '../json/writeJson';

/** Parts of a SARIF 2.1.0 log (OASIS, `sarif-schema-2.1.0.json`), for code-scanning views and CI. Columns count UTF-16 units. */

export type SarifObject = Readonly<Record<string, Writable>>;

/** What one command found. */
export interface SarifRun {
  /** Of aegis. */
  readonly version: string;
  readonly rules: readonly SarifObject[];
  readonly results: readonly SarifObject[];
  /** What has to be known of the run itself. */
  readonly notifications?: readonly SarifObject[];
  /** Whether not all that was asked for could be looked at. */
  readonly isPart?: boolean;
  readonly properties?: SarifObject;
}

export function sarifLog({
  version,
  rules,
  results,
  notifications = [],
  isPart = false,
  properties,
}: SarifRun): Writable {
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'aegis', version, rules } },
        invocations: [{ executionSuccessful: !isPart, toolExecutionNotifications: notifications }],
        columnKind: 'utf16CodeUnits',
        results,
        ...(properties && { properties }),
      },
    ],
  };
}

export function sarifRule(id: string, text: string, level: string): SarifObject {
  return { id, shortDescription: { text }, defaultConfiguration: { level } };
}

/** A place in a file; lines and columns from 1, the end column behind the last character. */
export interface SarifRegion {
  readonly startLine: number;
  readonly startColumn?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

export function sarifLocation(file: string, region: SarifRegion): SarifObject {
  return { physicalLocation: { artifactLocation: { uri: fileUri(file) }, region: { ...region } } };
}

/** A path as a URI reference: relative ones stay relative, backslashes of Windows become slashes. */
export function fileUri(file: string): string {
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
