import type { JsonValue } from '../chain/entry';
import { isSecretFlag, redactAssignments } from './assignments';
import { isPlainList, plainObject } from './plainObject';
import { isSecretName, isSecretText, REDACTED, redacted } from './secretNames';
import { TOKEN_PATTERNS, type SecretPattern } from './tokenPatterns';

/** What is a secret besides what is known as one. */
export interface RedactionOptions {
  /** The value of a key that has one of these in its name, in any case, is redacted whatever it is. */
  readonly keys?: readonly string[] | undefined;
  /** What they find in a text is redacted. `name` says what it was: `[REDACTED: name]`. They must not take long on hostile texts. */
  readonly patterns?: readonly { readonly name: string; readonly pattern: RegExp }[] | undefined;
}

/** Takes secrets out. */
export interface Redact {
  text(this: void, text: string): string;
  /** A frozen copy. */
  value(this: void, value: JsonValue): JsonValue;
}

/**
 * Takes secrets out of what is recorded, and says in their place what they were:
 *
 * - the value of a key that has `password`, `secret`, `token`, `api_key`, `apikey`, `authorization`, `credential`, `private_key` or
 *   `access_key` in its name becomes `[REDACTED]`, at any depth (the reference's rule: its runtime/audit.py), and so do a header in a list
 *   of pairs, `{ name, value }` of such a name, and the word behind a flag such as `--password` in a list of words;
 * - in every text and key, what looks like a token of a known kind becomes `[REDACTED: GitHub token]`, and what is said to be a password
 *   or a token (`PASSWORD=x`, `--token x`, `"api_key": "x"`, `https://user:x@host`) becomes `[REDACTED: password]`.
 *
 * What was redacted before stays as it is. A secret that looks like any other word, where nothing says what it is, is not found.
 *
 * @throws TypeError with a sentence for options that are none.
 */
export function redaction(options: RedactionOptions = {}): Redact {
  const { keys, patterns } = checked(options);
  const text = (given: string): string => redactText(given, patterns);
  const walk = new Walk(text, (key) => isSecretName(key, keys));
  return { text, value: (value) => walk.value(value) };
}

/** The shortest secret with what says that it is one. */
const SHORTEST = 6;

/** Of a short text it is told at once that it has none of the hints; in a long one, looking for each takes less time. */
const SHORT = 500;
const SOME_HINT = new RegExp(
  TOKEN_PATTERNS.flatMap(({ hints }) => hints)
    .map((hint) => hint.replace(/[^\w-]/g, '\\$&'))
    .join('|'),
);

function redactText(text: string, own: readonly SecretPattern[]): string {
  let made = text;
  // Somebody else's pattern may find the words of ours in a text that was redacted before.
  for (const pattern of own) made = outsideOfRedacted(made, (part) => replaced(part, pattern));
  if (made.length < SHORTEST) return made;
  if (made.length > SHORT || SOME_HINT.test(made))
    for (const pattern of TOKEN_PATTERNS)
      if (pattern.hints.some((hint) => made.includes(hint))) made = replaced(made, pattern);
  return redactAssignments(made);
}

function outsideOfRedacted(text: string, change: (part: string) => string): string {
  const parts = text.split(/(\[REDACTED(?:: [^\]]{1,80})?\])/);
  return parts.map((part, i) => (i % 2 === 0 ? change(part) : part)).join('');
}

function replaced(text: string, { name, pattern }: SecretPattern): string {
  return text.replace(pattern, (found: string, ...more: unknown[]) => {
    const last = more.at(-1);
    // (Without named groups, the last one is the text.)
    const { before = '', after = '' } = (typeof last === 'object' ? last : {}) as { before?: string; after?: string };
    const secret = found.slice(before.length, found.length - after.length);
    // (A pattern of somebody else's may find nothing at every place.)
    if (secret === '' || secret.startsWith(REDACTED.slice(0, -1))) return found;
    return `${before}${redacted(name)}${after}`;
  });
}

class Walk {
  constructor(
    private readonly text: (text: string) => string,
    private readonly isSecret: (key: string) => boolean,
  ) {}

  value(value: JsonValue): JsonValue {
    if (typeof value === 'string') return this.text(value);
    if (value === null || typeof value !== 'object') return value;
    return isPlainList(value) ? this.list(value) : this.object(value);
  }

  private object(value: Readonly<Record<string, JsonValue>>): JsonValue {
    const isNamed = NAMING_KEYS.some((key) => Object.hasOwn(value, key) && this.names(value[key], value.value));
    return plainObject(
      Object.entries(value).map(([key, member]) => {
        const hides =
          this.isSecret(key) ||
          (isNamed && /^value$/i.test(key)) ||
          (typeof member === 'string' && isSecretText(key, member));
        return [this.text(key), hides ? REDACTED : this.value(member)];
      }),
    );
  }

  private list(items: readonly JsonValue[]): JsonValue {
    const arePairs = items.length > 0 && items.every(isPair);
    return Object.freeze(items.map((item, i) => (arePairs ? this.pair(item as Pair) : this.item(item, items[i - 1]))));
  }

  private pair([key, value]: Pair): JsonValue {
    return Object.freeze([this.value(key), this.names(key, value) ? REDACTED : this.value(value)]);
  }

  /** A word of a command line, or a name or a value of Node's raw headers, by the one before it. */
  private item(item: JsonValue, before: JsonValue | undefined): JsonValue {
    const hides = typeof before === 'string' && (isSecretFlag(before) || /^(?:proxy-)?authorization$/i.test(before));
    return hides && typeof item === 'string' ? REDACTED : this.value(item);
  }

  private names(key: JsonValue, value: JsonValue | undefined): boolean {
    if (typeof key !== 'string' || key.length > 100) return false;
    return this.isSecret(key) || (typeof value === 'string' && isSecretText(key, value));
  }
}

/** Of a header or a variable that is given as an object. */
const NAMING_KEYS = ['name', 'key', 'header', 'Name', 'Key'];

type Pair = readonly [JsonValue, JsonValue];

/** Of a Map, or of headers. */
function isPair(value: JsonValue): boolean {
  return isPlainList(value) && value.length === 2 && typeof value[0] !== 'object';
}

function checked({ keys = [], patterns = [] }: RedactionOptions): {
  keys: readonly string[];
  patterns: readonly SecretPattern[];
} {
  if (!isListOf(keys, (key) => typeof key === 'string' && key !== ''))
    throw new TypeError("redaction.keys must be a list of texts such as ['ssn'], none of them empty.");
  if (!isListOf(patterns, isPattern))
    throw new TypeError("redaction.patterns must be a list of patterns such as { name: 'ticket', pattern: /T-\\d+/ }.");
  return {
    keys: keys.map((key) => key.toLowerCase()),
    patterns: patterns.map(({ name, pattern }) => ({
      name,
      // Without `g` only the first would be found, and with `y` none that does not stand at the start.
      pattern: new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, '')}g`),
      hints: [],
    })),
  };
}

function isListOf(given: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(given) && given.every(isItem);
}

function isPattern(given: unknown): boolean {
  const { name, pattern } = (given ?? {}) as { name?: unknown; pattern?: unknown };
  return typeof name === 'string' && name !== '' && Object.prototype.toString.call(pattern) === '[object RegExp]';
}
