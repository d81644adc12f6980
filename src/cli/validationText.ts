import type { Diagnostic, Severity } from '../core/policy/lint/lintPolicy';
import { quantity } from '../core/text/quantity';
import { shownPath, style, table } from './terminal';
import type { Validated } from './validated';

/** What was found in each file, for people. */
export function validationText(validated: readonly Validated[]): string {
  const parts = validated.map((each) => [head(each), ...findings(each)].join('\n'));
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
}

function head({ path, policy, diagnostics }: Validated): string {
  const loads =
    policy === undefined
      ? style('The loader refuses it', 'red')
      : style(`The loader takes it: ${quantity(policy.rules.length, 'rule')}`, hasError(diagnostics) ? 'red' : 'green');
  return `${style(shownPath(path), 'bold')}: ${loads}. ${totals(diagnostics)}`;
}

function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

function totals(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return 'Nothing was found.';
  const count = (severity: Severity): number => diagnostics.filter((each) => each.severity === severity).length;
  const words: [number, string, string][] = [
    [count('error'), 'error', 'errors'],
    [count('warning'), 'warning', 'warnings'],
    [count('information'), 'note', 'notes'],
  ];
  const told = words.filter(([number]) => number > 0).map(([number, one, more]) => quantity(number, one, more));
  return `${told.join(', ')}.`;
}

function findings({ file, diagnostics }: Validated): string[] {
  if (diagnostics.length === 0) return [];
  return table(
    diagnostics.map(({ code, severity, message, span }) => {
      const { line, column } = file.positions.at(span.start);
      return [`  ${line}:${column}`, severityWord(severity), code, message];
    }),
  );
}

function severityWord(severity: Severity): string {
  switch (severity) {
    case 'error':
      return style('error', 'red');
    case 'warning':
      return style('warning', 'yellow');
    case 'information':
      return 'note';
  }
}
