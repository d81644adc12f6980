import { createHash } from 'node:crypto';
import * as fs from 'node:fs';

const BLOCK = 1 << 20;

/** Blocks that are compared at each end of what was read: up to 32 MB in all, about 0.1 s. */
const COMPARED = 16;

/** What the bytes of a file were when they were read, by hashes of its blocks. */
export class SeenBlocks {
  private readonly hashes: string[] = [];
  private end = 0;

  /** Bytes that were taken in. */
  get size(): number {
    return this.end;
  }

  /** Takes in what stands in the file up to `end`, from where it was left. */
  async readOn(descriptor: number, end: number, pause: () => Promise<void>): Promise<void> {
    // The last block may have been a part of one.
    for (let i = Math.floor(this.end / BLOCK); i * BLOCK < end; i++) {
      this.hashes[i] = hashOf(descriptor, i * BLOCK, Math.min((i + 1) * BLOCK, end));
      if (i % COMPARED === COMPARED - 1) await pause();
    }
    this.end = end;
  }

  /**
   * Whether the file still begins so. Of a file of more than 32 MB only the first and the last blocks are compared, so that a log can
   * be followed: an edit in the middle of one that also grew is not seen until it is opened anew.
   */
  async areIn(descriptor: number, pause: () => Promise<void>): Promise<boolean> {
    const { hashes } = this;
    for (let i = 0; i < hashes.length; i++) {
      if (i >= COMPARED && i < hashes.length - COMPARED) continue;
      if (!this.isIn(descriptor, i)) return false;
      if (i % 4 === 3) await pause();
    }
    return true;
  }

  /** The blocks that a part of the file is in. */
  blocksOf(start: number, length: number): number[] {
    const first = Math.floor(start / BLOCK);
    const last = Math.floor(Math.max(start, Math.min(start + length, this.end) - 1) / BLOCK);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  }

  /** Whether a block still is what it was. */
  isIn(descriptor: number, block: number): boolean {
    const end = Math.min((block + 1) * BLOCK, this.end);
    return hashOf(descriptor, block * BLOCK, end) === this.hashes[block];
  }
}

function hashOf(descriptor: number, start: number, end: number): string {
  const bytes = new Uint8Array(end - start);
  const read = fs.readSync(descriptor, bytes, 0, bytes.length, start);
  return createHash('sha256').update(bytes.subarray(0, read)).digest('hex');
}
