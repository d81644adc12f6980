import { reasonOf } from '../../core/record/reading';
import { RecordError } from '../errors';
import type { Result } from './result';

/** Something of a plan could not be recorded. What had ended and was recorded before is in `results`. */
export class PlanRecordError extends RecordError {
  readonly results: readonly Result[];

  constructor(error: RecordError, executed: boolean, results: readonly Result[]) {
    const { message, sink, recorded } = error;
    super(message, { sink, recorded, executed: executed || error.executed, cause: error });
    this.results = Object.freeze([...results]);
  }
}

/** A hook, or the executor's teardown, threw. What was done is done and recorded, and is in `results`. */
export class HookError extends Error {
  override readonly name = 'HookError';
  readonly results: readonly Result[];

  /** @param what as the program calls it: `onExecute`. */
  constructor(what: string, results: readonly Result[], cause: unknown) {
    super(`${what} failed: ${reasonOf(cause)}. What was executed is recorded, and is in this error's results.`, {
      cause,
    });
    this.results = Object.freeze([...results]);
  }
}

/** What a log of somebody else's rejected with, as an error of recording. */
export function asRecordError(error: unknown): RecordError {
  if (error instanceof RecordError) return error;
  return new RecordError(`The action could not be recorded: ${reasonOf(error)}`, {
    sink: 'log',
    recorded: false,
    executed: false,
    cause: error,
  });
}
