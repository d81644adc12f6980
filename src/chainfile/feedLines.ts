import { lastLineStart, lineStartFrom } from '../core/chain/lines';
import type { LineConsumer } from '../core/chain/lineConsumer';
import { readInto, type SourceHandle } from './byteSource';

/** Bytes read at a time: small enough to stay in a processor's cache while they are gone through. */
const CHUNK = 1 << 19;

/** Bytes behind what was read: a line end, and room for readers that take big steps. */
const SPARE = 256;

/** A line longer than this is not read. */
export const MAX_LINE_BYTES = 256 << 20;

/**
 * Hands a consumer the lines of a source that start in `[start, end)`. The last of them may end behind it. Several
 * ranges that follow each other without a gap hand on every line exactly once, wherever the borders fall.
 *
 * @param contentStart where the first line starts: 0, or behind a byte order mark.
 */
export function feedLines(
  source: SourceHandle,
  start: number,
  end: number,
  contentStart: number,
  consumer: LineConsumer,
): void {
  let buffer = new Uint8Array(CHUNK + SPARE);
  let filled = 0;
  const isLineStart = start === contentStart;
  /** The place in the file of `buffer[0]`, of the next byte to read, and of the next line's start in the buffer. */
  let base = isLineStart ? start : start - 1;
  let position = base;
  let line = isLineStart ? 0 : -1;
  for (;;) {
    const room = Math.min(buffer.length - SPARE - filled, source.size - position);
    const read = room > 0 ? readInto(source, buffer, filled, room, position) : 0;
    position += read;
    filled += read;
    const isEnd = position >= source.size || read === 0;
    buffer[filled] = 0x0a;

    if (line < 0) {
      const found = filled > 0 ? lineStartFrom(buffer, 1, filled, isEnd) : filled;
      if (found < 0) {
        // No line starts in the range: the one that reaches into it belongs to a range before.
        if (base + filled > end) return;
        // Inside a line that belongs to the range before, or is too long: all but the last byte can go.
        base += filled - 1;
        buffer[0] = buffer[filled - 1];
        filled = 1;
        continue;
      }
      line = found;
    }
    if (base + line >= end) return;
    const stop = stopOfRange(buffer, line, end - base, filled, isEnd);
    const limit = stop >= 0 ? stop : lastLineStart(buffer, line, filled);
    if (limit > line) consumer.push(buffer, line, limit, base);
    if (stop >= 0 || isEnd) return;

    buffer.copyWithin(0, limit, filled);
    base += limit;
    filled -= limit;
    line = 0;
    if (filled < buffer.length - SPARE) continue;
    if (filled >= MAX_LINE_BYTES) {
      consumer.pushMalformed(base, { kind: 'too-long', limit: MAX_LINE_BYTES });
      line = -1;
      base += filled - 1;
      buffer[0] = buffer[filled - 1];
      filled = 1;
    } else {
      const grown = new Uint8Array(Math.min(buffer.length * 2, MAX_LINE_BYTES + SPARE));
      grown.set(buffer.subarray(0, filled));
      buffer = grown;
    }
  }
}

/** Where in the buffer the first line starts that the range does not own; -1 where more bytes are needed to tell. */
function stopOfRange(buffer: Uint8Array, line: number, end: number, filled: number, isEnd: boolean): number {
  if (filled < end) return isEnd ? filled : -1;
  return lineStartFrom(buffer, Math.max(end, line + 1), filled, isEnd);
}
