import type { Command } from 'commander';
import { STARTER_POLICY } from '../core/policy/schema/starterPolicy';
import { writeNewFile } from './newFile';
import { shownPath } from './terminal';

export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description('write a policy to start from, with comments that say how it works')
    .option('-o, --output <FILE>', 'a new file to write to', 'policy.yaml')
    .addHelpText('after', '\nA file that is there already is not written over: exit code 2.')
    .action(({ output }: { output: string }) => {
      writeNewFile(output, STARTER_POLICY);
      const path = shownPath(output);
      process.stdout.write(
        `Created ${path}\n\nNext:\n  aegis validate ${path}\n  aegis simulate ${path} read_file:README.md\n`,
      );
    });
}
