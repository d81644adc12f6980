import { AsyncLocalStorage } from 'node:async_hooks';
import type { ActionLog } from '../actionLog';
import type { Action } from '../runtime/action';
import type { ApprovalHandler, RuntimeHooks } from '../runtime/executor';
import type { Policy } from '../runtime/policy';
import { Result } from '../runtime/result';
import { Runtime } from '../runtime/runtime';
import { strictest } from '../capture/strictest';
import { ActionBlockedError } from './actionBlockedError';
import { isAsyncGenerator, recordedAtItsEnd } from './recordedGenerator';
import { isSameCall, type CallUnderWay } from './sameCall';
import { actionsOf, type ToolCall } from './toolCall';

export interface GateParts {
  readonly policy: Policy;
  /** Whether somebody wrote the policy: one that only records has nothing to judge by. */
  readonly isJudged: boolean;
  readonly log: ActionLog;
  readonly approvalHandler: ApprovalHandler;
  /** Who acts; undefined for the library's name. */
  readonly agentId: string | undefined;
  readonly sessionId: string;
  /** Said with each action, where the policy cannot be used: why. */
  readonly description: string;
}

/** A call that may be made: its attempt is recorded. */
export interface OpenCall {
  /** Runs what belongs to the call. */
  within<T>(work: () => T): T;
  /**
   * It ended, and this came of it. Resolves when that is recorded.
   *
   * @param failure why it was none, where the value tells so.
   * @throws RecordError with `executed: true`.
   */
  succeeded(value: unknown, failure?: string): Promise<void>;
  /** It threw. As above. */
  failed(error: unknown): Promise<void>;
  /** The library did not make it, because somebody whom it asked itself said no. As above. */
  denied(reason: string): Promise<void>;
}

/**
 * Where every tool call of every library goes through: it is judged by the policy, asked about, recorded as attempted, made, recorded as
 * ended. All of that is the Runtime's work; here it is split in two, for what is made in between belongs to the library.
 */
export class ToolGate {
  private readonly underWay = new AsyncLocalStorage<CallUnderWay>();

  /** @throws TypeError with a sentence where a part is none: not at the first call. */
  constructor(private readonly parts: GateParts) {
    this.runtime(new Ending(), parts.sessionId, undefined);
  }

  /**
   * Makes a call. What it returns or throws is handed on as it is, when that is recorded; a generator is recorded when it ends.
   *
   * @param failureOf tells why a value is none of a success, where it is not.
   * @throws ActionBlockedError where it is not made; RecordError where something could not be recorded.
   */
  async run<T>(
    call: ToolCall,
    make: () => T | Promise<T>,
    { failureOf, maker }: { failureOf?: (value: T) => string | undefined; maker?: unknown } = {},
  ): Promise<T> {
    const open = await this.open(call, maker);
    let value: T;
    try {
      value = await open.within(make);
    } catch (error) {
      await open.failed(error);
      throw error;
    }
    if (isAsyncGenerator(value)) return recordedAtItsEnd(open, value) as T;
    await open.succeeded(value, failureOf?.(value));
    return value;
  }

  /** What a call produces bit by bit. It is recorded when all has been taken, with the last of it. */
  async *stream<T, R>(
    call: ToolCall,
    make: () => AsyncGenerator<T, R, unknown>,
    maker?: unknown,
  ): AsyncGenerator<T, R, unknown> {
    const open = await this.open(call, maker);
    return yield* recordedAtItsEnd(open, open.within(make));
  }

  /** @throws as `run`. */
  async open(call: ToolCall, maker?: unknown): Promise<OpenCall> {
    const outer = this.underWay.getStore();
    const sessionId = call.sessionId ?? outer?.sessionId ?? this.parts.sessionId;
    const end = new Ending();
    const { hiddenInput } = call;
    const hooks = this.parts.isJudged && hiddenInput !== undefined ? refusing(hiddenInput) : undefined;
    const runtime = this.runtime(end, sessionId, hooks);
    const actions = actionsOf(call, this.parts.agentId ?? call.framework, this.parts.description);
    const plans = actions.map((action) => runtime.plan([action]));
    const { plan, decision } = strictest(plans.map((each) => ({ plan: each, decision: each.decisions[0] })));
    if (outer !== undefined && plan.stoppedBy === undefined && isSameCall(outer, decision)) {
      outer.isToldBelow = true;
      return partOfAnother((work) => this.underWay.run({ ...outer, maker }, work));
    }
    const recorded = runtime.execute(plan).then(([result]) => result);
    // Where it is not made, or cannot be recorded, the end comes first.
    const refused = await Promise.race([end.isAwaited.then(() => undefined), recorded]);
    if (refused !== undefined) throw new ActionBlockedError(decision, refused);
    return {
      within: (work) => this.underWay.run({ decision, sessionId, isToldBelow: false, maker }, work),
      succeeded: async (value, failure) => {
        end.succeeded(value, failure);
        await recorded;
      },
      failed: async (error) => {
        end.failed(error);
        await recorded;
      },
      denied: async (reason) => {
        end.denied(reason);
        await recorded;
      },
    };
  }

  private runtime(end: Ending, sessionId: string, hooks: RuntimeHooks | undefined): Runtime {
    const { policy, log: auditLogger, approvalHandler, agentId } = this.parts;
    const executor = { execute: (action: Action): Promise<Result> => end.of(action) };
    return new Runtime({ executor, policy, auditLogger, approvalHandler, sessionId, agentId, hooks });
  }

  /** Whether what is asked of `maker` now belongs to a call that it makes. */
  isMaking(maker: unknown): boolean {
    return this.underWay.getStore()?.maker === maker;
  }
}

/** What an executor waits for that does nothing itself. */
class Ending {
  /** Resolves when the attempt is recorded. */
  readonly isAwaited: Promise<void>;
  private begin!: () => void;
  private resolve!: (result: Result) => void;
  private reject!: (error: unknown) => void;
  private action!: Action;

  constructor() {
    this.isAwaited = new Promise((resolve) => (this.begin = resolve));
  }

  of(action: Action): Promise<Result> {
    this.action = action;
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      this.begin();
    });
  }

  succeeded(data: unknown, failure: string | undefined): void {
    const status = failure === undefined ? 'success' : 'failed';
    this.resolve(new Result({ action: this.action, status, data, error: failure }));
  }

  failed(error: unknown): void {
    this.reject(error);
  }

  denied(reason: string): void {
    this.resolve(new Result({ action: this.action, status: 'denied', error: reason }));
  }
}

/** The call round it is judged and recorded. */
function partOfAnother(within: OpenCall['within']): OpenCall {
  const nothing = (): Promise<void> => Promise.resolve();
  return { within, succeeded: nothing, failed: nothing, denied: nothing };
}

function refusing(reason: string): RuntimeHooks {
  return {
    onDecision: () => {
      throw new Error(reason);
    },
  };
}
