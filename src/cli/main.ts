import { Command } from 'commander';
import { PinStoreError } from '../pins/pinStore';
import { addAuditCommand } from './audit';
import { addHookCommand } from './hook';
import { addPinsCommand } from './pins';
import { addInitCommand } from './init';
import { addPlanCommand } from './plan';
import { addRecordCommand } from './record';
import { addSchemaCommand } from './schema';
import { addSimulateCommand } from './simulate';
import { addStatsCommand } from './stats';
import { addValidateCommand } from './validate';
import { addVerifyCommand } from './verify';
import { InvalidPolicyError, UsageError } from './errors';
import { visible } from '../core/text/visible';
import { tell } from './tell';
import { setColour } from './terminal';

declare const AEGIS_VERSION: string;

// Who reads our output may have read enough (`| head`): that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`aegis: the output could not be written: ${error.message}\n`);
  process.exit(2);
});

const program = new Command('aegis')
  .description(
    'Audit trails of AI agents and the policies behind them: verifies chains, shows and exports databases, checks and tries policies.',
  )
  .version(AEGIS_VERSION, '--version', 'print the version')
  .option('--no-color', 'print without colours (as does NO_COLOR in the environment)')
  .showHelpAfterError('(add --help to see how it is used)')
  .exitOverride()
  // What commander says repeats the arguments, which may hold anything.
  .configureOutput({
    writeErr: (text) =>
      process.stderr.write(
        text
          .split('\n')
          .map((line) => visible(line, 1000))
          .join('\n'),
      ),
  })
  .hook('preAction', () => setColour(program.opts<{ color: boolean }>().color));

addVerifyCommand(program);
addAuditCommand(program);
addStatsCommand(program);
addValidateCommand(program);
addSimulateCommand(program);
addPlanCommand(program);
addSchemaCommand(program);
addInitCommand(program);
addPinsCommand(program);
addHookCommand(program);
addRecordCommand(program);

program.parseAsync().catch((error: unknown) => {
  // Commander has already said what was wrong with the arguments; asking for help or the version is no error.
  if (isCommanderError(error)) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof UsageError || error instanceof PinStoreError) {
    tell(error.message);
    process.exitCode = 2;
  } else if (error instanceof InvalidPolicyError) {
    tell(error.message);
    process.exitCode = 1;
  } else {
    process.stderr.write(
      `aegis: something went wrong in aegis itself. Please report it with this:\n${(error as Error).stack}\n`,
    );
    process.exitCode = 2;
  }
});

function isCommanderError(error: unknown): error is { exitCode: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
}
