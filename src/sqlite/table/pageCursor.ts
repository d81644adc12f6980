import { TextDecoder } from 'node:util';
import type { Cell } from '../../core/log/cell';
import type { Dictionary } from '../../core/log/dictionary';
import { cellText, type ByteRange, type Cursor } from '../cursor';
import { gather, leafOf, localLength, placeOf, type Leaf } from './leaf';
import { IrregularError, type Pages } from './pages';
import { Varint } from './varint';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes of the whole numbers and the real ones, by the type that a row states (sqlite.org/fileformat2.html#record_format). */
const LENGTHS = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];
const NULL = 0;
const REAL = 7;
const FIRST_BLOB = 12;

/** Which of a table's columns are read. */
export interface PageColumns {
  readonly names: readonly string[];
  /** By name, its place in the table; -1 for the id, which is no part of the row. */
  readonly places: readonly number[];
  /** By place in the table, whether it holds something in rows that are older than it. */
  readonly presets: readonly boolean[];
}

/**
 * Rows of a table straight from its pages. Asking SQLite in WebAssembly for each value of a million rows takes several times as long
 * as finding it here.
 */
export class PageCursor implements Cursor {
  readonly columns: readonly string[];
  private readonly varint = new Varint();
  /** By column of the table up to the last that is wanted: the type that the row states, and where the value begins. */
  private readonly types: Uint32Array;
  private readonly starts: Uint32Array;
  /** What `starts` counts in: the pages, or the row where it was put together. */
  private source: Uint8Array;
  private gathered = new Uint8Array(0);
  private leaf: Leaf | undefined;
  private nextCell = 0;
  /** The id of the row: rounded, and as the halves of its 64 bits. */
  private id = 0;
  private high = 0;
  private low = 0;

  /**
   * @param leaves pages that hold the rows.
   * @param at the place among them to begin at.
   */
  constructor(
    private readonly pages: Pages,
    private readonly leaves: Uint32Array,
    private readonly wanted: PageColumns,
    private at: number,
  ) {
    this.columns = wanted.names;
    const last = Math.max(...wanted.places);
    this.types = new Uint32Array(last + 1);
    this.starts = new Uint32Array(last + 1);
    this.source = pages.bytes;
  }

  /** @throws IrregularError where SQLite is to be asked: the row before is the last that was read here. */
  next(): boolean {
    const place = this.place();
    if (place === undefined) return false;
    this.nextCell++;
    this.read(place, this.leaf!.start + this.pages.usable);
    return true;
  }

  /** Passes over the rows up to an id. */
  skipTo(id: bigint): void {
    for (let place = this.place(); place !== undefined; place = this.place()) {
      this.varint.at = place;
      this.varint.small(this.pages.bytes);
      this.varint.long(this.pages.bytes);
      if (this.varint.exact > id) return;
      this.nextCell++;
    }
  }

  /** Where the next row begins; undefined behind the last. */
  private place(): number | undefined {
    while (this.leaf === undefined || this.nextCell === this.leaf.cells) {
      if (this.at === this.leaves.length) return undefined;
      this.leaf = leafOf(this.pages, this.leaves[this.at++]);
      this.nextCell = 0;
    }
    return placeOf(this.pages, this.leaf, this.nextCell);
  }

  private read(place: number, end: number): void {
    const { varint, pages } = this;
    varint.at = place;
    const payload = varint.small(pages.bytes);
    varint.long(pages.bytes);
    const [high, low] = [varint.high, varint.low];
    let begin = varint.at;
    const local = localLength(payload, pages.usable);
    if (begin + local + (local < payload ? 4 : 0) > end) throw new IrregularError('a row that leaves its page');
    if (local === payload) this.source = pages.bytes;
    else {
      if (payload > pages.bytes.length) throw new IrregularError('a row larger than the database');
      if (this.gathered.length < payload) this.gathered = new Uint8Array(Math.min(payload * 2, pages.bytes.length));
      gather(pages, begin, payload, this.gathered);
      this.source = this.gathered;
      begin = 0;
    }
    this.locate(begin, begin + payload);
    this.high = high;
    this.low = low;
    this.id = high * 2 ** 32 + low;
  }

