import type { Command } from 'commander';
import { writeJson } from '../core/json/writeJson';
import { policySchema } from '../core/policy/schema/jsonSchema';

export function addSchemaCommand(program: Command): void {
  program
    .command('schema')
    .description('print the JSON Schema of policy files, for tools that know YAML')
    .addHelpText(
      'after',
      `
A schema sees less than aegis validate does: to a tool that knows YAML 1.2, 18:00 is a text.
For the YAML extension of VS Code: save it, and name it in the setting "yaml.schemas".`,
    )
    .action(() => {
      process.stdout.write(`${writeJson(policySchema())}\n`);
    });
}
