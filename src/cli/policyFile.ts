import type { Policy } from '../core/policy/policy';
import { loadPolicyFile, PolicyEncodingError, readPolicyFile, type PolicyFile } from '../policyfile/readPolicyFile';
import { InvalidPolicyError, UsageError } from './errors';
import { readInputFile } from './inputFile';
import { shownPath } from './terminal';

/** A policy of 1,000 rules has about 200 KB. */
const MOST_BYTES = 16 << 20;

export interface LoadedPolicy {
  readonly policy: Policy;
  readonly file: PolicyFile;
}

/** @throws UsageError where it cannot be read. */
export function openPolicyFile(file: string): PolicyFile {
  const bytes = readInputFile(file, MOST_BYTES, 'a policy');
  try {
    return readPolicyFile(bytes);
  } catch (error) {
    if (error instanceof PolicyEncodingError) throw new UsageError(`${shownPath(file)}: ${error.message}`);
    throw error;
  }
}

/**
 * A policy as the loader has it.
 *
 * @throws UsageError where the file cannot be read; InvalidPolicyError where the loader refuses it.
 */
export function loadPolicyAt(path: string): LoadedPolicy {
  const file = openPolicyFile(path);
  const loaded = loadPolicyFile(file);
  if ('policy' in loaded) return { policy: loaded.policy, file };
  const { line } = file.positions.at(loaded.span.start);
  throw new InvalidPolicyError(
    `${shownPath(path)}, line ${line}: ${loaded.refusal} aegis validate ${shownPath(path)} tells all that is wrong.`,
  );
}
