/** The tags that PyYAML's `safe_load` knows, and how it finds one for what is written without (`yaml/resolver.py`, 6.0.3). */

const PREFIX = 'tag:yaml.org,2002:';

export const YAML_TAG = {
  null: `${PREFIX}null`,
  bool: `${PREFIX}bool`,
  int: `${PREFIX}int`,
  float: `${PREFIX}float`,
  str: `${PREFIX}str`,
  timestamp: `${PREFIX}timestamp`,
  binary: `${PREFIX}binary`,
  seq: `${PREFIX}seq`,
  map: `${PREFIX}map`,
  set: `${PREFIX}set`,
  omap: `${PREFIX}omap`,
  pairs: `${PREFIX}pairs`,
  /** `<<`. As a key it brings in other mappings; anywhere else the loader refuses it. */
  merge: `${PREFIX}merge`,
  /** `=`. As a key it is a text; anywhere else the loader refuses it. */
  value: `${PREFIX}value`,
  /** `!`, `&` or `*`, which only a text in quotes behind a lone `!` can be. The loader refuses it. */
  yaml: `${PREFIX}yaml`,
} as const;

/** The tag of a text without quotes. */
export function implicitTag(text: string): string {
  // Python's `$` also matches before a line break at the end, which a text behind a lone `!` can have.
  const bare = text.endsWith('\n') ? text.slice(0, -1) : text;
  const word = WORDS.get(bare);
  if (word !== undefined) return text === '\n' ? YAML_TAG.str : word;
  if (!NUMERIC_START.test(bare)) return YAML_TAG.str;
  if (FLOAT.test(bare)) return YAML_TAG.float;
  if (INT.test(bare)) return YAML_TAG.int;
  return TIMESTAMP.test(bare) ? YAML_TAG.timestamp : YAML_TAG.str;
}

/** How a tag is written in a file: `!!int`. */
export function shownTag(tag: string): string {
  return tag.startsWith(PREFIX) ? `!!${tag.slice(PREFIX.length)}` : tag;
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, YAML_TAG.null] as const),
  ...['yes', 'no', 'true', 'false', 'on', 'off']
    .flatMap((word) => [word, word[0].toUpperCase() + word.slice(1), word.toUpperCase()])
    .map((word) => [word, YAML_TAG.bool] as const),
  ['<<', YAML_TAG.merge],
  ['=', YAML_TAG.value],
  ...['!', '&', '*'].map((word) => [word, YAML_TAG.yaml] as const),
]);

const NUMERIC_START = /^[-+.0-9]/;

const FLOAT = new RegExp(
  [
    '^[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?$',
    '^\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?$',
    '^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*$',
    '^[-+]?\\.(?:inf|Inf|INF)$',
    '^\\.(?:nan|NaN|NAN)$',
  ].join('|'),
);

const INT = new RegExp(
  [
    '^[-+]?0b[0-1_]+$',
    '^[-+]?0[0-7_]+$',
    '^[-+]?(?:0|[1-9][0-9_]*)$',
    '^[-+]?0x[0-9a-fA-F_]+$',
    '^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+$',
  ].join('|'),
);

const TIMESTAMP = new RegExp(
  [
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
    '^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?' +
      '(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?$',
  ].join('|'),
);
