import { cellText, DamagedError, type Cursor } from '../sqlite/cursor';
import { AuditDatabase } from '../sqlite/auditDatabase';
import { isSameDatabase, stampDatabase } from '../sqlite/image/databaseImage';
import { decode } from '../sqlite/memoryDatabase';
import { FIRST_COLUMNS, LATER_COLUMNS } from '../core/log/cell';
import { gapsOf, missingText, type Gap } from '../core/log/deletedRows';
import { EntryIndex, type Indexed } from '../core/log/entryIndex';
import type { Row } from '../core/log/exportRows';
import type { EntryContent } from '../core/log/filter/filter';
import type { ContentReader, LogSource, ReadingOptions } from './logSource';
import { lostRowText, type SeenLog } from './seenLog';

/** Which column of the table an indexed one is. */
const COLUMNS: readonly [Indexed, string][] = [
  ['session', 'session_id'],
  ['type', 'action_type'],
  ['target', 'action_target'],
  ['risk', 'risk_level'],
  ['approval', 'approval'],
  ['rule', 'matched_rule'],
  ['human', 'human_decision'],
  ['status', 'result_status'],
  ['agent', 'agent_id'],
  ['parent', 'parent_agent_id'],
  ['chain', 'chain_id'],
];

const CONTENT: readonly [keyof EntryContent, string][] = [
  ['params', 'action_params'],
  ['description', 'action_desc'],
  ['data', 'result_data'],
  ['error', 'result_error'],
];

/** Rows between two looks at the clock, and milliseconds between two pauses: whoever asks meanwhile waits no longer. */
const CHUNK = 512;
const PAUSE_MS = 10;

/** A larger database is not checked for damage that reading its rows does not meet: that takes as long as reading it again. */
const MOST_CHECKED = 64 << 20;

/** An audit database as of its last commit. */
export class DatabaseSource implements LogSource {
  readonly kind = 'database';
  /** What an earlier reading found, and is not there any more. */
  private lost: Extract<SeenLog, { kind: 'rows' }> | undefined;

  private constructor(
    private readonly file: string,
    private readonly database: AuditDatabase,
    readonly index: EntryIndex,
    readonly gaps: readonly Gap[],
    private readonly damages: readonly string[],
  ) {}

  /**
   * @param onNewest gets an index of the newest entries before all are read, where there are many.
   * @throws AuditDatabaseError with a sentence where there is nothing to read.
   */
  static async read(
    file: string,
    options: ReadingOptions,
    onNewest: (index: EntryIndex) => void = () => undefined,
  ): Promise<DatabaseSource> {
    return await using(await AuditDatabase.open(file, options), async (database) => {
      if (database.stamp.size > MANY) onNewest(newest(database));
      return await DatabaseSource.of(file, options, database, new EntryIndex(decode), undefined);
    });
  }

  /** Reads the same log again, and of a large one only what is not as it was. This source is closed, and is of no use any more. */
  async readAgain(options: ReadingOptions): Promise<DatabaseSource> {
    const { file, index } = this;
    if (this.database.stamp.size <= MANY || this.damages.length > 0) {
      this.close();
      return await DatabaseSource.read(file, options);
    }
    const { database, sameUpTo } = await AuditDatabase.reopen(file, options, this.database);
    return await using(database, async () => {
      const last = sameUpTo === undefined ? undefined : index.positionOf(String(sameUpTo));
      if (last === undefined)
        return await DatabaseSource.of(file, options, database, new EntryIndex(decode), undefined);
      index.truncate(last + 1);
      return await DatabaseSource.of(file, options, database, index, index.key(last));
    });
  }

