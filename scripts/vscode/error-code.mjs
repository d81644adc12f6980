/**
 * Whether a failure is the system's with this code, such as ENOENT.
 * @param {unknown} error
 * @param {...string} codes
 * @returns {boolean}
 */
export function isCode(error, ...codes) {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}
