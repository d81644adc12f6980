import { Option, type Command } from 'commander';
import { writeJson } from '../core/json/writeJson';
import { UsageError } from './errors';
import { tell } from './tell';
import { validateFile, type Validated } from './validated';
import { validationJson } from './validationJson';
import { validationSarif } from './validationSarif';
import { validationText } from './validationText';

interface ValidateFlags {
  readonly strict?: true;
  readonly format: 'text' | 'json' | 'sarif';
}

declare const AEGIS_VERSION: string;

export function addValidateCommand(program: Command): void {
  program
    .command('validate')
    .description('find what the loader refuses, ignores or reads otherwise in policies, and rules without effect')
    .argument('<POLICY...>', 'the policies, YAML files')
    .option('--strict', 'exit code 1 for a warning, too')
    .addOption(new Option('--format <FORMAT>', 'how to print').choices(['text', 'json', 'sarif']).default('text'))
    .addHelpText(
      'after',
      `
Lines and columns count from 1, columns in UTF-16 code units, as editors do; an end is behind the last character.
Exit code: 0, or 1 where there is an error (with --strict also a warning), or 2 where a file could not be read.`,
    )
    .action((paths: string[], flags: ValidateFlags) => {
      process.exitCode = validate(paths, flags);
    });
}

function validate(paths: readonly string[], { strict, format }: ValidateFlags): number {
  const validated: Validated[] = [];
  const failures: string[] = [];
  for (const path of paths) {
    try {
      validated.push(validateFile(path));
    } catch (error) {
      // The others are looked at all the same.
      if (!(error instanceof UsageError)) throw error;
      tell(error.message);
      failures.push(error.message);
    }
  }
  process.stdout.write(print(validated, failures, format));
  if (failures.length > 0) return 2;
  const bad = validated.some(({ diagnostics }) =>
    diagnostics.some(({ severity }) => severity === 'error' || (strict && severity === 'warning')),
  );
  return bad ? 1 : 0;
}

function print(validated: readonly Validated[], failures: readonly string[], format: ValidateFlags['format']): string {
  switch (format) {
    case 'json':
      return `${writeJson(validationJson(validated))}\n`;
    case 'sarif':
      return `${writeJson(validationSarif(validated, failures, AEGIS_VERSION))}\n`;
    case 'text':
      return validationText(validated);
  }
}
