import * as fs from 'node:fs';
import { ModelJournal, PAGE, writeAt, type RollbackMode, type Step } from './modelJournal';

export type { Step } from './modelJournal';

/**
 * A writer that goes one step of SQLite's protocol at a time: what it writes, and in which order, is what pager.c and wal.c write. Pages
 * hold nothing but a number each, so that it can be told which states an image mixes.
 */

const VALUE_AT = 200;

/** What a page holds, by its number less one. */
export type State = readonly number[];

export interface Transaction {
  /** What the pages hold behind it. */
  readonly to: State;
  /** Pages that are written before the others are put into the journal. */
  readonly spilled?: number;
  /** Undone by its writer, when all is written. */
  readonly rollback?: boolean;
}

export class ModelWriter {
  /** The states that were committed, in order. The last one is what a reader is to find now. */
  readonly committed: State[] = [];
  private counter = 1;
  private salt = 0x1000;

  constructor(
    private readonly file: string,
    start: State,
    private readonly isWal: boolean,
  ) {
    fs.writeFileSync(file, Buffer.concat(start.map((value, i) => this.page(i + 1, value, start.length, 1))));
    this.committed.push(start);
  }

  /** A transaction with a rollback journal: the first of two segments where pages are spilled before all is in the journal. */
  withJournal({ to, spilled = 0, rollback = false }: Transaction, mode: RollbackMode): Step[] {
    const from = this.planned;
    const before = this.counter;
    const journal = new ModelJournal(`${this.file}-journal`, from.length, mode);
    const changed = from.flatMap((value, i) => (value !== to[i] || i === 0 ? [i + 1] : []));
    const added = to.slice(from.length).map((_, i) => from.length + 1 + i);
    const original = (page: number): Buffer => this.page(page, from[page - 1], from.length, before);
    const write = (page: number): Step[] =>
      page > to.length
        ? []
        : [() => writeAt(this.file, this.page(page, to[page - 1], to.length, before + 1), (page - 1) * PAGE)];
    const early = changed.slice(1, 1 + spilled);
    const late = changed.filter((page) => !early.includes(page));

    const steps = journal.begin();
    if (early.length > 0) {
      steps.push(...journal.segment(early, original), ...journal.sealed());
      steps.push(...early.flatMap(write));
    }
    steps.push(...journal.segment(late, original));
    if (mode.superJournal === true && !rollback) steps.push(...journal.named(`${this.file}-super`));
    steps.push(...journal.sealed(), ...[...late, ...added].flatMap(write));
    steps.push(() => fs.truncateSync(this.file, to.length * PAGE));
    if (rollback) {
      steps.push(() => fs.truncateSync(this.file, from.length * PAGE));
      steps.push(...changed.map((page) => () => writeAt(this.file, original(page), (page - 1) * PAGE)));
      return [...steps, ...journal.end()];
    }
    this.planned = to;
    this.counter++;
    const [commit, ...rest] =
      mode.superJournal === true ? [() => fs.unlinkSync(`${this.file}-super`), ...journal.end()] : journal.end();
    const commits: Step = () => {
      commit();
      this.committed.push(to);
    };
    return [...steps, commits, ...rest];
  }

  /** Several transactions in the write-ahead log, a checkpoint of all of them, and what comes behind it. */
  withLog(transactions: readonly Transaction[], end: 'restart' | 'truncate' | 'delete'): Step[] {
    const log = `${this.file}-wal`;
    const steps: Step[] = [];
    const header = Buffer.alloc(32);
    header.writeUInt32BE(0x377f0683, 0);
    header.writeUInt32BE(3007000, 4);
    header.writeUInt32BE(PAGE, 8);
    header.writeUInt32BE(++this.salt, 16);
    header.writeUInt32BE(this.salt * 77, 20);
    let sum: Sum = checksum([0, 0], header.subarray(0, 24));
    header.writeUInt32BE(sum[0], 24);
    header.writeUInt32BE(sum[1], 28);
    steps.push(() => writeAt(log, header, 0));
    let at = header.length;
    const touched = new Set<number>();
    for (const { to, rollback = false } of transactions) {
      const from = this.planned;
      const pages = to.flatMap((value, i) => (value !== from[i] || i === 0 ? [i + 1] : []));
      const [beforeSum, beforeAt] = [sum, at];
      for (const page of pages) {
        const content = this.page(page, to[page - 1], to.length, this.counter);
        const isCommit = !rollback && page === pages.at(-1);
        const frame = Buffer.alloc(24);
        frame.writeUInt32BE(page, 0);
        frame.writeUInt32BE(isCommit ? to.length : 0, 4);
        header.copy(frame, 8, 16, 24);
        sum = checksum(checksum(sum, frame.subarray(0, 8)), content);
        frame.writeUInt32BE(sum[0], 16);
        frame.writeUInt32BE(sum[1], 20);
        const place = at;
        at += 24 + PAGE;
        if (!rollback) touched.add(page);
        steps.push(() => writeAt(log, frame, place));
        steps.push(() => {
          writeAt(log, content, place + 24);
          if (isCommit) this.committed.push(to);
        });
      }
      if (rollback) [sum, at] = [beforeSum, beforeAt];
      else this.planned = to;
    }
    const last = this.planned;
    for (const page of [...touched].sort((a, b) => a - b)) {
      if (page > last.length) continue;
      const content = this.page(page, last[page - 1], last.length, this.counter);
      steps.push(() => writeAt(this.file, content, (page - 1) * PAGE));
    }
    steps.push(() => fs.truncateSync(this.file, last.length * PAGE));
    if (end === 'truncate') steps.push(() => fs.truncateSync(log, 0));
    if (end === 'delete') steps.push(() => fs.unlinkSync(log));
    return steps;
  }

  /** What the transactions so far lead to, once all steps are gone. */
  private get planned(): State {
    return this.plan ?? this.committed[0];
  }

  private set planned(state: State) {
    this.plan = state;
  }

  private plan: State | undefined;

  private page(number: number, value: number, pages: number, counter: number): Buffer {
    const page = Buffer.alloc(PAGE);
    if (number === 1) {
      page.write('SQLite format 3\0', 'latin1');
      page.writeUInt16BE(PAGE, 16);
      page.fill(this.isWal ? 2 : 1, 18, 20);
      page.writeUInt32BE(counter, 24);
      page.writeUInt32BE(pages, 28);
      page.writeUInt32BE(counter, 92);
    }
    page.writeUInt32BE(value, VALUE_AT);
    return page;
  }
}

/** The state that an image holds. */
export function stateOf(image: Uint8Array): State {
  const bytes = Buffer.from(image.buffer, image.byteOffset, image.length);
  return Array.from({ length: image.length / PAGE }, (_, i) => bytes.readUInt32BE(i * PAGE + VALUE_AT));
}

type Sum = readonly [number, number];

/** Big-endian words, as the magic of the model's log says. */
function checksum([first, second]: Sum, bytes: Buffer): Sum {
  for (let i = 0; i < bytes.length; i += 8) {
    first = (first + bytes.readUInt32BE(i) + second) >>> 0;
    second = (second + bytes.readUInt32BE(i + 4) + first) >>> 0;
  }
  return [first, second];
}
