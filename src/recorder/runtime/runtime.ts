import { randomUUID } from 'node:crypto';
import { isoOfMicroseconds } from '../../core/log/timestamp';
import { reasonOf } from '../../core/record/reading';
import { terminalApproval } from '../approval/terminalApproval';
import type { ActionLog } from '../actionLog';
import { Action, type ActionFields } from './action';
import { blocking, Execution, tellDecision, type ExecutionParts } from './execution';
import { HookError } from './errors';
import type { ApprovalHandler, Executor, RuntimeHooks } from './executor';
import type { Decision } from './decision';
import { Plan } from './plan';
import { Policy } from './policy';
import { Result } from './result';

export interface RuntimeOptions {
  readonly executor: Executor;
  readonly policy: Policy;
  /** What every action is recorded through, such as an AuditTrail. */
  readonly auditLogger: ActionLog;
  /** Who is asked where the policy says `approve`. By default the person at the terminal; without one, the answer is no. */
  readonly approvalHandler?: ApprovalHandler | undefined;
  /** What all actions of this runtime have in common; by default random, 12 hexadecimal digits. */
  readonly sessionId?: string | undefined;
  /** Who acts, for actions that do not say it. */
  readonly agentId?: string | undefined;
  readonly hooks?: RuntimeHooks | undefined;
  /** By which actions are judged and timed, in milliseconds since 1970; by default that of the machine. */
  readonly clock?: (() => number) | undefined;
}

export interface ExecuteOptions {
  /** Says what would happen. Nothing is executed, nobody is asked, nothing is recorded. */
  readonly dryRun?: boolean | undefined;
  /** All actions at once; one that fails does not stop the others. */
  readonly parallel?: boolean | undefined;
}

/**
 * Executes an agent's actions as a policy allows, and records each of them. Source: `Runtime` of the reference's runtime/engine.py, but:
 *
 * - an action's attempt is recorded before it is executed, and nothing is returned whose outcome is not recorded;
 * - an action that is stopped by a plan rule is recorded too;
 * - what cannot be evaluated, a hook and an approval handler that fail stop the action instead of passing their error on.
 */
export class Runtime {
  readonly sessionId: string;
  private current: Policy;
  private readonly agentId: string;
  private readonly parts: ExecutionParts;

  /** @throws TypeError with a sentence where a part is missing or is none. */
  constructor(options: RuntimeOptions) {
    checkParts(options);
    const { executor, auditLogger, hooks = {}, clock = Date.now } = options;
    const { sessionId = '' } = options;
    this.sessionId = sessionId === '' ? randomUUID().replaceAll('-', '').slice(0, 12) : sessionId;
    this.agentId = options.agentId ?? '';
    this.current = options.policy;
    const approvalHandler = options.approvalHandler ?? terminalApproval();
    this.parts = { executor, log: auditLogger, approvalHandler, hooks, clock, sessionId: this.sessionId };
  }

  get policy(): Policy {
    return this.current;
  }

  /** Plans that were made before keep what the old policy decided. */
  updatePolicy(policy: Policy): void {
    checkPolicy(policy);
    this.current = policy;
  }

  /**
   * What the policy says of actions in a row, now. Nothing is executed or recorded.
   *
   * @throws TypeError with a sentence for what is no action: see `Action`.
   */
  plan(actions: readonly (Action | ActionFields)[]): Plan {
    const now = this.parts.clock();
    const decisions = actions.map((action) => this.current.evaluate(this.actionOf(action), now));
    return new Plan(decisions, this.current.check(decisions));
  }

