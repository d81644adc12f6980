import { MAX_NOTES, type EntryFacts, type Note, type NoteCode } from './facts';
import type { Member } from './entry';
import { visible } from '../text/visible';

/** Collects notes, each code up to a limit, and counts them all. */
export class Notes {
  readonly list: Note[] = [];
  readonly totals: Partial<Record<NoteCode, number>> = {};

  add(code: NoteCode, line: number, message: string): void {
    const total = (this.totals[code] ?? 0) + 1;
    this.totals[code] = total;
    if (total <= MAX_NOTES) this.list.push({ code, line, message });
  }

  /** Adds those of a stretch that starts `lines` lines into the file. */
  addAll(notes: readonly Note[], totals: Readonly<Partial<Record<NoteCode, number>>>, lines: number): void {
    const given = new Map<NoteCode, number>();
    for (const note of notes) {
      given.set(note.code, (given.get(note.code) ?? 0) + 1);
      this.add(note.code, note.line + lines, note.message);
    }
    for (const [code, total] of Object.entries(totals) as [NoteCode, number][]) {
      this.totals[code] = (this.totals[code] ?? 0) + total - (given.get(code) ?? 0);
    }
  }

  absent(line: number, members: readonly Member[]): void {
    for (const member of members) {
      if (member === 'metadata') this.add('default_filled', line, 'metadata is absent and was read as {}.');
      if (member === 'previous_hash')
        this.add('default_filled', line, 'previous_hash is absent and was read as 64 zeros.');
      if (member === 'entry_hash')
        this.add('default_filled', line, 'entry_hash is absent and was read as an empty text.');
    }
  }

  duplicateKey(line: number): void {
    this.add('duplicate_key', line, 'A member stands twice in one object of this line; the last one counts.');
  }

  /** For two neighbours that are linked and whose hashes hold. */
  sequenceGap(before: EntryFacts, after: EntryFacts): void {
    const from = visible(before.sequence, 40);
    const to = visible(after.sequence, 40);
    this.add('sequence_gap', after.line, `sequence_id goes from ${from} to ${to}, though the entries are linked.`);
  }

  timeBackwards(before: EntryFacts, after: EntryFacts): void {
    const later = visible(before.timestamp, 40);
    const earlier = visible(after.timestamp, 40);
    this.add('time_backwards', after.line, `Its timestamp ${earlier} is earlier than ${later} of the entry before it.`);
  }
}
