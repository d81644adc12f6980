import { isFolder, isShortName, NAME_IN_TEXT, redacted, REDACTED, secretNoun, tellsAboutSecret } from './secretNames';

/**
 * Takes out of a text what it says a password or a token is: `PASSWORD=x`, `--token x`, `"api_key": "x"`, `password: x1y2`,
 * `<secret>x</secret>`, `Authorization: Basic x`. In prose a name is followed by words, so where nothing but a colon says that a value
 * follows, it must look like a secret, or be all that is on its line.
 *
 * The time grows with the text: what was looked at for a value is not looked at again.
 */
export function redactAssignments(text: string): string {
  // Most texts have no such name.
  if (!SOME_NAME.test(text)) return text;
  const names = new RegExp(NAME_IN_TEXT);
  const ends = new Ends(text);
  let [made, kept] = ['', 0];
  for (let found = names.exec(text); found !== null; found = names.exec(text)) {
    const value = secretAfter(text, found, ends);
    if (value === undefined) continue;
    made += text.slice(kept, value.start) + redacted(secretNoun(found[1]));
    kept = names.lastIndex = value.end;
  }
  return kept === 0 ? text : made + text.slice(kept);
}

const SOME_NAME = new RegExp(NAME_IN_TEXT.source, 'i');

/** Whether a word of a command line says that the next one is a secret: `--password`. */
export function isSecretFlag(word: string): boolean {
  if (!/^--?[A-Za-z][\w-]{0,60}$/.test(word)) return false;
  const found = new RegExp(NAME_IN_TEXT).exec(word);
  return found !== null && !tellsAboutSecret(found[2]) && found[2] !== 's';
}

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Value extends Range {
  readonly isQuoted: boolean;
}

/** Whether a value is a secret is told by its start: values can hold each other. */
const MOST_JUDGED = 200;

/** How a value is given to a name. */
type Giving = 'flag' | 'tight' | 'spaced' | 'colon' | 'element';

function secretAfter(text: string, found: RegExpExecArray, ends: Ends): Range | undefined {
  const [whole, name, behind] = found;
  if (tellsAboutSecret(behind)) return undefined;
  const end = found.index + whole.length;
  const start = wordStart(text, found.index);
  const giving = givingAt(text, start, end);
  if (giving === undefined) return undefined;
  if (name.toLowerCase() === 'authorization') {
    const credentials = credentialsAt(text, giving.valueAt, ends);
    if (credentials !== undefined) return isNoSecret(startOf(text, credentials), true) ? undefined : credentials;
  }
  const value = valueAt(text, giving.valueAt, giving.kind, ends);
  const said = startOf(text, value);
  if (isNoSecret(said, value.isQuoted) || (behind.toLowerCase() === 's' && /^\d+$/.test(said))) return undefined;
  // `tests_pass: 100`
  if (isShortName(name) && (isFolder(said) || (giving.kind !== 'tight' && /^\d+,?$/.test(said)))) return undefined;
  return isTaken(text, said, value, giving.kind, start) ? value : undefined;
}

