import { Option, type Command } from 'commander';
import { writeJson } from '../core/json/writeJson';
import { Impact } from '../core/policy/impact/impact';
import { diffPolicies } from '../core/policy/impact/policyDiff';
import { pythonSearch } from '../core/policy/pythonSearch';
import type { Policy } from '../core/policy/policy';
import { UsageError } from './errors';
import { tellWarnings } from './openLog';
import { openHistory, type History } from './planHistory';
import type { Plan, Replayed } from './planned';
import { planJson } from './planJson';
import { planText } from './planText';
import { loadPolicyAt } from './policyFile';
import { patientLine } from './progress';
import { tell } from './tell';
import { textFormat, type TextFormat } from './textFormat';

interface PlanFlags {
  readonly auditDb?: string;
  readonly replay?: string;
  readonly session?: string;
  readonly ci?: true;
  readonly format: TextFormat;
}

export function addPlanCommand(program: Command): void {
  program
    .command('plan')
    .description('say what a new version of a policy changes, and what it would have changed in what was recorded')
    .argument('<OLD>', 'the policy as it is')
    .argument('<NEW>', 'the policy as it is to be')
    .addOption(new Option('--audit-db <DB>', 'an audit database with recorded actions').conflicts('replay'))
    .option(
      '--replay <JSONL>',
      'recorded actions as JSON lines: an export, logging records, a chain, or actions for simulate',
    )
    .option('--session <ID>', 'only the actions of this session')
    .option('--ci', 'exit code 1 where an action would be newly blocked')
    .addOption(textFormat())
    .addHelpText(
      'after',
      `
Each action is held against both policies at the time at which it was recorded. What cannot be told, because a
parameter was redacted, no agent was recorded or a condition cannot be evaluated, is counted apart.
Exit code: 0, or 1 where a policy does not load (with --ci also where something is newly blocked), or 2 where a file
could not be read (with --ci also where not all of the history could be, or where there is no action in it).`,
    )
    .action(async (oldPath: string, newPath: string, flags: PlanFlags) => {
      process.exitCode = await plan(oldPath, newPath, flags);
    });
}

async function plan(oldPath: string, newPath: string, flags: PlanFlags): Promise<number> {
  const file = flags.auditDb ?? flags.replay;
  if (file === undefined && (flags.ci || flags.session !== undefined))
    throw new UsageError('There is no history that could be looked at. Name one with --audit-db or --replay.');
  const { policy: before } = loadPolicyAt(oldPath);
  const { policy: after } = loadPolicyAt(newPath);
  const diff = diffPolicies(before, after);
  const history = file === undefined ? undefined : await openHistory(file, flags.session);
  try {
    const replayed = history && {
      file: file!,
      session: flags.session,
      history,
      impact: replay(before, after, history),
    };
    const found: Plan = { oldPath, newPath, before, after, diff, replayed };
    process.stdout.write(flags.format === 'json' ? `${writeJson(planJson(found))}\n` : planText(found));
    if (history !== undefined) tellWarnings(file!, history.warnings);
    return flags.ci ? verdict(replayed!) : 0;
  } finally {
    history?.close();
  }
}

/** Actions between two looks at the clock. */
const STEP = 2000;

function replay(before: Policy, after: Policy, { actions }: History): Impact {
  const impact = new Impact(before, after, actions, pythonSearch());
  const progress = patientLine();
  while (impact.advance(STEP))
    progress.show(() => `${impact.done.toLocaleString('en-US')} of ${actions.size.toLocaleString('en-US')} actions`);
  progress.clear();
  return impact;
}

function verdict({ file, session, history, impact }: Replayed): number {
  if (impact.count('newly_blocked') > 0) return 1;
  const why =
    history.warnings.length > 0
      ? 'Not all of it could be read'
      : history.actions.size > 0
        ? undefined
        : `There is no action ${session === undefined ? 'in it' : `of the session ${session}`}`;
  if (why === undefined) return 0;
  tell(`${file}: ${why}, so --ci does not pass.`);
  return 2;
}
