import { randomUUID } from 'node:crypto';
import type { ActionRecord, HumanDecision, ResultStatus } from '../../core/record/actionRecord';
import { reasonOf } from '../../core/record/reading';
import { isoOfMicroseconds } from '../../core/log/timestamp';
import type { ActionLog } from '../actionLog';
import type { RecordError } from '../errors';
import { askApproval } from './askApproval';
import type { Decision } from './decision';
import { asRecordError, HookError, PlanRecordError } from './errors';
import type { ApprovalHandler, Executor, RuntimeHooks } from './executor';
import { Result } from './result';

/** What one execution of a plan works with. */
export interface ExecutionParts {
  readonly executor: Executor;
  readonly log: ActionLog;
  readonly approvalHandler: ApprovalHandler;
  readonly hooks: RuntimeHooks;
  readonly sessionId: string;
  readonly clock: () => number;
}

/** How an action ends that is not executed. */
interface Ending {
  readonly status: ResultStatus;
  readonly error: string;
}

/** What became of a decision before anything was executed: an end, or something to do. */
type Cleared = { readonly end: Result } | { readonly record: ActionRecord };

/**
 * One execution of a plan. Its order is the promise of the recorder: nothing is executed before its attempt is recorded, and nothing
 * is handed out before its outcome is.
 */
export class Execution {
  /** By the action's place in the plan: what has ended and is recorded. */
  private readonly results: (Result | undefined)[] = [];
  /** Something could not be recorded: nothing more begins. */
  private isStopped = false;

  constructor(
    private readonly parts: ExecutionParts,
    private readonly decisions: readonly Decision[],
  ) {}

  /** All at once, as far as nobody has to be asked; a failure does not stop the others. */
  async parallel(): Promise<readonly Result[]> {
    const ended = await Promise.allSettled(this.decisions.map((_, place) => this.whole(place)));
    // What could not be recorded matters more than what a hook threw.
    const errors = ended.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    const error = errors.find((each) => each instanceof PlanRecordError) ?? errors[0];
    if (error !== undefined) throw this.withAllResults(error);
    return this.ended();
  }

  /** One after the other. After one that failed or was denied the rest is skipped. */
  async inTurn(): Promise<readonly Result[]> {
    // An attempt that was recorded together with the outcome before it.
    let ahead: ActionRecord | undefined;
    for (let place = 0; place < this.decisions.length; place++) {
      const cleared: Cleared = ahead === undefined ? await this.clear(place) : { record: ahead };
      if ('record' in cleared) {
        if (ahead === undefined) await this.attempt(cleared.record);
        ahead = await this.performAndGoOn(place, cleared.record);
      }
      const result = this.results[place]!;
      try {
        await this.tell(result);
      } catch (error) {
        await this.skipFrom(place + 1);
        throw this.withAllResults(error);
      }
      if (stops(result)) {
        await this.skipFrom(place + 1);
        break;
      }
    }
    return this.ended();
  }

  /** Nothing is executed. */
  async none(status: ResultStatus, error: string): Promise<readonly Result[]> {
    await this.endAll(this.decisions.keys(), (decision) => (decision.isAllowed ? { status, error } : undefined));
    return this.ended();
  }

  /** The same, blocked or not. */
  async blockedByPlan(description: string): Promise<readonly Result[]> {
    const error = `Blocked by plan rule: ${description}`;
    await this.endAll(this.decisions.keys(), () => ({ status: 'blocked', error }));
    return this.ended();
  }

  private async whole(place: number): Promise<void> {
    const cleared = await this.clear(place);
    if ('record' in cleared) {
      if (this.isStopped) return;
      await this.attempt(cleared.record);
      await this.outcome(place, cleared.record, await this.perform(this.decisions[place]));
    }
    await this.tell(this.results[place]!);
  }

  /** Tells the hook, asks where somebody has to be asked, and records what is not executed. */
  private async clear(place: number): Promise<Cleared> {
    const decision = this.decisions[place];
    const { hooks, approvalHandler } = this.parts;
    const failed = await tellDecision(decision, hooks);
    let refusal: Ending | undefined = blocking(decision) ?? failed;
    let human: HumanDecision | undefined;
    if (refusal === undefined && decision.approval === 'approve')
      ({ human, refusal } = await askApproval(decision, approvalHandler, hooks.onApproval));
    const record = this.recordOf(decision, human);
    return refusal === undefined ? { record } : { end: await this.end(place, record, refusal) };
  }

  /** Executes, records the outcome, and with it the attempt of the next action where nothing has to be asked before that. */
  private async performAndGoOn(place: number, record: ActionRecord): Promise<ActionRecord | undefined> {
    const result = await this.perform(this.decisions[place]);
    const next = this.decisions.at(place + 1);
    const { onDecision, onExecute } = this.parts.hooks;
    const isNextSure =
      next?.approval === 'auto' && !stops(result) && onDecision === undefined && onExecute === undefined;
    if (!isNextSure) {
      await this.outcome(place, record, result);
      return undefined;
    }
    const ahead = this.recordOf(next, undefined);
    // Given to the log at once, so that it can write both in one turn.
    const [outcome, attempt] = await Promise.allSettled([this.outcome(place, record, result), this.attempt(ahead)]);
    if (outcome.status === 'rejected') {
      if (attempt.status === 'fulfilled') await this.abandon(ahead);
      throw outcome.reason;
    }
    if (attempt.status === 'rejected') throw this.withAllResults(attempt.reason);
    return ahead;
  }