  /**
   * Executes a plan: in turn, where the first action that fails or is denied ends it and the rest is skipped, or all at once. Resolves
   * with a result for each action when all of them are recorded.
   *
   * @throws RecordError where something could not be recorded. It says whether the action was executed; nothing is executed after it.
   *   `results` has what ended before.
   * @throws HookError where the hook onExecute or the executor's teardown failed, with the results.
   */
  async execute(plan: Plan, { dryRun = false, parallel = false }: ExecuteOptions = {}): Promise<readonly Result[]> {
    if (!(plan instanceof Plan)) throw new TypeError('execute takes a plan that the plan method made.');
    const execution = new Execution(this.parts, plan.decisions);
    const { stoppedBy } = plan;
    if (dryRun) return this.dryRun(plan);
    if (stoppedBy !== undefined) return execution.blockedByPlan(stoppedBy.description);
    const results = await this.carryOut(execution, parallel).catch(async (error: unknown) => {
      // What could not be recorded matters more than what a teardown throws.
      await this.tearDown().catch(() => undefined);
      throw error;
    });
    await this.tearDown().catch((error: unknown) => {
      throw new HookError("The executor's teardown", results, error);
    });
    return results;
  }

  /** One action, planned and executed. See `execute`. */
  async runOne(action: Action | ActionFields, options: Pick<ExecuteOptions, 'dryRun'> = {}): Promise<Result> {
    const [result] = await this.execute(this.plan([action]), options);
    return result;
  }

  private async carryOut(execution: Execution, parallel: boolean): Promise<readonly Result[]> {
    try {
      await this.parts.executor.setup?.();
    } catch (error) {
      return execution.none('skipped', `Skipped: the executor could not be set up: ${reasonOf(error)}`);
    }
    return parallel ? execution.parallel() : execution.inTurn();
  }

  private async tearDown(): Promise<void> {
    await this.parts.executor.teardown?.();
  }

  private actionOf(given: Action | ActionFields): Action {
    const action = given instanceof Action ? given : new Action(given);
    return action.agentId === '' && this.agentId !== '' ? new Action({ ...action, agentId: this.agentId }) : action;
  }

  private async dryRun({ decisions, stoppedBy }: Plan): Promise<readonly Result[]> {
    const results: Result[] = [];
    for (const decision of decisions) {
      const result = await this.foretold(decision, stoppedBy?.description);
      results.push(result);
      try {
        await this.parts.hooks.onExecute?.(result);
      } catch (error) {
        throw new HookError('The hook onExecute', results, error);
      }
    }
    return Object.freeze(results);
  }

  private async foretold(decision: Decision, planRule: string | undefined): Promise<Result> {
    const completedAt = isoOfMicroseconds(Math.trunc(this.parts.clock() * 1000));
    const shared = { action: decision.action, completedAt };
    if (planRule !== undefined)
      return new Result({ ...shared, status: 'blocked', error: `Blocked by plan rule: ${planRule}` });
    const failed = await tellDecision(decision, this.parts.hooks);
    const blocked = blocking(decision) ?? failed;
    if (blocked !== undefined) return new Result({ ...shared, ...blocked });
    const what = decision.approval === 'approve' ? 'approval_required' : 'would_execute';
    return new Result({ ...shared, status: 'success', data: { dry_run: true, [what]: true } });
  }
}

function checkParts({
  executor,
  policy,
  auditLogger,
  approvalHandler,
  sessionId,
  agentId,
  clock,
}: RuntimeOptions): void {
  checkPolicy(policy);
  if (typeof (executor as Partial<Executor> | undefined)?.execute !== 'function')
    throw new TypeError('The executor of a Runtime must be an object with a method execute(action).');
  const log = auditLogger as Partial<ActionLog> | undefined;
  if ([log?.attempt, log?.outcome, log?.decision].some((method) => typeof method !== 'function'))
    throw new TypeError(
      'A Runtime needs an auditLogger, such as new AuditTrail(…): nothing is executed that is not recorded.',
    );
  for (const [name, value] of Object.entries({ approvalHandler, clock }))
    if (value !== undefined && typeof value !== 'function')
      throw new TypeError(`The ${name} of a Runtime must be a function.`);
  for (const [name, value] of Object.entries({ sessionId, agentId }))
    if (value !== undefined && typeof value !== 'string')
      throw new TypeError(`The ${name} of a Runtime must be a text.`);
}

function checkPolicy(policy: unknown): void {
  if (!(policy instanceof Policy))
    throw new TypeError('The policy of a Runtime must be a Policy, such as Policy.fromFile("policy.yaml").');
}