  /** @param after reads the rows into the index that are behind this id. */
  private static async of(
    file: string,
    { pause }: ReadingOptions,
    database: AuditDatabase,
    index: EntryIndex,
    after: string | undefined,
  ): Promise<DatabaseSource> {
    const damage = await readRows(database, index, after, pause);
    const warnings = damage === undefined ? [] : [damagedText(index, damage)];
    if (damage === undefined && database.stamp.size <= MOST_CHECKED) {
      const found = database.damages(20);
      if (found.length > 0) warnings.push(checkText(found));
    }
    // What cannot be read behind the damage is not deleted.
    const gaps = gapsOf(index, damage === undefined ? database.lastGivenId() : undefined);
    if (warnings.length === 0) return new DatabaseSource(file, database, index, gaps, warnings);
    // Nor is it known of what is missing elsewhere: the damage may hide it.
    const missing = missingText(gaps);
    if (missing !== undefined) warnings.push(missing);
    return new DatabaseSource(file, database, index, [], warnings);
  }

  get lacking(): readonly string[] {
    return [...FIRST_COLUMNS, ...LATER_COLUMNS].filter((name) => !this.database.columns.includes(name));
  }

  get warnings(): readonly string[] {
    const { lost } = this;
    if (lost === undefined) return this.damages;
    return [lostRowText(lost.last, this.index.positionOf(lost.last) !== undefined), ...this.damages];
  }

  get seen(): SeenLog | undefined {
    const { index } = this;
    if (this.lost !== undefined || index.size === 0) return this.lost;
    return { kind: 'rows', last: index.key(index.size - 1), time: index.times[index.size - 1] };
  }

  /** Notes where a row that was the last in an earlier reading is not that row any more, and its missing id tells nothing. */
  holdAgainst(seen: SeenLog | undefined): void {
    // Where the database is damaged, nobody knows what is there.
    if (seen?.kind !== 'rows' || this.damages.length > 0) return;
    const position = this.index.positionOf(seen.last);
    const id = BigInt(seen.last);
    const isTold = this.gaps.some(({ from, to }) => from <= id && id <= to);
    const isSame = position !== undefined && Object.is(this.index.times[position], seen.time);
    this.lost = isTold || isSame ? undefined : seen;
  }

  forgetLoss(): boolean {
    const isLost = this.lost !== undefined;
    this.lost = undefined;
    return isLost;
  }

  hasChanged(): boolean {
    try {
      return !isSameDatabase(stampDatabase(this.file), this.database.stamp);
    } catch {
      return true;
    }
  }

  contents(): ContentReader {
    const { database, index } = this;
    const names = CONTENT.filter(([, column]) => database.columns.includes(column));
    let cursor: Cursor | undefined;
    return {
      at: (position) => {
        cursor ??= database.select(['id', ...names.map(([, column]) => column)], before(index, position));
        do {
          if (!cursor.next()) return NO_CONTENT;
        } while (isBefore(cursor, index, position));
        const content: Record<keyof EntryContent, string | null> = { ...NO_CONTENT };
        names.forEach(([part], i) => {
          const cell = cursor!.cell(i + 1);
          content[part] = cell.kind === 'null' ? null : cellText(cell);
        });
        return content;
      },
      close: () => cursor?.close(),
    };
  }

  row(position: number): Row {
    const cursor = this.database.row(this.index.key(position));
    try {
      if (!cursor.next()) throw new DamagedError('the row cannot be found again');
      return { columns: cursor.columns, cells: cursor.columns.map((_, i) => cursor.cell(i)) };
    } finally {
      cursor.close();
    }
  }

  close(): void {
    this.database.close();
  }
}

