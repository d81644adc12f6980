import * as path from 'node:path';
import { Policy, PolicyError } from '../runtime/policy';
import { policyFileIn } from './policyFile';

/** By which policy the actions of an agent are judged that is recorded as it runs. */
export type CapturePolicy =
  /** Nobody wrote one: everything is recorded, nothing is blocked. */
  | { readonly kind: 'none'; readonly policy: Policy }
  | { readonly kind: 'policy'; readonly policy: Policy; readonly file: string }
  /** There is one, and it cannot be used. It may block what is asked for, so nothing may be taken for allowed. */
  | { readonly kind: 'unusable'; readonly file: string; readonly reason: string };

/**
 * @param folder the workspace's.
 * @param file the policy's, where somebody named it: then it must be there.
 */
export function capturePolicy(folder: string, file?: string): CapturePolicy {
  const found = file === undefined ? policyFileIn(folder) : path.resolve(folder, file);
  if (found === undefined) return { kind: 'none', policy: Policy.recordOnly() };
  try {
    return { kind: 'policy', policy: Policy.fromFile(found), file: found };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return { kind: 'unusable', file: found, reason: error.message };
  }
}
