/** What an agent writes to a hook's standard input: an object of JSON, in which nothing is trusted to be as documented. */
export type Payload = Readonly<Record<string, unknown>>;

/** @returns undefined for JSON that is no object. @throws SyntaxError for what is no JSON. */
export function parsePayload(text: string): Payload | undefined {
  // Python and PowerShell like to begin with a byte order mark.
  return objectOf(JSON.parse(text.replace(/^\ufeff/, '')));
}

export function objectOf(value: unknown): Payload | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Payload) : undefined;
}

/** The first of these members that is a text which is not empty. */
export function textIn(payload: Payload, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = payload[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** A time may be a text or a number. */
export function timeIn(payload: Payload): string | undefined {
  const { timestamp } = payload;
  return typeof timestamp === 'number' ? String(timestamp) : textIn(payload, 'timestamp');
}

/** Some agents give JSON as a text. Any other text is itself. */
export function unwrapped(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
