import type { Decision } from './decision';
import type { Action } from './action';
import type { Result } from './result';

type Awaitable<T> = T | Promise<T>;

/** What carries actions out. Source: `BaseExecutor` of the reference's adapters/base.py. */
export interface Executor {
  /** Before the first action of a plan. Where it throws, none is executed. */
  setup?(): Awaitable<unknown>;
  /** Does it. What is returned is the result's data; a `Result` is taken as it is. What is thrown makes the action failed, with its message. */
  execute(action: Action): Awaitable<unknown>;
  /** Whether what `execute` did is there, asked after a success. Anything but true makes the action failed. */
  verify?(action: Action, result: Result): Awaitable<boolean>;
  /** After the last action of a plan, whatever happened, and after a `setup` that threw. */
  teardown?(): Awaitable<unknown>;
}

/** What a program may want to hear of. All that is handed over is frozen. */
export interface RuntimeHooks {
  /** Before anything is done with a decision. Where it throws, the action is blocked. */
  readonly onDecision?: (decision: Decision) => Awaitable<unknown>;
  /** After somebody was asked. Where it throws, the action is not executed. */
  readonly onApproval?: (decision: Decision, approved: boolean) => Awaitable<unknown>;
  /** After an action has ended and is recorded. Where it throws, those after it are skipped, and `execute` rejects with a HookError that has the results. */
  readonly onExecute?: (result: Result) => Awaitable<unknown>;
}

/** Asks whether an action may be executed. Only true is a yes. */
export type ApprovalHandler = (decision: Decision) => Awaitable<boolean>;
