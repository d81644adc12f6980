import { Flag } from './flags';
import type { ParsedPattern } from './parsePattern';
import { InvalidPattern } from './patternProblem';
import { MAX_CALLS, tooDeep } from './recursion';
import { bodiesOf, type Look, type Repeat, type Sequence } from './syntax';

/** The greatest number of characters that a lookbehind can go back. */
const MAX_BACK = 4294967295;

/** As Python's parser calls them. */
const REPEATS = { greedy: 'MAX_REPEAT', lazy: 'MIN_REPEAT', possessive: 'POSSESSIVE_REPEAT' } as const;

/**
 * Refuses what Python refuses only once the whole pattern is read. It names no place then.
 *
 * Source: `_compile` of Python 3.11's re/_compiler.py.
 *
 * @throws InvalidPattern
 */
export function checkPattern({ sequence, flags }: ParsedPattern): void {
  checkSequence(sequence, (flags & Flag.template) !== 0, 1);
}

/** @param calls how many calls deep Python's compiler would be */
function checkSequence({ nodes }: Sequence, isTemplate: boolean, calls: number): void {
  if (calls > MAX_CALLS) throw tooDeep(0);
  for (const node of nodes) {
    if (node.op === 'repeat' && isTemplate) throw repeatInTemplate(node);
    if (node.op === 'look' && node.isBehind) checkWidth(node);
    for (const body of bodiesOf(node)) checkSequence(body, isTemplate, calls + 1);
  }
}

/** The undocumented flag `t` forbids all repeats. */
function repeatInTemplate({ kind, at }: Repeat): InvalidPattern {
  return InvalidPattern.near(`internal: unsupported template operator ${REPEATS[kind]}`, at);
}

function checkWidth({ body, at }: Look): void {
  const { min, max } = body.width;
  if (min > MAX_BACK) throw InvalidPattern.near('looks too much behind', at);
  if (min !== max) throw InvalidPattern.near('look-behind requires fixed-width pattern', at);
}