const BEFORE_VALUE = /(?: is(?=:))?[ \t]{0,8}(?:(?:\\{0,4}["'`]\]?)?[ \t]{0,8}(=>|:=|=(?!=)|:(?!:|\/\/))[ \t]{0,8}|>)/y;

function givingAt(text: string, start: number, end: number): { kind: Giving; valueAt: number } | undefined {
  BEFORE_VALUE.lastIndex = end;
  const found = BEFORE_VALUE.exec(text);
  if (found === null) {
    const isFlag = text.startsWith('-', start) && /^[ \t]/.test(text.slice(end, end + 1));
    return isFlag ? { kind: 'flag', valueAt: end + 1 } : undefined;
  }
  const [whole, sign] = found as unknown as [string, string | undefined];
  const valueAt = end + whole.length;
  if (sign === undefined) return whole === '>' && text[start - 1] === '<' ? { kind: 'element', valueAt } : undefined;
  if (sign === ':') return { kind: 'colon', valueAt };
  return { kind: sign === '=' && whole === '=' ? 'tight' : 'spaced', valueAt };
}

function isTaken(text: string, said: string, value: Value, kind: Giving, start: number): boolean {
  if (kind === 'flag') return !said.startsWith('-');
  if (kind === 'tight' || kind === 'element' || looksSecret(said)) return true;
  if (value.isQuoted) return kind !== 'colon' || !(isComplaint(text, start) || /^[^A-Za-z0-9]{0,2}$/.test(said));
  return kind === 'colon' && isAlone(text, start, value.end) && /[A-Za-z0-9].*[A-Za-z0-9]/.test(said);
}

/** `Unexpected token: "x"` */
function isComplaint(text: string, start: number): boolean {
  return /(?:unexpected|invalid|illegal|unknown|missing|expected|bad|reserved) $/i.test(
    text.slice(Math.max(0, start - 16), start),
  );
}

/** `  db_password: swordfish`, as in YAML, or `'x-api-key: swordfish'`. */
function isAlone(text: string, start: number, end: number): boolean {
  if (start > 0 && /["'`]/.test(text[start - 1]) && text[start - 1] === text[end]) return true;
  const before = text.slice(Math.max(0, start - 32), start);
  const isFirst = start <= 32 ? /(?:^|\n)[ \t"'{,-]*$/.test(before) : /\n[ \t"'{,-]*$/.test(before);
  return isFirst && /^[ \t]*(?:$|[\r\n,}])/.test(text.slice(end, end + 32));
}

/** A mixture that is no word of a language, no path and no date. */
function looksSecret(said: string): boolean {
  if (said.length < 6 || /^(?:\.{0,2}\/|https?:|\d{4}-\d\d-\d\d|v?\d+(?:\.\d+)+$)/.test(said)) return false;
  return (/\d/.test(said) && /[A-Za-z]/.test(said)) || (said.length >= 8 && /[!@#$%^&*+=~?]/.test(said));
}

/** Stands for a value, or computes one. */
function isNoSecret(said: string, isQuoted: boolean): boolean {
  if (said === '' || said.startsWith(REDACTED.slice(0, -1))) return true;
  if (
    /^(?:null|none|nil|true|false|undefined|required|optional|include|omit|same-origin|[*.•_-]+|x{3,}|<[^>]*>?|\{\{.*|%[sd(].*)$/i.test(
      said,
    )
  )
    return true;
  if (/^\$(?:[A-Z_][A-Z0-9_]*$|[{(])/.test(said)) return true;
  return !isQuoted && /^(?:await$|new$|[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*(?:\?\.|[([])|(?:process|this|self|os|req|request|config|args|options|props|env)\.\w)/.test(said); // prettier-ignore
}

const SCHEME = /(?:(bearer|basic|token|negotiate|apikey|bot)|digest|aws4-hmac-sha256|hawk|signature)[ \t]{1,8}/iy;

function startOf(text: string, { start, end }: Range): string {
  return text.slice(start, Math.min(end, start + MOST_JUDGED));
}

/** What stands behind a scheme of HTTP: a word, or all that is on the line. */
function credentialsAt(text: string, at: number, ends: Ends): Range | undefined {
  SCHEME.lastIndex = skipQuote(text, at);
  const found = SCHEME.exec(text);
  if (found === null) return undefined;
  const start = SCHEME.lastIndex;
  const isWord = (found as unknown as [string, string | undefined])[1] !== undefined;
  return { start, end: ends.after(start, isWord ? 'credentials' : 'line') };
}

const QUOTE = /\\{0,4}["'`]/y;

function skipQuote(text: string, at: number): number {
  QUOTE.lastIndex = at;
  return QUOTE.test(text) ? QUOTE.lastIndex : at;
}

function valueAt(text: string, at: number, kind: Giving, ends: Ends): Value {
  if (kind === 'element') return { start: at, end: ends.after(at, 'element'), isQuoted: false };
  const start = skipQuote(text, at);
  if (start > at) return { start, end: closingQuote(text, start, text.slice(at, start)), isQuoted: true };
  const end = ends.after(at, 'word');
  // In a command line a value goes on to the next blank; in a list of members there is more behind it.
  const tail = text.slice(Math.max(at, end - 80), end);
  const closing = /\[REDACTED[^\]]*\]$/.test(tail) ? 0 : (/[,)}\]>|]{0,8}$/.exec(tail)?.[0].length ?? 0);
  return { start: at, end: end - closing, isQuoted: false };
}

/**
 * The end of a value that has quotes round it; without the second, that of its line. A text in a text has `\\"` for its quotes, and `\\\\\\"` for
 * those that are in it: how many backslashes there are tells which is meant.
 */
function closingQuote(text: string, start: number, opening: string): number {
  const quote = opening.at(-1);
  const depth = opening.length - 1;
  let backslashes = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\n') return at;
    if (text[at] === quote && backslashes % (2 * (depth + 1)) === depth) return at - depth;
    backslashes = text[at] === '\\' ? backslashes + 1 : 0;
  }
  return text.length;
}

/** What ends a value; what was redacted before is found with it, for it has blanks in it and counts as one. */
const ENDS = {
  word: /[\s"'`&;]|\[REDACTED[^\]]{0,80}\]/g,
  credentials: /[\s"'`\\]|\[REDACTED[^\]]{0,80}\]/g,
  line: /[\r\n"'`]|\[REDACTED[^\]]{0,80}\]/g,
  element: /[<\r\n]|\[REDACTED[^\]]{0,80}\]/g,
};

/** Where values end. A place that was passed over is not looked at again for the next value that begins before it. */
class Ends {
  private readonly known = new Map<keyof typeof ENDS, Range>();

  constructor(private readonly text: string) {}

  after(start: number, kind: keyof typeof ENDS): number {
    const known = this.known.get(kind);
    if (known !== undefined && start >= known.start && start <= known.end) return known.end;
    const end = this.find(start, ENDS[kind]);
    this.known.set(kind, { start, end });
    return end;
  }

  private find(start: number, ends: RegExp): number {
    ends.lastIndex = start;
    for (let found = ends.exec(this.text); found !== null; found = ends.exec(this.text))
      if (found[0].length === 1) return found.index;
    return this.text.length;
  }
}

/** The start of the word that a name is in; of a long one, some of it. */
function wordStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < 64 && /[\w.-]/.test(text[start - 1])) start--;
  return start;
}
