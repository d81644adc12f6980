import { GENESIS_HASH } from './hash';
import { FaultList } from './faultList';
import type { EntryFacts, MalformedLine, ScanFacts } from './facts';
import { Notes } from './notes';
import { sequenceDistance } from './sequence';
import { followsInTime } from './timestamps';
import { utf8 } from '../json/utf8';

/**
 * Joins the facts of stretches that follow each other in a file into those of the whole, as if it had been scanned in
 * one go: lines and entries are counted on, and each stretch's first entry is held against the entry before it, the
 * file's first against 64 zeros.
 */
export class ScanJoiner {
  private lines = 0;
  private entries = 0;
  private malformedLines = 0;
  private first: EntryFacts | undefined;
  private last: EntryFacts | undefined;
  private readonly faults = new FaultList();
  private readonly notes = new Notes();
  private readonly sought: number[] = [];

  /** Goes on behind what was found of a file's first part. To be called before anything is added. */
  resume(facts: ScanFacts): void {
    this.lines = facts.lines;
    this.entries = facts.entries;
    this.malformedLines = facts.malformedLines;
    this.first = facts.first;
    this.last = facts.last;
    for (const fault of facts.faults) this.faults.add(fault);
    this.faults.addDropped(facts.dropped);
    this.faults.unreadable ??= facts.unreadable;
    this.notes.addAll(facts.notes, facts.noteTotals, 0);
    this.sought.push(...facts.sought);
  }

  /** Takes the stretch that follows in the file on those taken before. */
  add(part: ScanFacts): void {
    const moved = (entry: EntryFacts): EntryFacts => ({
      ...entry,
      line: entry.line + this.lines,
      index: entry.index + this.entries,
    });
    let first = part.first === undefined ? undefined : moved(part.first);
    if (first !== undefined && this.last !== undefined) {
      first = { ...first, consecutive: sequenceDistance(this.last.sequence, first.sequence) === 1n };
    }
    const counted = (fault: MalformedLine): MalformedLine => ({
      ...fault,
      line: fault.line + this.lines,
      index: fault.index + this.entries,
    });
    const isFirst = (entry: EntryFacts): boolean => entry.index === first?.index;
    const corrected = (entry: EntryFacts): EntryFacts => (isFirst(entry) ? first! : entry);

    const broken = first !== undefined && !linked(this.last, first);
    // Looked up before the stretch adds its own.
    const lastContent = this.faults.list.findLast((fault) => fault.type === 'content');
    let borderReported = !broken;
    const reportBorder = (): void => {
      if (borderReported) return;
      borderReported = true;
      this.faults.add({ type: 'link', before: this.last, entry: first! });
    };
    for (const fault of part.faults) {
      if (fault.type === 'malformed') {
        // Malformed lines before the stretch's first entry come before its link.
        if (fault.index > 0) reportBorder();
        this.faults.add(counted(fault));
        continue;
      }
      reportBorder();
      const entry = corrected(moved(fault.entry));
      if (fault.type === 'content') this.faults.add({ ...fault, entry });
      else this.faults.add({ type: 'link', before: fault.before && corrected(moved(fault.before)), entry });
    }
    reportBorder();
    this.faults.addDropped(part.dropped);
    if (part.unreadable !== undefined) this.faults.unreadable ??= counted(part.unreadable);

    if (first !== undefined && !broken && this.last !== undefined && first.previousHash !== this.last.entryHash) {
      if (lastContent?.entry.index === this.last.index) lastContent.onlyHashAltered = true;
    }
    if (first !== undefined && this.last !== undefined && !broken && first.holds && this.last.holds) {
      if (!first.consecutive) this.notes.sequenceGap(this.last, first);
      if (!inOrder(this.last.timestamp, first.timestamp)) this.notes.timeBackwards(this.last, first);
    }
    this.notes.addAll(part.notes, part.noteTotals, this.lines);
    for (const index of part.sought) this.sought.push(index + this.entries);

    this.first ??= first;
    if (part.last !== undefined) this.last = corrected(moved(part.last));
    this.lines += part.lines;
    this.entries += part.entries;
    this.malformedLines += part.malformedLines;
  }

  facts(): ScanFacts {
    return {
      lines: this.lines,
      entries: this.entries,
      malformedLines: this.malformedLines,
      first: this.first,
      last: this.last,
      faults: this.faults.list,
      dropped: this.faults.dropped,
      unreadable: this.faults.unreadable,
      notes: this.notes.list,
      noteTotals: this.notes.totals,
      sought: this.sought,
    };
  }
}

/** Whether an entry commits to the one before it, or, where there is none, to 64 zeros. */
function linked(before: EntryFacts | undefined, entry: EntryFacts): boolean {
  if (before === undefined) return entry.previousHash === `"${GENESIS_HASH}"`;
  if (entry.previousHash === before.entryHash) return true;
  return !before.holds && before.computedHash !== undefined && entry.previousHash === `"${before.computedHash}"`;
}

function inOrder(before: string, after: string): boolean {
  const [a, b] = [utf8(before), utf8(after)];
  return followsInTime(a, 0, a.length, b, 0, b.length);
}
