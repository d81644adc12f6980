import { entryOf } from '../entryOf';
import type { MappingNode } from '../yamlTree';
import type { Fix } from './diagnostic';
import type { Source } from './source';

export interface NewEntry {
  readonly title: string;
  /** `key: value`, in one line. */
  readonly text: string;
}

/**
 * A fix that puts an entry into a mapping: behind its name where that stands in a line of its own, else before all others.
 *
 * @returns undefined for a mapping that is written so that this could go wrong
 */
export function entryFix(source: Source, mapping: MappingNode, entry: NewEntry): Fix | undefined {
  const edit = isFlow(source, mapping) ? intoFlow(source, mapping, entry) : intoBlock(source, mapping, entry);
  return edit && { title: entry.title, edits: [edit], isPreferred: true, isSafe: false };
}

export function isFlow({ text }: Source, { span }: MappingNode): boolean {
  return text[span.start] === '{';
}

function intoFlow({ text }: Source, { span }: MappingNode, entry: NewEntry): Fix['edits'][number] {
  const at = span.start + 1;
  const isEmpty = text.slice(at, span.end - 1).trim() === '';
  const space = /\s/.test(text[at]) ? ' ' : '';
  return { span: { start: at, end: at }, text: `${space}${entry.text}${isEmpty ? '' : `,${space === '' ? ' ' : ''}`}` };
}

function intoBlock(source: Source, mapping: MappingNode, entry: NewEntry): Fix['edits'][number] | undefined {
  const { start } = mapping.span;
  const before = source.before(start);
  // (A byte order mark is no column.)
  if (!/^\ufeff?(?:- *| )*$/.test(before)) return undefined;
  const indentation = before.replace('\ufeff', '').replaceAll('-', ' ');
  const behind = endOfNameLine(source, mapping);
  if (behind === undefined)
    return { span: { start, end: start }, text: `${entry.text}${source.lineEnd}${indentation}` };
  return { span: { start: behind, end: behind }, text: `${source.lineEnd}${indentation}${entry.text}` };
}

/** Where the line ends that holds the name and nothing else. */
function endOfNameLine(source: Source, mapping: MappingNode): number | undefined {
  const name = entryOf(mapping, 'name');
  if (name?.value.kind !== 'scalar' || name.isMerged) return undefined;
  const { key, value } = name;
  const isBlockText = value.style === 'literal' || value.style === 'folded';
  const isBeside = value.span.start >= key.span.end && value.span.end <= source.lineTextEnd(key.span.start);
  if (isBlockText || !isBeside || key.span.start < mapping.span.start || value.span.end > mapping.span.end)
    return undefined;
  const end = source.lineTextEnd(value.span.end);
  return /^\s*(?:#.*)?$/.test(source.text.slice(value.span.end, end)) ? end : undefined;
}
