import type { Span, YamlProblem, YamlTree } from '../../core/policy/yamlTree';
import { construct } from './construct';
import { readAround } from './readAround';
import { unknownAlias } from './refusals';
import type { RawAlias } from './rawNodes';
import { withoutUnprintable } from './unprintable';

/** More problems than this in one text are not told. */
const MOST_PROBLEMS = 1000;

/**
 * Reads a text as PyYAML's `safe_load` does, with the place of everything. Never throws for what is written there.
 *
 * Beyond what the loader refuses, these are problems here, so that whoever has the tree can walk it: an alias within what it names
 * (the loader makes an object that holds itself), aliases that nest collections deeper than 1,000 levels, more than 250,000 values,
 * and `<<` that bring in more than 100,000 entries.
 *
 * @param text decoded; it may begin with a byte order mark.
 */
export function readYaml(text: string): YamlTree {
  const printable = withoutUnprintable(text, MOST_PROBLEMS);
  const { document, problems, leftOut } = readAround(printable.text);
  const constructed = construct(document);
  const unknown = aliasesToTell(document.unknown, text, leftOut).map(unknownAlias);
  const all = [printable.problems, problems, document.problems, constructed.problems, unknown].flat();
  return { root: constructed.root, problems: inOrder(all).slice(0, MOST_PROBLEMS), leftOut };
}

/** Not those whose name was given where the text could not be read. */
function aliasesToTell(unknown: readonly RawAlias[], text: string, leftOut: readonly Span[]): readonly RawAlias[] {
  const names = new Set<string>();
  for (const { start, end } of leftOut) {
    for (const [, name] of text.slice(start, end).matchAll(/&([\w-]+)/g)) names.add(name);
  }
  return unknown.filter(({ name }) => !names.has(name));
}

function inOrder(problems: readonly YamlProblem[]): YamlProblem[] {
  return problems.toSorted((one, other) => one.span.start - other.span.start);
}
