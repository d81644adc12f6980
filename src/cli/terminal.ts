import { visible } from '../core/text/visible';

/** How to print for people. */

let colour = process.stdout.isTTY === true && !process.env.NO_COLOR;

/** Turns colours off where a flag asks for it; nothing turns them on in a pipe. */
export function setColour(allowed: boolean): void {
  if (!allowed) colour = false;
}

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

export function style(text: string, name: Style): string {
  const [on, off] = CODES[name];
  return colour ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}

/** Characters of a text without what gives it its style. */
function shownLength(text: string): number {
  return text.replace(/\u001b\[\d+m/g, '').length;
}

/** Columns of text, each as wide as its widest cell, two spaces apart; the last one wraps to the terminal's width. */
export function table(rows: readonly (readonly string[])[], width = process.stdout.columns ?? 100): string[] {
  const count = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: count - 1 }, (_, i) => Math.max(...rows.map((row) => shownLength(row[i]))));
  const indent = widths.reduce((sum, each) => sum + each + 2, 0);
  return rows.flatMap((row) => {
    const start = row
      .slice(0, -1)
      .map((cell, i) => cell + ' '.repeat(widths[i] - shownLength(cell) + 2))
      .join('');
    const [first, ...rest] = wrap(row.at(-1)!, Math.max(30, width - indent));
    return [start + first, ...rest.map((line) => ' '.repeat(indent) + line)];
  });
}

/** Breaks a text into lines of at most `width` characters at its spaces. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line === '') lines[lines.length - 1] = word;
    else if (shownLength(line) + 1 + shownLength(word) <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A paragraph as wide as the terminal, but no wider than reads well. */
export function wrapped(text: string): string[] {
  return wrap(text, Math.min(100, process.stdout.columns ?? 100));
}

export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? singular : plural}`;
}

/** A path for people: what in it could act on the terminal is made visible. */
export function shownPath(path: string): string {
  return visible(path, 1000);
}