  /** Executes and verifies. Whatever is thrown is a failure of the action. */
  private async perform({ action }: Decision): Promise<Result> {
    const { executor } = this.parts;
    const startedAt = this.now();
    const made = (status: ResultStatus, data: unknown, error: string | null): Result =>
      new Result({ action, status, data, error, startedAt, completedAt: this.now() });
    try {
      const returned = await executor.execute(action);
      const result =
        returned instanceof Result
          ? made(returned.status, returned.data, returned.error)
          : made('success', returned, null);
      if (!result.ok || executor.verify === undefined) return result;
      if ((await executor.verify(action, result)) === true) return result;
      return made('failed', null, 'Post-execution verification failed');
    } catch (error) {
      return made('failed', null, reasonOf(error, Infinity));
    }
  }

  private async attempt(record: ActionRecord): Promise<void> {
    try {
      await this.parts.log.attempt(record);
    } catch (error) {
      const failed = asRecordError(error);
      this.isStopped = true;
      // It stands in the trail as begun, and is not going to be.
      if (failed.recorded) await this.abandon(record);
      throw new PlanRecordError(failed, false, this.ended());
    }
  }

  private async outcome(place: number, record: ActionRecord, result: Result): Promise<void> {
    try {
      await this.parts.log.outcome(record, outcomeOf(result));
      this.results[place] = result;
    } catch (error) {
      this.isStopped = true;
      throw new PlanRecordError(asRecordError(error), true, this.ended());
    }
  }

  /** Where not even that can be recorded, the attempt stays open, which says that nothing is known of it. */
  private async abandon(record: ActionRecord): Promise<void> {
    const error = 'Not executed: recording failed';
    await Promise.allSettled([this.parts.log.outcome(record, { status: 'skipped', error })]);
  }

  private async end(place: number, record: ActionRecord, why: Ending): Promise<Result> {
    const result = new Result({ action: this.decisions[place].action, ...why, completedAt: this.now() });
    try {
      await this.parts.log.decision(record, outcomeOf(result));
      return (this.results[place] = result);
    } catch (error) {
      this.isStopped = true;
      throw new PlanRecordError(asRecordError(error), false, this.ended());
    }
  }

  private async skipFrom(first: number): Promise<void> {
    const rest = Array.from(this.decisions.keys()).slice(first);
    await this.endAll(rest, () => ({ status: 'skipped', error: 'Skipped due to prior failure' }));
  }

  /** Given to the log at once; where some cannot be recorded, those that could are in the error. */
  private async endAll(places: Iterable<number>, why: (decision: Decision) => Ending | undefined): Promise<void> {
    const ended = await Promise.allSettled(
      Array.from(places, (place) => {
        const decision = this.decisions[place];
        return this.end(place, this.recordOf(decision, undefined), why(decision) ?? blocking(decision)!);
      }),
    );
    const failed = ended.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw this.withAllResults(failed.reason);
  }

  private async tell(result: Result): Promise<void> {
    try {
      await this.parts.hooks.onExecute?.(result);
    } catch (error) {
      throw new HookError('The hook onExecute', this.ended(), error);
    }
  }

  /** By the time that an error is thrown, others may have ended. */
  private withAllResults(error: unknown): unknown {
    if (error instanceof PlanRecordError)
      return new PlanRecordError(error.cause as RecordError, error.executed, this.ended());
    return error instanceof HookError ? new HookError('The hook onExecute', this.ended(), error.cause) : error;
  }

  private ended(): readonly Result[] {
    return Object.freeze(this.results.filter((result) => result !== undefined));
  }

  private recordOf(decision: Decision, humanDecision: HumanDecision | undefined): ActionRecord {
    const { action, riskLevel, approval, matchedRule, policyHash } = decision;
    return {
      actionId: randomUUID(),
      sessionId: this.parts.sessionId,
      actionType: action.type,
      actionTarget: action.target,
      actionParams: action.params,
      actionDesc: action.description,
      riskLevel,
      approval,
      matchedRule,
      humanDecision,
      agentId: action.agentId,
      parentAgentId: action.parentAgentId,
      chainId: action.chainId,
      chainDepth: action.chainDepth,
      policyHash,
    };
  }

  private now(): string {
    return isoOfMicroseconds(Math.trunc(this.parts.clock() * 1000));
  }
}

/** A hook that fails keeps the action from being executed. */
export async function tellDecision(decision: Decision, { onDecision }: RuntimeHooks): Promise<Ending | undefined> {
  try {
    await onDecision?.(decision);
    return undefined;
  } catch (error) {
    return { status: 'blocked', error: `The hook onDecision failed: ${reasonOf(error)}` };
  }
}

/** Why a decision alone keeps an action from being executed. */
export function blocking({
  isAllowed,
  problem,
  matchedRule,
}: Decision): { status: 'blocked'; error: string } | undefined {
  if (isAllowed) return undefined;
  return { status: 'blocked', error: problem ?? `Blocked by policy rule: ${matchedRule}` };
}

/** A failure and a no end a plan; what the policy blocks is passed over. */
function stops({ ok, status }: Result): boolean {
  return !ok && status !== 'blocked' && status !== 'skipped';
}

function outcomeOf({ status, data, error }: Result): {
  status: ResultStatus;
  data: unknown;
  error: string | undefined;
} {
  return { status, data, error: error ?? undefined };
}
