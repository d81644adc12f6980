/**
 * What Python's `repr` makes of a text: single quotes, double ones where it holds single quotes and no double ones,
 * escapes for what does not print: Unicode's "other" and "separator" but the space. (Characters that came with a later
 * edition of Unicode than Python's own it escapes, and this does not.)
 */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let body = '';
  for (const character of text) {
    const point = character.codePointAt(0)!;
    if (character === '\\' || character === quote) body += `\\${character}`;
    else if (character === '\n') body += '\\n';
    else if (character === '\r') body += '\\r';
    else if (character === '\t') body += '\\t';
    else if (character !== ' ' && UNPRINTABLE.test(character)) body += escaped(point);
    else body += character;
  }
  return quote + body + quote;
}

const UNPRINTABLE = /[\p{C}\p{Z}]/u;

function escaped(point: number): string {
  const [mark, size] = point > 0xffff ? ['U', 8] : point > 0xff ? ['u', 4] : ['x', 2];
  return `\\${mark}${point.toString(16).padStart(size, '0')}`;
}

/** What Python's `str` makes of a value given as canonical JSON: a text as it is, the rest in Python's notation. */
export function pythonStr(canonical: string): string {
  if (canonical.startsWith('"')) return JSON.parse(canonical) as string;
  return canonical.replace(/"(?:[^"\\]|\\.)*"|true|false|null|NaN|-?Infinity|[,:]/g, (token) => {
    if (token.startsWith('"')) return pythonRepr(JSON.parse(token) as string);
    return PYTHON[token] ?? token;
  });
}

const PYTHON: Readonly<Record<string, string>> = {
  true: 'True',
  false: 'False',
  null: 'None',
  NaN: 'nan',
  Infinity: 'inf',
  '-Infinity': '-inf',
  ',': ', ',
  ':': ': ',
};
