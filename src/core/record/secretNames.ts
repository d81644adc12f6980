/** What the value of a key with one of these in its name is taken for. */
export const REDACTED = '[REDACTED]';

/** In place of a secret that was found in a text: what it was. */
export function redacted(what: string): string {
  return `${REDACTED.slice(0, -1)}: ${what}]`;
}

/**
 * In the name of a key, in any case. Source: the reference's runtime/audit.py, and below its names the other ways in which those are
 * spelt, which it writes as they are.
 */
const SECRET_NAMES = [
  'password',
  'secret',
  'token',
  'api_key',
  'apikey',
  'authorization',
  'credential',
  'private_key',
  'access_key',
  ...['passwd', 'passphrase', 'api-key', 'api key', 'private-key', 'privatekey', 'access-key', 'accesskey'],
];

const SOME_SECRET = new RegExp(SECRET_NAMES.join('|'));

/** The whole name. */
const WHOLE_NAMES = new Set(['cookie', 'set-cookie', 'mysql_pwd']);

/** Whether the value of a key is a secret by the key's name. @param more further names, in lower case. */
export function isSecretName(key: string, more: readonly string[] = []): boolean {
  const name = key.toLowerCase();
  return SOME_SECRET.test(name) || WHOLE_NAMES.has(name) || more.some((part) => name.includes(part));
}

const SHORT_NAME = /^_?auth$|(?:^|[_. -])(?:pass|passcode|pwd|jwt)$/i;
/** Not `bypass`. */
const SHORT_NAME_IN_CAMELS = /[a-z0-9](?:Pass|Passcode|Pwd|Jwt|JWT)$/;

/** Names that are also those of other things, of which only a text is taken for a secret: `pass` is a count too, and `pwd` a folder. */
export function isSecretText(key: string, text: string): boolean {
  return (SHORT_NAME.test(key) || SHORT_NAME_IN_CAMELS.test(key)) && !isFolder(text);
}

/** Of what a `pwd` can be. */
export function isFolder(text: string): boolean {
  return /^(?:~|\.{0,2}[\\/]|[A-Za-z]:[\\/])/.test(text);
}

/** The same names as they stand in a text before a value, with what comes behind them: `PASSWORD_2`, `tokenFile`. */
export const NAME_IN_TEXT =
  /(password|passwd|passphrase|secret|token|api[_-]?key|authorization|credential|private[_-]?key|access[_-]?key|account[_-]?key|mysql_pwd|(?<=_)(?:pass|pwd)(?![a-z]))([a-z0-9_-]{0,40})/gi;

/** Whether it is one of those that other things are called too. */
export function isShortName(name: string): boolean {
  return /^(?:pass|pwd)$/i.test(name);
}

/** `--token-file`, `password_hint`, `tokenizer`: what is said there is no secret. */
const TELLS_ABOUT_IT =
  /^s?[_-]?(?:file|path|dir|stdin|name|ids?|type|len|length|size|count|limit|ur[li]|endpoint|expir\w*|ttl|age|policy|hint|field|label|prompt|store|manager|env|var|version|format|index|usage|budget|scopes?|arn|ref|header|algorithm|required|reset|less|i[sz]\w*|ary|ly)$/i;

export function tellsAboutSecret(behindName: string): boolean {
  return TELLS_ABOUT_IT.test(behindName);
}

/** What a secret is called in its place: `api_key` is an `API key`. */
export function secretNoun(name: string): string {
  const noun = name
    .toLowerCase()
    .replace(/[_-]?key$/, ' key')
    .replace(/^api/, 'API');
  return NOUNS[noun] ?? noun;
}

const NOUNS: Readonly<Partial<Record<string, string>>> = {
  passwd: 'password',
  mysql_pwd: 'password',
  pass: 'password',
  pwd: 'password',
};
