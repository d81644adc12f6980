import { visible } from '../../core/text/visible';
import type { Decision } from './decision';
import type { PlanViolation } from './policy';

/** Actions in a row, each with what the policy says of it. Source: `ExecutionPlan` of the reference's core/plan.py. */
export class Plan {
  readonly decisions: readonly Decision[];
  /** What the plan rules say. One that blocks stops the whole plan. */
  readonly violations: readonly PlanViolation[];

  constructor(decisions: readonly Decision[], violations: readonly PlanViolation[]) {
    this.decisions = Object.freeze([...decisions]);
    this.violations = Object.freeze([...violations]);
    Object.freeze(this);
  }

  get length(): number {
    return this.decisions.length;
  }

  /** Whether an action of it is blocked. */
  get hasBlocked(): boolean {
    return this.decisions.some(({ isAllowed }) => !isAllowed);
  }

  /** Whether somebody will be asked about an action of it. */
  get requiresApproval(): boolean {
    return this.decisions.some(({ approval }) => approval === 'approve');
  }

  /** Why nothing of it is executed; undefined where no plan rule blocks it. */
  get stoppedBy(): PlanViolation | undefined {
    return this.violations.find(({ approval }) => approval === 'block');
  }

  /** A line for each action, and for each plan rule that it violates. Text of an agent in it is made visible. */
  summary(): string {
    const actions = this.decisions.map(({ action, approval, riskLevel, matchedRule }, i) => {
      const shown = `${visible(String(action), 1000)}  (risk=${riskLevel}, rule=${visible(matchedRule)})`;
      return `  ${i + 1}. [${approval.toUpperCase().padStart(7)}] ${shown}`;
    });
    const violated = this.violations.map(
      ({ approval, description }) => `  Plan rule: [${approval.toUpperCase().padStart(7)}] ${visible(description)}`,
    );
    return [...actions, ...violated].join('\n');
  }
}
