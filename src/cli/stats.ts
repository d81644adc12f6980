import { InvalidArgumentError, type Command } from 'commander';
import { writeJson, type Writable } from '../core/json/writeJson';
import type { Indexed } from '../core/log/entryIndex';
import { actionCount, columnCounts, timeSpan, type ColumnCounts } from '../core/log/statistics';
import { quantity } from '../core/text/quantity';
import { visible } from '../core/text/visible';
import type { LogSource } from '../logfile/logSource';
import { openLog, tellWarnings } from './openLog';
import { shownPath, style, table } from './terminal';
import { textFormat, type TextFormat } from './textFormat';

interface StatsFlags {
  readonly db: string;
  readonly top: number;
  readonly format: TextFormat;
}

export function addStatsCommand(program: Command): void {
  program
    .command('stats')
    .description('count what a log holds: by risk, decision, result, type, rule, agent and session')
    .option('--db <FILE>', 'the database, or a log of JSON lines', 'aegis_audit.db')
    .option('--top <N>', 'how many of the most frequent types, rules, agents and sessions', most, 5)
    .addOption(textFormat())
    .addHelpText(
      'after',
      '\nThe log is only read. Exit code: 0, or 2 where it could not be read, or not to its end; then what could be is counted.',
    )
    .action(async (flags: StatsFlags) => {
      process.exitCode = await stats(flags);
    });
}

async function stats({ db, top, format }: StatsFlags): Promise<number> {
  const source = await openLog(db);
  try {
    process.stdout.write(format === 'json' ? `${writeJson(statsJson(source, top))}\n` : statsText(db, source, top));
    tellWarnings(db, source.warnings);
    const isRead = source.warnings.length === 0 || (source.kind !== 'database' && source.index.size > 0);
    return isRead ? 0 : 2;
  } finally {
    source.close();
  }
}

/** Of columns that have few words. */
const MOST_WORDS = 100;

/** The first five keys are the reference's. */
function statsJson({ index, warnings }: LogSource, top: number): Writable {
  const of = (column: Indexed): ColumnCounts => columnCounts(index, column);
  const columns = {
    risk_level: of('risk'),
    result_status: of('status'),
    action_type: of('type'),
    matched_rule: of('rule'),
    approval: of('approval'),
    human_decision: of('human'),
    agent_id: of('agent'),
    session_id: of('session'),
  };
  const { first, last } = timeSpan(index);
  const each = (count: (column: ColumnCounts) => number): Writable =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, count(column)]));
  return {
    total_actions: actionCount(index),
    by_risk_level: counts(columns.risk_level, MOST_WORDS),
    by_result_status: counts(columns.result_status, MOST_WORDS),
    top_action_types: counts(columns.action_type, top),
    top_matched_rules: counts(columns.matched_rule, top),
    by_approval: counts(columns.approval, MOST_WORDS),
    by_human_decision: counts(columns.human_decision, MOST_WORDS),
    top_agents: counts(columns.agent_id, top),
    top_sessions: counts(columns.session_id, top),
    different: each(({ values }) => values.length),
    not_recorded: each(({ missing }) => missing),
    first_timestamp: first,
    last_timestamp: last,
    warnings,
  };
}

function counts({ values }: ColumnCounts, most: number): Writable {
  return Object.fromEntries(values.slice(0, most));
}

const PARTS: readonly [title: string, plural: string, column: Indexed, isShort: boolean][] = [
  ['Risk', 'risks', 'risk', true],
  ['Decision of the policy', 'decisions', 'approval', true],
  ['Decision of a person', 'decisions', 'human', true],
  ['Result', 'results', 'status', true],
  ['Type', 'types', 'type', false],
  ['Rule', 'rules', 'rule', false],
  ['Agent', 'agents', 'agent', false],
  ['Session', 'sessions', 'session', false],
];

function statsText(file: string, { index }: LogSource, top: number): string {
  const { first, last } = timeSpan(index);
  const span = first === null ? '' : `, ${first} to ${last}`;
  const head = `${style(shownPath(file), 'bold')}: ${quantity(actionCount(index), 'action')}${span}`;
  const parts = PARTS.flatMap(([title, plural, column, isShort]) => {
    const { values, missing } = columnCounts(index, column);
    if (values.length === 0) return [];
    const shown = values.slice(0, isShort ? 20 : top);
    const more = values.length - shown.length;
    const rows = shown.map<readonly [string, number]>(([value, count]) => [
      value === '' ? '(empty)' : visible(value, 60),
      count,
    ]);
    if (missing > 0) rows.push([style('(not recorded)', 'dim'), missing]);
    return [
      '',
      style(
        more > 0 ? `${title} (${shown.length} of ${values.length.toLocaleString('en-US')} ${plural})` : title,
        'bold',
      ),
      ...countTable(rows),
    ];
  });
  return `${[head, ...parts].join('\n')}\n`;
}

function countTable(rows: readonly (readonly [string, number])[]): string[] {
  const numbers = rows.map(([, number]) => number.toLocaleString('en-US'));
  const width = Math.max(...numbers.map((number) => number.length));
  return table(rows.map(([value], i) => [`  ${numbers[i].padStart(width)}`, value]));
}

function most(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number, such as 5.');
  return Number(text);
}
