/**
 * Refuses what is no object, and names that it does not have: one that is misspelt would be ignored, and what it says be missing in the record.
 *
 * @param what begins the sentence: `An action`.
 * @throws TypeError with a sentence.
 */
export function checkMembers(given: unknown, names: readonly string[], what: string): void {
  if (typeof given !== 'object' || given === null)
    throw new TypeError(`${what} must be given as an object with ${listOf(names)}.`);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`${what} has no "${unknown.slice(0, 60)}". What it has is ${listOf(names)}.`);
}

function listOf(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
}
