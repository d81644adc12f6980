import type { AgentFigures } from '../../core/log/agentFigures';
import { quantity } from '../../core/text/quantity';
import { ago, lasted } from '../sessions/sessionWords';

/** How an agent stands in this workspace. */
export interface RecordedAgent {
  /** As `aegis record --agent` names it. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** Who acted, in the record. */
  readonly agentId: string;
  /** `broken`: it is set up, and cannot record. */
  readonly setup: 'on' | 'off' | 'broken';
  /** What is wrong, in sentences. */
  readonly problem: string | undefined;
  /** What is not captured of it, a sentence each. */
  readonly gaps: readonly string[];
  /** The settings that its hook stands in, or would. */
  readonly file: string | undefined;
}

/** `42 actions · 2 blocked · 1 without an outcome · 3 min ago`, for an agent's line. */
export function agentWords(agent: RecordedAgent, figures: AgentFigures | undefined, now: number): string {
  switch (agent.setup) {
    case 'broken':
      return ['cannot record', ...figureWords(figures, now)].join(' · ');
    case 'off':
      return ['not recorded', ...figureWords(figures, now)].join(' · ');
    case 'on':
      return figures === undefined ? 'nothing recorded yet' : figureWords(figures, now).join(' · ');
  }
}

/** The same of who records without being set up here: a program. */
export function programWords(figures: AgentFigures, now: number): string {
  return figureWords(figures, now).join(' · ');
}

function figureWords(figures: AgentFigures | undefined, now: number): string[] {
  if (figures === undefined) return [];
  const { actions, ended, to } = figures;
  const counts: [number, string][] = [
    [ended.blocked + ended.denied, 'blocked'],
    [ended.failed, 'failed'],
    [ended.open, 'without an outcome'],
  ];
  return [
    quantity(actions, 'action'),
    ...counts.filter(([count]) => count > 0).map(([count, word]) => `${count.toLocaleString('en-US')} ${word}`),
    ...(to === null ? [] : [ago(now - to)]),
  ];
}

/** All of it, a line each: how many actions were attempted, and what became of them, over which time. */
export function figureLines(figures: AgentFigures | undefined): readonly FigureLine[] {
  if (figures === undefined) return [['Recorded', 'nothing yet', 'circle-outline']];
  const { actions, ended, from, to } = figures;
  const lines: [string, number, string][] = [
    ['Attempted', actions, 'pulse'],
    ['Finished', ended.success + ended.other, 'pass'],
    ['Failed', ended.failed, 'error'],
    ['Blocked', ended.blocked + ended.denied + ended.block, 'circle-slash'],
    ['Skipped', ended.skipped, 'debug-step-over'],
    ['Outcome unknown', ended.open, 'question'],
  ];
  const over = from === null || to === null || from === to ? [] : ([['Over', lasted(to - from), 'clock']] as const);
  return [
    ...lines
      .filter(([label, count]) => count > 0 || label !== 'Skipped')
      .map(([label, count, icon]) => [label, count.toLocaleString('en-US'), icon] as const),
    ...over,
  ];
}

export type FigureLine = readonly [label: string, value: string, icon: string];
