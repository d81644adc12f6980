import { InvalidArgumentError, Option, type Command } from 'commander';
import { RawJson, writeJson, type Writable } from '../core/json/writeJson';
import { microsecondsOf } from '../core/log/timestamp';
import { readParams } from '../core/policy/action';
import { explain } from '../core/policy/explain';
import { parametersWithDates } from '../core/policy/pythonNotation';
import { jsonTextOf } from '../core/policy/pyJson';
import { pythonSearch } from '../core/policy/pythonSearch';
import type { PyMapping } from '../core/policy/yamlTree';
import { UsageError } from './errors';
import { actionOfWord, actionsOfFile, type GivenAction } from './givenActions';
import { loadPolicyAt, type LoadedPolicy } from './policyFile';
import { simulationText, type Simulated } from './simulationText';
import { textFormat, type TextFormat } from './textFormat';

interface SimulateFlags {
  readonly actions?: string;
  readonly params?: PyMapping;
  readonly agent?: string;
  readonly at?: number;
  readonly format: TextFormat;
}

export function addSimulateCommand(program: Command): void {
  program
    .command('simulate')
    .description('say what a policy decides about actions, by which rule, and why not by an earlier one')
    .argument('<POLICY>', 'the policy, a YAML file')
    .argument('[TYPE:TARGET...]', 'actions, such as delete_user:production_db; without a colon the target is *')
    .addOption(
      new Option(
        '--actions <FILE>',
        'actions as JSON, one object a line: type, target, params, agent, description, at',
      ),
    )
    .option('--params <JSON>', 'parameters of the actions that do not have any themselves, as a JSON object', params)
    .option('--agent <ID>', 'the agent, for the actions that do not name one themselves')
    .option(
      '--at <ISO-TIME>',
      'the time, for the actions that do not say one themselves (default: now; without an offset it is UTC)',
      time,
    )
    .addOption(textFormat())
    .addHelpText(
      'after',
      '\nNothing is carried out. Exit code: 0, or 1 where the policy does not load or a condition cannot be evaluated, or 2\nwhere a file could not be read.',
    )
    .action((policy: string, words: string[], flags: SimulateFlags) => {
      process.exitCode = simulate(policy, words, flags);
    });
}

function simulate(path: string, words: readonly string[], flags: SimulateFlags): number {
  if (words.length === 0 && flags.actions === undefined)
    throw new UsageError(
      'There is no action. Name one as TYPE:TARGET, such as delete_user:production_db, or give --actions FILE.',
    );
  const loaded = loadPolicyAt(path);
  const simulated = simulatedActions(loaded, givenActions(words, flags), flags);
  const text =
    flags.format === 'json' ? `${writeJson(simulated.map(simulatedJson))}\n` : simulationText(path, loaded, simulated);
  process.stdout.write(text);
  return simulated.some(({ explanation }) => explanation.outcome.kind === 'error') ? 1 : 0;
}

function givenActions(words: readonly string[], { actions, params, agent }: SimulateFlags): GivenAction[] {
  const defaults = { params, agent };
  const named = words.map((word) => ({ action: actionOfWord(word, defaults), clock: undefined, line: undefined }));
  return actions === undefined ? named : [...named, ...actionsOfFile(actions, defaults)];
}

function simulatedActions({ policy }: LoadedPolicy, given: readonly GivenAction[], { at }: SimulateFlags): Simulated[] {
  const otherwise = at ?? Date.now() * 1000;
  const regex = pythonSearch();
  return given.map(({ action, clock = otherwise }) => ({
    action,
    clock,
    explanation: explain(policy, action, clock, regex),
  }));
}

function simulatedJson({ action, explanation: { outcome } }: Simulated): Writable {
  const { type, target, agent, params } = action;
  const asked = { type, target, agent, params: new RawJson(jsonTextOf(params)) };
  if (outcome.kind === 'error') return { ...asked, error: outcome.sentence };
  return {
    ...asked,
    risk_level: outcome.risk.toLowerCase(),
    approval: outcome.approval,
    matched_rule: new RawJson(jsonTextOf(outcome.matchedRule)),
  };
}

function params(text: string): PyMapping {
  const read = readParams(text);
  if ('problem' in read) throw new InvalidArgumentError(`It must be a JSON object: ${read.problem}.`);
  return parametersWithDates(read.params);
}

function time(text: string): number {
  const clock = microsecondsOf(text);
  if (Number.isNaN(clock)) throw new InvalidArgumentError('It must be a time such as 2026-03-29T10:30:02+00:00.');
  return clock;
}
