/** Something that the person at the terminal can mend, with a sentence that says what. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