/** Closes a database where what is done with it fails. */
async function using<T>(database: AuditDatabase, run: (database: AuditDatabase) => Promise<T>): Promise<T> {
  try {
    return await run(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

const NO_CONTENT: EntryContent = { params: null, description: null, data: null, error: null };

/** The key behind which the entry at a position is found; undefined for the first. */
function before(index: EntryIndex, position: number): string | undefined {
  return position === 0 ? undefined : index.key(position - 1);
}

/** Whether the row of a cursor stands before the entry at a position. Beyond 2^53 several ids are one number. */
function isBefore(cursor: Cursor, index: EntryIndex, position: number): boolean {
  const id = cursor.integer(0);
  const wanted = index.keyNumber(position);
  if (id !== wanted || Number.isSafeInteger(id)) return id < wanted;
  return String(exactKey(cursor, 0)) !== index.key(position);
}

/** Bytes from which on the newest entries are shown before all are read, and how many those are. */
const MANY = 8 << 20;
const NEWEST = 4000;

function newest(database: AuditDatabase): EntryIndex {
  const index = new EntryIndex(decode);
  const names = ['id', 'timestamp', 'chain_depth', ...COLUMNS.map(([, column]) => column)];
  let cursor: Cursor | undefined;
  try {
    cursor = database.newest(names, NEWEST);
    const add = rowAdder(cursor, index);
    while (cursor.next()) add();
  } catch (error) {
    // It is met again, and told, when all rows are read.
    if (!(error instanceof DamagedError)) throw error;
  } finally {
    cursor?.close();
  }
  return index;
}

/** Reads rows into the index, all of them or those behind an id. Returns what is wrong where they cannot be read on. */
async function readRows(
  database: AuditDatabase,
  index: EntryIndex,
  after: string | undefined,
  pause: () => Promise<void>,
): Promise<DamagedError | undefined> {
  const cursor = database.select(['id', 'timestamp', 'chain_depth', ...COLUMNS.map(([, column]) => column)], after);
  try {
    const add = rowAdder(cursor, index);
    let paused = performance.now();
    while (cursor.next()) {
      add();
      if (index.size % CHUNK !== 0 || performance.now() - paused < PAUSE_MS) continue;
      await pause();
      paused = performance.now();
    }
    return undefined;
  } catch (error) {
    if (error instanceof DamagedError) return error;
    throw error;
  } finally {
    cursor.close();
  }
}

function rowAdder(cursor: Cursor, index: EntryIndex): () => void {
  const at = (name: string): number => cursor.columns.indexOf(name);
  const id = at('id');
  const timestamp = at('timestamp');
  const depth = at('chain_depth');
  const present = COLUMNS.filter(([, column]) => at(column) !== -1);
  // In arrays of their own: this runs a dozen times for each of a million rows.
  const columns = present.map(([name]) => index.columns[name]);
  const dictionaries = columns.map(({ dictionary }) => dictionary);
  const places = present.map(([, column]) => at(column));
  // A column that is not there holds nothing in all rows: number 0, which the index has without being told.
  for (const [name, column] of COLUMNS) if (at(column) === -1) index.columns[name].dictionary.idOfNothing();
  return () => {
    const key = cursor.integer(id);
    const position = index.add(Number.isSafeInteger(key) ? key : exactKey(cursor, id));
    const bytes = cursor.bytes(timestamp);
    if (bytes !== undefined) index.setTimestampBytes(position, bytes.source, bytes.start, bytes.end);
    if (depth !== -1) {
      const value = cursor.integer(depth);
      if (value >= 0 && value < 2 ** 31) index.depths[position] = value;
    }
    for (let i = 0; i < places.length; i++) columns[i].ids[position] = cursor.idIn(dictionaries[i], places[i]);
  };
}

function exactKey(cursor: Cursor, column: number): bigint | number {
  const cell = cursor.cell(column);
  // An id that is no number can only stand in a table that is no Aegis log: it is listed, and cannot be opened.
  return cell.kind === 'integer' ? BigInt(cell.text) : 0;
}

function damagedText(index: EntryIndex, damage: DamagedError): string {
  const read = `${index.size.toLocaleString('en-US')} ${index.size === 1 ? 'row' : 'rows'}`;
  const upTo = index.size === 0 ? '' : `, up to row ${index.key(index.size - 1)}`;
  const behind = `${read} could be read${upTo}, what is behind could not`;
  return damage.isOutOfMemory ? `Memory ran out: ${behind}.` : `Damaged: ${behind} (${damage.finding}).`;
}

/** The check names pages where it can: `Tree 2 page 8 cell 2: …`. */
function checkText(found: readonly string[]): string {
  const pages = [...new Set(found.flatMap((line) => /page (\d+)/i.exec(line)?.[1] ?? []))];
  const where =
    pages.length === 0 ? '' : ` at page ${pages.slice(0, 5).join(', ')}${pages.length > 5 ? ' and others' : ''}`;
  return `Damaged${where}: rows may be missing, and parts of others not readable.`;
}
