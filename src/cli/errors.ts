/** Something that the person at the terminal can mend, with a sentence that says what. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was to be worked with is itself the finding: a policy that does not load. Ends with exit code 1. */
export class InvalidPolicyError extends Error {
  override readonly name = 'InvalidPolicyError';
}
