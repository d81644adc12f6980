import type { BreakKind } from '../../../src/core/chain/explain/break';
import { holds, type TamperedLine } from './tampering';

const GENESIS = '0'.repeat(64);

/**
 * Whether a forgery left the same trace that the accused line would have left, had it been tampered with: then the file
 * alone cannot tell which of them is the false one, and an untouched line may be accused.
 */
export function isIndistinguishable(kind: BreakKind, accused: TamperedLine, lines: readonly TamperedLine[]): boolean {
  switch (kind) {
    case 'restarted':
      // A forged first entry stands before the genuine one: this is where a chain starts anew, whoever wrote it.
      return (
        startsChain(accused) &&
        lines.some((line) => line.isTouched && (startsChain(line) || line.entry.sequence_id === 0))
      );
    case 'rehashed':
      return lines.some((line) => follows(accused, line) && isForgedWithDanglingLink(line, lines));
    case 'inserted':
    case 'forked':
      return isAlone(accused, lines) || hasRival(accused, lines) || hasDouble(accused, lines);
    default:
      return false;
  }
}

function startsChain({ entry }: TamperedLine): boolean {
  return entry.previous_hash === GENESIS;
}

function follows(before: TamperedLine, after: TamperedLine): boolean {
  return after.entry.sequence_id === before.entry.sequence_id + 1;
}

/** It matches itself and commits to nothing in the file: so it would, had the entry before it been changed and rehashed. */
function isForgedWithDanglingLink(line: TamperedLine, lines: readonly TamperedLine[]): boolean {
  const dangles = !startsChain(line) && !lines.some(({ entry }) => entry.entry_hash === line.entry.previous_hash);
  return line.isTouched && dangles && holds(line);
}

/** A forged branch beside the accused line, or beside one that it follows on, has as many entries behind it. */
function hasRival(accused: TamperedLine, lines: readonly TamperedLine[]): boolean {
  for (let line: TamperedLine | undefined = accused; line !== undefined; line = parentOf(line, lines)) {
    const { previous_hash } = line.entry;
    const own = reach(line, lines);
    for (const other of lines)
      if (other.isTouched && other.entry.previous_hash === previous_hash && reach(other, lines) >= own) return true;
  }
  return false;
}

/** All that it was linked with is gone: but for its sequence id nothing tells it from an entry of another chain. */
function isAlone(accused: TamperedLine, lines: readonly TamperedLine[]): boolean {
  return !startsChain(accused) && weight(accused, lines) === 1;
}

/** A forged line has its sequence id, and as many entries that belong to it by their links. */
function hasDouble(accused: TamperedLine, lines: readonly TamperedLine[]): boolean {
  return lines.some(
    (other) =>
      other.isTouched &&
      other.entry.sequence_id === accused.entry.sequence_id &&
      weight(other, lines) >= weight(accused, lines),
  );
}

/** Entries before and behind a line that are linked with it. */
function weight(line: TamperedLine, lines: readonly TamperedLine[]): number {
  let before = 0;
  for (let parent = parentOf(line, lines); parent !== undefined; parent = parentOf(parent, lines)) before++;
  return before + reach(line, lines);
}

function parentOf({ entry }: TamperedLine, lines: readonly TamperedLine[]): TamperedLine | undefined {
  return lines.find((line) => line.entry.entry_hash === entry.previous_hash);
}

/** Entries from a line on that commit each to the one before, at most. */
function reach({ entry }: TamperedLine, lines: readonly TamperedLine[]): number {
  const next = lines.filter((line) => line.entry.previous_hash === entry.entry_hash);
  return 1 + Math.max(0, ...next.map((line) => reach(line, lines)));
}
