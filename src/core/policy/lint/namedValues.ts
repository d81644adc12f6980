import type { Diagnostic, Fix } from './diagnostic';
import type { Source } from './source';

/**
 * What an anchor names may stand elsewhere, too, where another value is meant by it: a fix of it is for the person to decide. No anchor
 * is far from what it names.
 */
export function withCare(source: Source, found: Diagnostic): Diagnostic {
  if (!found.fixes.some((fix) => isOfNamed(source, fix))) return found;
  return { ...found, fixes: found.fixes.map((fix) => (isOfNamed(source, fix) ? { ...fix, isSafe: false } : fix)) };
}

function isOfNamed({ text }: Source, { isSafe, edits }: Fix): boolean {
  return isSafe && edits.some(({ span: { start } }) => ANCHOR.test(text.slice(Math.max(0, start - FARTHEST), start)));
}

/** A tag may stand between, and what names a key stands before it as well. */
const ANCHOR = /&[^\s,[\]{}]+(?:\s+![^\s,[\]{}]*)?\s+$/;

const FARTHEST = 200;
