import { visible } from '../../text/visible';
import { parseGlob, RUN, type GlobToken } from '../glob';

/** How patterns are written. */
export const GLOB_MEANING =
  'The whole text must match: * stands for any characters, ? for one, [abc] for one of these. Upper and lower case are told apart.';

/** What a pattern takes, in words. */
export function globWords(pattern: string): string {
  const { tokens } = parseGlob(pattern);
  const runs = tokens.filter((token) => token === RUN).length;
  const isPlain = tokens.every((token) => token === RUN || token.kind === 'literal');
  if (tokens.length === 0) return 'Takes the empty text alone.';
  if (runs === 0 && isPlain) return `Takes the text "${literal(tokens)}" alone.`;
  if (tokens.length === 1 && runs === 1) return 'Takes every text.';
  if (!isPlain || runs > 2) return `Takes every text that matches "${visible(pattern, 100)}".`;
  const [first, last] = [tokens[0] === RUN, tokens.at(-1) === RUN];
  const parts = split(tokens).map((part) => `"${literal(part)}"`);
  if (runs === 1 && last) return `Takes every text that begins with ${parts[0]}.`;
  if (runs === 1 && first) return `Takes every text that ends with ${parts[0]}.`;
  if (runs === 1) return `Takes every text that begins with ${parts[0]} and ends with ${parts[1]}.`;
  if (first && last) return `Takes every text with ${parts[0]} in it.`;
  return `Takes every text that matches "${visible(pattern, 100)}".`;
}

/** The parts between the runs. */
function split(tokens: readonly GlobToken[]): GlobToken[][] {
  const parts: GlobToken[][] = [[]];
  for (const token of tokens) {
    if (token === RUN) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

function literal(tokens: readonly GlobToken[]): string {
  const points = tokens.flatMap((token) => (token.kind === 'literal' ? [token.point] : []));
  return visible(String.fromCodePoint(...points.slice(0, 100)), 100);
}
