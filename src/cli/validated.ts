import { lintPolicy, type Diagnostic } from '../core/policy/lint/lintPolicy';
import type { Policy } from '../core/policy/policy';
import { loadPolicyFile, type PolicyFile } from '../policyfile/readPolicyFile';
import { openPolicyFile } from './policyFile';

/** What was found in one file. */
export interface Validated {
  readonly path: string;
  readonly file: PolicyFile;
  /** undefined where the loader refuses it. */
  readonly policy: Policy | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** @throws UsageError where the file cannot be read. */
export function validateFile(path: string): Validated {
  const file = openPolicyFile(path);
  const loaded = loadPolicyFile(file);
  const policy = 'policy' in loaded ? loaded.policy : undefined;
  return { path, file, policy, diagnostics: lintPolicy(file.tree, file.text) };
}
