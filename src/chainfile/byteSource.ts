import * as fs from 'node:fs';

/** Bytes that can be read at any place: of an open file, or in memory. Can be sent to a worker. */
export type SourceHandle =
  | {
      readonly kind: 'file';
      readonly descriptor: number;
      readonly size: number;
      /** When it was last modified, milliseconds since 1970. */
      readonly modified: number;
    }
  | { readonly kind: 'memory'; readonly bytes: Uint8Array<SharedArrayBuffer>; readonly size: number };

/** Fills `target` from `offset` on with up to `length` bytes from `position`; returns how many, 0 at the end. */
export function readInto(
  source: SourceHandle,
  target: Uint8Array,
  offset: number,
  length: number,
  position: number,
): number {
  if (source.kind === 'file') return fs.readSync(source.descriptor, target, offset, length, position);
  const part = source.bytes.subarray(position, position + length);
  target.set(part, offset);
  return part.length;
}
