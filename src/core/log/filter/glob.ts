/**
 * Whether a text matches a pattern in which `*` is any run of characters and `?` any one. Both in lower case. In time that grows with
 * the product of their lengths at worst, and never with more: the pattern comes from a person, the text from a log.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star !== -1) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

export function isGlob(text: string): boolean {
  return text.includes('*') || text.includes('?');
}
