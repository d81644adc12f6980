/** The exceptions with which Python refuses a pattern. Only `re.error` means to a caller of `re` that the pattern is wrong. */
export type PatternException = 're.error' | 'ValueError' | 'OverflowError' | 'RecursionError';

/** Why Python refuses a pattern. */
export interface PatternProblem {
  /** As Python's exception has it in `msg`: without the place. */
  readonly message: string;
  /** Python's `pos`, in code points; undefined where Python names no place. */
  readonly position: number | undefined;
  /** Where to mark it in the pattern, in UTF-16 units, also where Python names no place. */
  readonly offset: number;
  readonly raises: PatternException;
}

/** Thrown while a pattern is read; never leaves this folder. Places are in code points. */
export class InvalidPattern extends Error {
  private constructor(
    message: string,
    /** Where to mark it. */
    readonly place: number,
    /** Python's `pos`. */
    readonly position: number | undefined,
    readonly raises: PatternException,
  ) {
    super(message);
  }

  static at(message: string, position: number): InvalidPattern {
    return new InvalidPattern(message, position, position, 're.error');
  }

  /** For what Python names no place for. */
  static near(message: string, place: number, raises: PatternException = 're.error'): InvalidPattern {
    return new InvalidPattern(message, place, undefined, raises);
  }
}

/** Thrown where Python's answer hangs on what is not known here; never leaves this folder. */
export class UndecidedPattern extends Error {}
