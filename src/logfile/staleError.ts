/** Nobody waits for the answer any more. */
export class StaleError extends Error {
  override readonly name = 'StaleError';
}
