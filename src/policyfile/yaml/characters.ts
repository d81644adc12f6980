/** Classes of characters of YAML 1.1, by UTF-16 unit. */

/** Stands behind the text. No text has it: it is not printable. */
export const END = 0;
export const TAB = 0x09;
export const SPACE = 0x20;
export const BYTE_ORDER_MARK = 0xfeff;

/** Beside CR and LF, YAML 1.1 has NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR; the last two are kept as they are. */
export function isBreak(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d || unit === 0x85 || unit === 0x2028 || unit === 0x2029;
}

export function isBreakOrEnd(unit: number): boolean {
  return unit === END || isBreak(unit);
}

export function isSpaceOrBreakOrEnd(unit: number): boolean {
  return unit === SPACE || isBreakOrEnd(unit);
}

export function isWhiteOrEnd(unit: number): boolean {
  return unit === TAB || isSpaceOrBreakOrEnd(unit);
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

export function isHexDigit(unit: number): boolean {
  return isDigit(unit) || (unit >= 0x41 && unit <= 0x46) || (unit >= 0x61 && unit <= 0x66);
}

/** What anchors, tag handles and directives are named with. */
export function isNameCharacter(unit: number): boolean {
  const lower = unit | 0x20;
  return isDigit(unit) || (lower >= 0x61 && lower <= 0x7a) || unit === 0x2d || unit === 0x5f;
}

export function isUriCharacter(unit: number): boolean {
  return isNameCharacter(unit) || (unit < 0x80 && ";/?:@&=+$,.!~*'()[]%".includes(String.fromCharCode(unit)));
}

/** What the loader refuses anywhere in a text. Everything beyond the basic plane is allowed. */
export const NOT_PRINTABLE = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
