import { Option, type Command } from 'commander';
import { writeJson, type Writable } from '../core/json/writeJson';
import { AGENT_NAMES, type AgentName } from '../recorder/agents/agent';
import { setupWords, type HookSetup } from '../recorder/setup/hookSetup';
import { recordOff, recordOn, type AgentChange, type RecordChanges } from '../recorder/setup/recordSetup';
import { recordStatus, type AgentStatus, type RecordStatus } from '../recorder/setup/recordStatus';
import { UsageError } from './errors';
import { lastRecorded, type LastRecorded } from './lastRecorded';
import { addRecordHealthCommand } from './recordHealth';
import { shownPath, style, table, wrapped } from './terminal';

interface RecordFlags {
  readonly agent?: AgentName;
  readonly dir?: string;
  /** False: the workspace's own. */
  readonly policy?: string | false;
  readonly failClosed?: boolean;
  readonly format: 'text' | 'json';
}

export function addRecordCommand(program: Command): void {
  const record = program
    .command('record')
    .description('have agents in editors and terminals recorded in this workspace');
  withFlags(record.command('on').description('set the hooks of agents up; settings keep all else'))
    .option('--dir <DIR>', 'where the trail is; at first .aegis')
    .option('--policy <FILE>', 'the policy that judges; at first policy.yaml or aegis-policy.yaml of the workspace')
    .option('--no-policy', 'the workspace’s own policy again')
    .option('--fail-closed', 'deny calls that could not be judged or recorded')
    .option('--no-fail-closed', 'let them pass again')
    .addHelpText('after', '\nWhat is not said stays as it was set up before.')
    .action(async (flags: RecordFlags) => {
      const { dir, policy, failClosed } = flags;
      const wanted = { dir, policy: policy === false ? null : policy, isFailClosed: failClosed };
      print(await recordOn({ ...common(flags), ...wanted }), flags);
    });
  withFlags(record.command('off').description('take the hooks out of the settings again')).action(
    async (flags: RecordFlags) => print(await recordOff(common(flags)), flags),
  );
  withFlags(record.command('status').description('which agents are set up here, and when each was recorded last'))
    .option('--dir <DIR>', 'where the trail is', '.aegis')
    .action(async (flags: RecordFlags) => {
      const status = await recordStatus({ ...common(flags), dir: flags.dir });
      printStatus(status, await lastRecorded(status.agents), flags);
    });
  addRecordHealthCommand(record);
}

function withFlags(command: Command): Command {
  return command
    .addOption(new Option('--agent <NAME>', 'only this one; default: those that are found').choices([...AGENT_NAMES]))
    .addOption(new Option('--format <FORMAT>', 'how to print').choices(['text', 'json']).default('text'));
}

function common({ agent }: RecordFlags) {
  return { workspace: process.cwd(), agents: agent === undefined ? undefined : [agent] };
}

/** Ends with 1 where an agent was refused. */
function print({ agents, problem }: RecordChanges, { format }: RecordFlags): void {
  if (problem !== undefined) throw new UsageError(problem);
  if (agents.some(({ change }) => change === 'refused')) process.exitCode = 1;
  if (format === 'json') {
    const list = agents.map(({ agent, file, change, sentences, setup }) => {
      return { agent, file, change, sentences, ...setupJson(setup) };
    });
    process.stdout.write(`${writeJson({ agents: list })}\n`);
    return;
  }
  const words = { on: style('on', 'green'), off: 'off', unchanged: 'as it was', refused: style('refused', 'red') };
  const rows = agents.map(({ title, file, change }) => [title, words[change], shownPath(file)]);
  const remarks = [...new Set(agents.flatMap(({ sentences }) => sentences)), ...setupRemarks(agents)];
  const lines = [...table(rows), ...remarks.flatMap((each) => ['', ...wrapped(shownPath(each))])];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** What holds from now on, once where it is the same for all. */
function setupRemarks(agents: readonly AgentChange[]): string[] {
  const titles = new Map<string, string[]>();
  for (const { title, setup } of agents) {
    if (setup === undefined) continue;
    const words = setupWords(setup);
    titles.set(words, [...(titles.get(words) ?? []), title]);
  }
  return [...titles].map(([words, those]) => (titles.size === 1 ? words : `${those.join(', ')}: ${words}`));
}

function setupJson(setup: HookSetup | undefined) {
  return {
    dir: setup?.dir ?? null,
    policy: setup?.policy ?? null,
    fail_closed: setup?.isFailClosed ?? null,
  };
}

/** Ends with 1 where something that is set up does not work. */
function printStatus({ hook, agents }: RecordStatus, last: readonly LastRecorded[], { format }: RecordFlags): void {
  if (agents.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
  if (format === 'json') {
    const { file, isThere, version = null } = hook;
    const value = {
      hook: { file, is_there: isThere, version },
      agents: agents.map((each, i) => statusJson(each, last[i])),
    };
    process.stdout.write(`${writeJson(value)}\n`);
    return;
  }
  const rows = agents.map((each, i) => [each.title, stateOf(each), lastOf(last[i]), shownPath(each.file)]);
  const [head, ...body] = table([['Agent', 'Recording', 'Last recorded', 'Settings'], ...rows]);
  const problems = [...new Set(agents.flatMap((each) => each.problems))];
  const said = problems.flatMap((each) => ['', ...wrapped(shownPath(each))]);
  process.stdout.write(`${[style(head, 'bold'), ...body, ...said].join('\n')}\n`);
}

function stateOf({ isSetUp, isFound, problems }: AgentStatus): string {
  if (isSetUp) return problems.length > 0 ? style('broken', 'red') : style('on', 'green');
  return isFound ? 'off' : 'off (not found here)';
}

function lastOf(last: LastRecorded): string {
  if (last === undefined) return 'unknown';
  return last === null ? 'never' : last.slice(0, 19).replace('T', ' ');
}

function statusJson({ agent, isFound, isSetUp, file, command, problems }: AgentStatus, last: LastRecorded): Writable {
  return {
    agent,
    found: isFound,
    set_up: isSetUp,
    file,
    node: command?.node ?? null,
    hook: command?.hook ?? null,
    ...setupJson(command),
    last_recorded: last ?? null,
    problems,
  };
}