  /** Finds where the values of the row begin. */
  private locate(begin: number, end: number): void {
    const { varint, source, types, starts } = this;
    varint.at = begin;
    const headerEnd = begin + varint.small(source);
    let start = headerEnd;
    if (headerEnd > end) throw new IrregularError('a header longer than its row');
    for (let column = 0; column < types.length; column++) {
      if (varint.at >= headerEnd) {
        // A column that was added to the table after the row.
        if (this.wanted.presets[column]) throw new IrregularError('a value that stands in the schema');
        types[column] = NULL;
        continue;
      }
      const type = varint.small(source);
      types[column] = type;
      starts[column] = start;
      if (type >= FIRST_BLOB) start += (type - FIRST_BLOB) >> 1;
      else if (type < LENGTHS.length) start += LENGTHS[type];
      else throw new IrregularError('a type that no value has');
      if (start > end) throw new IrregularError('a value that leaves its row');
    }
    if (varint.at > headerEnd || (varint.at === headerEnd && start !== end)) {
      throw new IrregularError('a row that is not as long as its values');
    }
  }

  cell(column: number): Cell {
    const place = this.wanted.places[column];
    if (place === -1) return { kind: 'integer', text: String((BigInt(this.high) << 32n) | BigInt(this.low)) };
    const type = this.types[place];
    if (type >= FIRST_BLOB) {
      const bytes = this.source.subarray(this.starts[place], this.starts[place] + ((type - FIRST_BLOB) >> 1));
      return type % 2 === 0 ? { kind: 'blob', bytes: bytes.slice() } : textCell(bytes);
    }
    if (type === NULL) return { kind: 'null' };
    const view = new DataView(this.source.buffer, this.source.byteOffset, this.source.length);
    if (type !== REAL) return { kind: 'integer', text: String(wholeNumber(view, type, this.starts[place])) };
    const value = view.getFloat64(this.starts[place]);
    // SQLite knows no value that is no number.
    return Number.isNaN(value) ? { kind: 'null' } : { kind: 'real', value };
  }

  integer(column: number): number {
    const place = this.wanted.places[column];
    if (place === -1) return this.id;
    const type = this.types[place];
    if (type === 8 || type === 9) return type - 8;
    if (type === 1) return (this.source[this.starts[place]] << 24) >> 24;
    const cell = this.cell(column);
    return cell.kind === 'integer' ? Number(cell.text) : NaN;
  }

  idIn(dictionary: Dictionary, column: number): number {
    const place = this.wanted.places[column];
    const type = place === -1 ? NULL : this.types[place];
    if (type > FIRST_BLOB && type % 2 === 1) {
      const start = this.starts[place];
      return dictionary.idOfBytes(this.source, start, start + ((type - FIRST_BLOB) >> 1));
    }
    const cell = this.cell(column);
    return cell.kind === 'null' ? dictionary.idOfNothing() : dictionary.idOfText(cellText(cell));
  }

  bytes(column: number): ByteRange | undefined {
    const place = this.wanted.places[column];
    const type = place === -1 ? NULL : this.types[place];
    if (type <= FIRST_BLOB || type % 2 === 0) return undefined;
    const start = this.starts[place];
    return { source: this.source, start, end: start + ((type - FIRST_BLOB) >> 1) };
  }

  close(): void {
    this.at = this.leaves.length;
    this.leaf = undefined;
  }
}

function textCell(bytes: Uint8Array): Cell {
  try {
    return { kind: 'text', text: strict.decode(bytes), valid: true };
  } catch {
    return { kind: 'text', text: lenient.decode(bytes), valid: false };
  }
}

function wholeNumber(view: DataView, type: number, start: number): bigint {
  if (type >= 8) return BigInt(type - 8);
  const length = LENGTHS[type];
  let value = BigInt(view.getInt8(start));
  for (let i = 1; i < length; i++) value = (value << 8n) | BigInt(view.getUint8(start + i));
  return value;
}
