import type { Span, YamlProblem, YamlProblemCode } from '../../core/policy/yamlTree';

/** Thrown where the loader would give up reading. */
export class YamlFault extends Error {
  /**
   * @param problem for the person, where the mistake shows.
   * @param at offset of where it was noticed, which can be lines behind the mistake.
   * @param from offset of the start of what was being read.
   */
  constructor(
    readonly problem: YamlProblem,
    readonly at: number,
    readonly from: number,
  ) {
    super(problem.message);
  }
}

/** Thrown where we give up reading, and the loader would not: nothing is wrong there that could be left out. */
export class YamlLimit extends YamlFault {}

/** @param code `yaml-syntax` unless it is told. */
export function problemAt(
  start: number,
  end: number,
  message: string,
  code: YamlProblemCode = 'yaml-syntax',
): YamlProblem {
  const span: Span = { start, end };
  return { code, message, span };
}

/** A fault at one place, noticed there. */
export function faultAt(start: number, end: number, message: string, code?: YamlProblemCode): YamlFault {
  return new YamlFault(problemAt(start, end, message, code), start, start);
}
