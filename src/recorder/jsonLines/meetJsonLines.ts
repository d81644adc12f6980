import type { AppendFile } from '../files/appendFile';
import { setAside, type SetAside } from '../files/setAside';

/** What had to be done so that the JSON lines stand where the head says. */
export interface JsonLinesMeeting {
  /** What stood behind the head: its actions have no committed rows, or get their lines once more. */
  readonly aside: SetAside | undefined;
  /** Bytes that were there at the last commit and are gone, which a loss of power can do. */
  readonly lostBytes: number;
}

/** Holds the JSON lines against the head, and cuts off what is beyond it, or torn, once it is kept elsewhere. */
export function meetJsonLines(file: AppendFile, expectedBytes: number | undefined): JsonLinesMeeting {
  const lostBytes = Math.max(0, (expectedBytes ?? 0) - file.size);
  if (expectedBytes !== undefined && lostBytes === 0)
    return { aside: file.size > expectedBytes ? setAside(file, expectedBytes) : undefined, lostBytes };
  const last = file.lastLine();
  const isTorn = last !== undefined && !last.isTerminated;
  return { aside: isTorn ? setAside(file, last.start) : undefined, lostBytes };
}

/** The ids of the rows that have a line. */
export function idsOf(file: AppendFile): Set<number> {
  const ids = new Set<number>();
  for (const { bytes } of file.lines(0)) {
    const found = /^\{"id": (\d+)/.exec(Buffer.from(bytes.subarray(0, 40)).toString('latin1'));
    if (found !== null) ids.add(Number(found[1]));
  }
  return ids;
}
