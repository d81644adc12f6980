import { keyIdentity } from '../yamlKeys';
import { shownValue } from '../shownValue';
import type { MappingEntry, MappingNode } from '../yamlTree';
import { walkYaml } from '../yamlWalk';
import type { Fix } from './diagnostic';
import type { LintContext } from './lintContext';
import type { Source } from './source';

/** Keys that stand twice in a mapping, anywhere in the file. */
export function findDuplicateKeys(context: LintContext): void {
  if (context.tree.root === undefined) return;
  walkYaml(context.tree.root, (node) => {
    if (context.findings.isFull) return false;
    if (node.kind === 'mapping' && node.entries.some(({ isOverwritten }) => isOverwritten))
      findInMapping(context, node);
    return true;
  });
}

function findInMapping(context: LintContext, mapping: MappingNode): void {
  // What comes in by << is there to be overwritten.
  const written = mapping.entries.filter(({ isMerged }) => !isMerged);
  const last = new Map<string, number>();
  written.forEach(({ key }, i) => {
    const value = context.value(key);
    const identity = keyIdentity(value);
    if (identity === undefined) return;
    const before = last.get(identity);
    last.set(identity, i);
    if (before !== undefined && !context.findings.isFull) {
      const shown = shownValue(value);
      const message = `The key ${shown} stands here once more: the loader keeps the last of its values and drops the others. Delete what is not meant.`;
      const related = [
        { span: context.source.firstLine(written[before].key.span), message: `${shown} is already here.` },
      ];
      const fixes = deleteFix(context, written, before);
      context.findings.warning('duplicate-key', { message, span: context.source.firstLine(key.span), related, fixes });
    }
  });
}

/** Deletes an entry up to the next one, where there is nothing between that belongs elsewhere. */
function deleteFix({ source }: LintContext, written: readonly MappingEntry[], index: number): Fix[] {
  const [start, end] = [written[index].key.span.start, written[index + 1].key.span.start];
  const isPlain = (at: number): boolean => /^\ufeff?[\s-]*$|[{,]\s*$/.test(source.before(at));
  if (
    end <= start ||
    !isPlain(start) ||
    !isPlain(end) ||
    !/^[\s,?]*$/.test(source.text.slice(textEnd(source, written[index]), end))
  )
    return [];
  // An anchor may be named elsewhere, and a remark is not ours to delete.
  if (/[#&]/.test(source.text.slice(start, end))) return [];
  return [
    {
      title: 'Delete the entry that the loader drops',
      edits: [{ span: { start, end }, text: '' }],
      isPreferred: true,
      isSafe: false,
    },
  ];
}

/** Where an entry ends as it is written; what a << brings in may stand behind it. */
function textEnd({ text }: Source, { key, value }: MappingEntry): number {
  if (value.span.start >= key.span.end) return value.span.end;
  // (An alias's value stands elsewhere.)
  const [alias] = /^\s*:\s*\*[^\s,[\]{}]+/.exec(text.slice(key.span.end, key.span.end + MOST_ALIAS)) ?? [''];
  return key.span.end + alias.length;
}

const MOST_ALIAS = 1000;
