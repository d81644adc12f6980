import type { Diagnostic, Edit, Fix } from './diagnostic';
import type { Source } from './source';

/**
 * A second look at fixes, for what stands before the place that they change. What an anchor names may stand elsewhere, too, where another
 * value is meant by it: its fix is for the person to decide. And where no colon says that a value comes, or a tag says of which kind, none
 * is put in.
 */
export function withCare(source: Source, found: Diagnostic): Diagnostic {
  if (found.fixes.length === 0) return found;
  const fixes = found.fixes.filter(({ edits }) => !edits.some((edit) => isOutOfPlace(source, edit)));
  return { ...found, fixes: fixes.map((fix) => (isOfNamed(source, fix) ? { ...fix, isSafe: false } : fix)) };
}

function isOfNamed(source: Source, { isSafe, edits }: Fix): boolean {
  return isSafe && edits.some(({ span }) => ANCHOR.test(`${before(source, span.start)} `));
}

/** A value in place of nothing has a space before it. */
function isOutOfPlace(source: Source, { span, text }: Edit): boolean {
  const lead = before(source, span.start);
  return span.start === span.end && text.startsWith(' ') && /[^\s:{]\s*$/.test(lead) && !ANCHOR.test(`${lead} `);
}

/** A tag may stand between, and what names a key stands before it as well. */
const ANCHOR = /(?:^|[\s,[{])&[\w-]+(?:\s+![^\s,[\]{}]*)?\s+$/;

function before({ text }: Source, at: number): string {
  return text.slice(Math.max(0, at - FARTHEST), at);
}

/** No anchor is far from what it names. */
const FARTHEST = 200;
