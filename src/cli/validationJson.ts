import type { Writable } from '../core/json/writeJson';
import type { Diagnostic, Severity } from '../core/policy/lint/lintPolicy';
import type { Span } from '../core/policy/yamlTree';
import type { PolicyFile } from '../policyfile/readPolicyFile';
import type { Validated } from './validated';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'info' };

/** As `aegis validate --format json` prints it. */
export function validationJson(validated: readonly Validated[]): Writable {
  return {
    files: validated.map(({ path, file, policy, diagnostics }) => ({
      file: path,
      valid: policy !== undefined,
      diagnostics: diagnostics.map((diagnostic) => diagnosticJson(diagnostic, file)),
    })),
  };
}

function diagnosticJson({ code, severity, message, span }: Diagnostic, file: PolicyFile): Writable {
  return { code, severity: SEVERITIES[severity], message, ...placeJson(span, file) };
}

function placeJson(span: Span, { positions }: PolicyFile): Record<string, Writable> {
  const [start, end] = [positions.at(span.start), positions.at(span.end)];
  return { line: start.line, column: start.column, end_line: end.line, end_column: end.column };
}
