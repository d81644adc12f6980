import type { Impact } from '../core/policy/impact/impact';
import type { PolicyDiff } from '../core/policy/impact/policyDiff';
import type { Policy } from '../core/policy/policy';
import type { History } from './planHistory';

/** What a change of a policy means. */
export interface Plan {
  readonly oldPath: string;
  readonly newPath: string;
  readonly before: Policy;
  readonly after: Policy;
  readonly diff: PolicyDiff;
  /** undefined where no history was given. */
  readonly replayed: Replayed | undefined;
}

export interface Replayed {
  readonly file: string;
  readonly session: string | undefined;
  readonly history: History;
  readonly impact: Impact;
}
