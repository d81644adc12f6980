import type { Malformation } from './malformation';

/** Something that reads the lines of a chain file, handed to it in stretches of whole lines, in file order. */
export interface LineConsumer {
  /**
   * Reads the lines of `src` that start from `start` on and before `limit`. `limit` is where a line ends or the next one
   * starts, and `src[limit]` must be a line end in any case.
   *
   * @param fileOffset the place of `src[0]` in the file.
   */
  push(src: Uint8Array, start: number, limit: number, fileOffset: number): void;

  /** Takes a line that was not read, or that is refused before it is read. */
  pushMalformed(offset: number, malformation: Malformation): void;
}
