import { DATABASE_HEADER, markAsWithoutWal, pageSizeOf } from './header';
import type { ImageTarget } from './targets';

/** More was changed than is worth remembering beside the image: it is to be read anew. */
export class TooManyChanges extends Error {
  override readonly name = 'TooManyChanges';
}

/** What is different from an image that was read before, page by page. That image stays as it is. */
export class ChangesTarget implements ImageTarget {
  private readonly pageSize: number;
  /** Pages that are not as they were, by number. */
  private readonly changed = new Map<number, Uint8Array>();
  private scratch = new Uint8Array(0);
  private length = 0;
  /** Where the earlier image counts no more: what was cut off does not come back when the new one grows. */
  private baseEnd: number;

  /**
   * @param base a whole image.
   * @param most bytes of changed pages that are remembered.
   */
  constructor(
    private readonly base: Uint8Array,
    private readonly most: number,
  ) {
    this.pageSize = pageSizeOf(base.subarray(0, DATABASE_HEADER)) ?? base.length;
    this.baseEnd = base.length;
  }

  room(_position: number, length: number): Uint8Array {
    if (this.scratch.length < length) this.scratch = new Uint8Array(length);
    return this.scratch.subarray(0, length);
  }

  written(position: number, bytes: Uint8Array): void {
    this.eachPage(position, bytes, (number, offset, part) => {
      if (this.isAt(number, offset, part)) return;
      this.own(number).set(part, offset);
    });
    this.length = Math.max(this.length, position + bytes.length);
  }

  resize(length: number): void {
    if (length < this.length || length < this.baseEnd) this.cut(length);
    this.length = length;
  }

  size(): number {
    return this.length;
  }

  start(length: number): Uint8Array {
    const start = new Uint8Array(Math.min(length, this.length));
    this.eachPage(0, start, (number, offset, part) => part.set(this.part(number, offset, part.length)));
    return start;
  }

  holds(position: number, bytes: Uint8Array): boolean {
    let isSame = true;
    this.eachPage(position, bytes, (number, offset, part) => (isSame &&= this.isAt(number, offset, part)));
    return isSame;
  }

  finish(): void {
    const header = this.start(DATABASE_HEADER);
    markAsWithoutWal(header);
    this.written(0, header);
  }

  /** The pages that differ from the earlier image, with those that it lacks, once all is there. */
  changes(): ReadonlyMap<number, Uint8Array> {
    for (let number = Math.floor(this.baseEnd / this.pageSize) + 1; this.positionOf(number) < this.length; number++) {
      this.own(number);
    }
    for (const [number, page] of this.changed) {
      const position = this.positionOf(number);
      const before = this.base.subarray(position, position + this.pageSize);
      if (position >= this.length || Buffer.compare(before, page) === 0) this.changed.delete(number);
    }
    return this.changed;
  }

  /** The bytes of a page as they are now; shorter, where they are those of the earlier image and that ends. */
  private part(number: number, offset: number, length: number): Uint8Array {
    const changed = this.changed.get(number);
    if (changed !== undefined) return changed.subarray(offset, offset + length);
    const position = this.positionOf(number) + offset;
    return this.base.subarray(Math.min(position, this.baseEnd), Math.min(position + length, this.baseEnd));
  }

  private isAt(number: number, offset: number, part: Uint8Array): boolean {
    return Buffer.compare(this.part(number, offset, part.length), part) === 0;
  }

  /** A page that may be written to. @throws TooManyChanges */
  private own(number: number): Uint8Array {
    const known = this.changed.get(number);
    if (known !== undefined) return known;
    if ((this.changed.size + 1) * this.pageSize > this.most) throw new TooManyChanges();
    const page = new Uint8Array(this.pageSize);
    page.set(this.part(number, 0, this.pageSize));
    this.changed.set(number, page);
    return page;
  }

  private cut(length: number): void {
    const last = Math.floor(length / this.pageSize) + 1;
    for (const number of this.changed.keys()) if (number > last) this.changed.delete(number);
    this.changed.get(last)?.fill(0, length - this.positionOf(last));
    this.baseEnd = Math.min(this.baseEnd, length);
  }

  private positionOf(number: number): number {
    return (number - 1) * this.pageSize;
  }

  private eachPage(
    position: number,
    bytes: Uint8Array,
    visit: (number: number, offset: number, part: Uint8Array) => void,
  ): void {
    for (let done = 0; done < bytes.length;) {
      const number = Math.floor((position + done) / this.pageSize) + 1;
      const offset = position + done - this.positionOf(number);
      const length = Math.min(this.pageSize - offset, bytes.length - done);
      visit(number, offset, bytes.subarray(done, done + length));
      done += length;
    }
  }
}
