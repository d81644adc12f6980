import type { Span, YamlNode, YamlProblem } from '../../core/policy/yamlTree';
import { problemAt } from './fault';
import { isMergeKey } from './rawTags';
import { targetOf, type RawChild, type RawCollection } from './rawNodes';

/** An entry before it is known whether a later one has its key. */
export interface Entry {
  readonly key: YamlNode;
  readonly value: YamlNode;
  /** As `keyIdentity` gives it. */
  readonly identity: string | undefined;
  readonly isMerged: boolean;
}

/** The loader copies a mapping's entries for each `<<`, and aliases can make these more than could ever be read. */
const MOST_MERGED = 100_000;

/**
 * Brings in what stands behind `<<`: before the mapping's own entries, so that those win. Of several sources in a list the first wins,
 * of several `<<` the last.
 */
export class Merging {
  private readonly entries = new Map<RawCollection, readonly Entry[]>();
  private merged = 0;

  /** To be told of every mapping, each behind those that it can name. */
  remember(mapping: RawCollection, entries: readonly Entry[]): void {
    this.entries.set(mapping, entries);
  }

  /** @param report is told of what the loader refuses in it. */
  entriesMergedInto(mapping: RawCollection, report: (problem: YamlProblem) => void): Entry[] {
    const all: Entry[][] = [];
    for (let i = 0; i < mapping.children.length; i += 2) {
      if (!isMergeKey(mapping.children[i]) || this.merged > MOST_MERGED) continue;
      const value = mapping.children[i + 1];
      const target = targetOf(value);
      const sources = target?.kind === 'sequence' ? [...target.children].reverse() : [value];
      for (const source of sources) all.push(this.entriesOf(source, mapping, report));
    }
    return all.flat();
  }

  private entriesOf(source: RawChild, into: RawCollection, report: (problem: YamlProblem) => void): Entry[] {
    const target = targetOf(source);
    // (Of an alias without a target is told elsewhere; a mapping that merges itself gains nothing.)
    if (target === undefined || target === into) return [];
    const { start, end } = source.span;
    const entries = target.kind === 'mapping' ? this.entries.get(target) : undefined;
    const before = this.merged;
    this.merged += 1 + (entries?.length ?? 0);
    if (this.merged > MOST_MERGED) {
      if (before <= MOST_MERGED) report(tooMany(source.span));
      return [];
    }
    if (target.kind !== 'mapping') {
      const message = 'Only a mapping, or a list of mappings, can stand behind <<. Write an alias (*name) of one.';
      report(problemAt(start, end, message));
      return [];
    }
    if (entries === undefined) {
      report(recursion(source.span));
      return [];
    }
    return withLastValues(entries);
  }
}

function tooMany({ start, end }: Span): YamlProblem {
  const limit = MOST_MERGED.toLocaleString('en');
  return problemAt(
    start,
    end,
    `The << of this file bring in more than ${limit} entries. The rest of them is not read here.`,
  );
}

export function recursion({ start, end }: Span): YamlProblem {
  const message =
    'This alias stands within what it names, which would hold itself without end. Name something else, or write it out.';
  return problemAt(start, end, message);
}

/** As a dict has them: each key in its first place and spelling, with its last value. */
function withLastValues(entries: readonly Entry[]): Entry[] {
  const byKey = new Map<string, Entry>();
  for (const entry of entries) {
    if (entry.identity === undefined) continue;
    const first = byKey.get(entry.identity) ?? entry;
    byKey.set(entry.identity, { ...first, value: entry.value, isMerged: true });
  }
  return [...byKey.values()];
}
