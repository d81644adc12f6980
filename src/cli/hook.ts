import type { Command } from 'commander';
import { AGENT_NAMES } from '../recorder/agents/agent';
import { hookProcess } from '../recorder/hook/hookProcess';

export function addHookCommand(program: Command): void {
  program
    .command('hook')
    .description(
      'what an agent calls before and after each call of a tool: judges it by the policy, records it, answers',
    )
    .usage(`--agent ${AGENT_NAMES.join('|')} [--dir DIR] [--policy FILE] [--fail-closed]`)
    // Its own: the exit code of a wrong command line is 2 here, which agents take for a denial.
    .allowUnknownOption()
    .allowExcessArguments()
    .addHelpText(
      'after',
      `
The call comes as JSON on standard input, as the agent writes it; the answer goes to standard output, in its words. aegis record on
sets agents up.

--dir DIR       where the trail is (default: .aegis in the workspace)
--policy FILE   the policy (default: policy.yaml or aegis-policy.yaml of the workspace; without one, calls are only recorded)
--fail-closed   deny a call that could not be judged or recorded

Exit code: 0, whatever happened: agents take others for a denial.`,
    )
    .action((_flags: unknown, command: Command) => hookProcess(command.args));
}
