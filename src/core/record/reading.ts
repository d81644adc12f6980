/** What a value gave that may throw, or a text that says why it did not. */
export type Reading<T> = { readonly value: T } | { readonly problem: string };

const MOST_SAID = 200;

/** Runs what belongs to a stranger: a getter, a Proxy. */
export function reading<T>(read: () => T): Reading<T> {
  try {
    return { value: read() };
  } catch (error) {
    return { problem: unreadable(error) };
  }
}

/** In place of what could not be read. */
export function unreadable(error: unknown): string {
  return `[unreadable: ${reasonOf(error)}]`;
}

/** What an error says, whatever it is: what is thrown may throw itself. @param most characters of it. */
export function reasonOf(error: unknown, most = MOST_SAID): string {
  try {
    const said = error instanceof Error ? String(error.message) : String(error);
    if (said.length > most) return `${said.slice(0, most)}…`;
    return said === '' ? 'no reason was given' : said;
  } catch {
    return 'no reason was given';
  }
}
