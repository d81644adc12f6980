import type { Writable } from '../core/json/writeJson';
import { codeMeaning } from '../core/policy/lint/codeMeanings';
import type { Diagnostic, Fix, LintCode, Severity } from '../core/policy/lint/lintPolicy';
import type { Span } from '../core/policy/yamlTree';
import { fileUri, sarifLocation, sarifLog, type SarifObject, type SarifRegion } from '../core/sarif/sarifLog';
import type { Validated } from './validated';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note' };

/**
 * As `aegis validate --format sarif` prints it; fixes stand with each result.
 *
 * @param failures why files could not be read.
 */
export function validationSarif(
  validated: readonly Validated[],
  failures: readonly string[],
  version: string,
): Writable {
  const codes = new Set(validated.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)));
  return sarifLog({
    version,
    rules: [...codes].map(rule),
    notifications: failures.map((text) => ({ level: 'error', message: { text } })),
    isPart: failures.length > 0,
    results: validated.flatMap((each) => each.diagnostics.map((diagnostic) => result(diagnostic, each))),
  });
}

/** Code-scanning views show the short text in their lists, and the help beside a result. */
function rule(code: LintCode): SarifObject {
  const text = codeMeaning(code);
  return { id: code, shortDescription: { text: firstSentence(text) }, fullDescription: { text }, help: { text } };
}

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
}

function result({ code, severity, message, span, related, fixes }: Diagnostic, validated: Validated): SarifObject {
  const { path } = validated;
  return {
    ruleId: code,
    level: LEVELS[severity],
    message: { text: message },
    locations: [sarifLocation(path, region(span, validated))],
    ...(related.length > 0 && {
      relatedLocations: related.map((place) => ({
        ...sarifLocation(path, region(place.span, validated)),
        message: { text: place.message },
      })),
    }),
    ...(fixes.length > 0 && { fixes: fixes.map((fix) => fixOf(fix, validated)) }),
  };
}

function fixOf({ title, edits }: Fix, validated: Validated): SarifObject {
  return {
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation: { uri: fileUri(validated.path) },
        replacements: edits.map(({ span, text }) => ({
          deletedRegion: { ...region(span, validated) },
          insertedContent: { text },
        })),
      },
    ],
  };
}

function region({ start, end }: Span, { file: { positions } }: Validated): SarifRegion {
  const [from, to] = [positions.at(start), positions.at(end)];
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}
