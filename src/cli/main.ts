import { Command } from 'commander';
import { PinStoreError } from '../pins/pinStore';
import { addAuditCommand } from './audit';
import { addPinsCommand } from './pins';
import { addVerifyCommand } from './verify';
import { UsageError } from './errors';
import { visible } from '../core/text/visible';
import { setColour } from './terminal';

declare const AEGIS_VERSION: string;

// Who reads our output may have read enough (`| head`): that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`aegis: the output could not be written: ${error.message}\n`);
  process.exit(2);
});

const program = new Command('aegis')
  .description('Audit trails of AI agents: verifies their hash chains, shows and exports their databases.')
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
addPinsCommand(program);

program.parseAsync().catch((error: unknown) => {
  // Commander has already said what was wrong with the arguments; asking for help or the version is no error.
  if (isCommanderError(error)) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof UsageError || error instanceof PinStoreError) {
    process.stderr.write(`aegis: ${visible(error.message, 2000)}\n`);
    process.exitCode = 2;
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
