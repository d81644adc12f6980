import * as assert from 'node:assert/strict';
import { NO, UNDECIDED, YES } from '../../../../src/core/log/filter/condition';
import { compileFilter } from '../../../../src/core/log/filter/compileFilter';
import type { Filter } from '../../../../src/core/log/filter/filter';
import type { Clock } from '../../../../src/core/log/filter/moment';
import { parseFilter } from '../../../../src/core/log/filter/parseFilter';
import { contentOf, logOf, type LogEntry } from './logs';

export const NOW = Date.parse('2026-03-29T12:00:00Z');
export const CLOCK: Clock = { now: NOW };

export function filterOf(text: string, clock = CLOCK): Filter {
  const { filter, problem } = parseFilter(text, clock);
  assert.equal(problem, undefined, `${text}: ${problem?.message}`);
  return filter;
}

/** Positions of the entries that a filter lets through, found in every way that there is, which must agree. */
export function found(text: string, entries: readonly LogEntry[], clock = CLOCK): number[] {
  const compiled = compileFilter(filterOf(text, clock), logOf(entries));
  const known = compiled.judge(0, entries.length);
  const chosen: number[] = [];
  entries.forEach((entry, position) => {
    const byIndex = compiled.byIndex(position);
    const byContent = compiled.byContent(position, contentOf(entry));
    assert.equal(known[position], stateOf(byIndex), `${text}: judge and byIndex of entry ${position}`);
    if (byIndex === undefined) assert.ok(compiled.needsContent, `${text} needs content`);
    else assert.equal(byContent, byIndex, `${text}: byContent and byIndex of entry ${position}`);
    if (byContent) chosen.push(position);
  });
  return chosen;
}

function stateOf(answer: boolean | undefined): number {
  return answer === undefined ? UNDECIDED : answer ? YES : NO;
}
