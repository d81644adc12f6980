import { ALGORITHMS, HASH_LENGTH, type Algorithm } from '../hash';

/** What was known of a chain when all of it had been verified: enough to tell later whether it only grew. */
export interface Pin {
  /** Of the chain: an absolute path, or a URI where it is no file of the machine. */
  readonly path: string;
  /** Hash of the first entry: it tells one chain from another. */
  readonly genesis: string;
  readonly algorithm: Algorithm;
  /** Entries. */
  readonly count: number;
  /** Hash of the last of them. */
  readonly lastHash: string;
  /** When it was pinned: ISO 8601 in UTC. */
  readonly time: string;
  /** Nobody pinned it: it was seen while the chain was followed. Such a head is never written down. */
  readonly isSeen?: boolean;
}

/** One line of a file of pins. Nothing is ever taken out of such a file: a pin that is given up gets a line that says so. */
export type PinRecord =
  | { readonly action: 'pin'; readonly pin: Pin }
  | { readonly action: 'unpin'; readonly path: string; readonly time: string };

/** A line of a file of pins that is none. */
export interface PinProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/** The line of a record, without the line end: JSON with its keys in order, so that equal pins are equal texts. */
export function pinLine(record: PinRecord): string {
  if (record.action === 'unpin') {
    const { action, path, time } = record;
    return JSON.stringify({ action, path, time });
  }
  const { algorithm, count, genesis, lastHash, path, time } = record.pin;
  return JSON.stringify({ action: 'pin', algorithm, count, genesis, last_hash: lastHash, path, time });
}

/** A pin as programs are given it. */
export function pinJson({ path, genesis, algorithm, count, lastHash, time }: Pin): Record<string, string | number> {
  return { path, genesis, algorithm, count, last_hash: lastHash, time };
}

/** The records of a text of pins, in its order, and the lines that are none: nothing is passed over in silence. */
export function parsePins(text: string): { records: PinRecord[]; problems: PinProblem[] } {
  const records: PinRecord[] = [];
  const problems: PinProblem[] = [];
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return;
    const record = parseLine(line);
    if (typeof record === 'string') problems.push({ line: i + 1, message: record });
    else records.push(record);
  });
  return { records, problems };
}

function parseLine(line: string): PinRecord | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'it is not JSON';
  }
  if (typeof value !== 'object' || value === null) return 'it is no JSON object';
  const { action, path, time, genesis, algorithm, count, last_hash } = value as Record<string, unknown>;
  if (action !== 'pin' && action !== 'unpin') return 'its action is neither "pin" nor "unpin"';
  if (typeof path !== 'string' || path === '') return 'its path is missing';
  if (typeof time !== 'string' || !TIME.test(time) || Number.isNaN(Date.parse(time)))
    return 'its time is no ISO 8601 time in UTC';
  if (action === 'unpin') return { action, path, time };
  if (!isHash(genesis)) return 'its genesis is no hash of 64 hexadecimal digits';
  if (!isHash(last_hash)) return 'its last_hash is no hash of 64 hexadecimal digits';
  if (!ALGORITHMS.some((known) => known === algorithm)) return 'its algorithm is neither "sha256" nor "sha3_256"';
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 1)
    return 'its count is no number of entries';
  return { action, pin: { path, genesis, algorithm: algorithm as Algorithm, count, lastHash: last_hash, time } };
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const HASH = new RegExp(`^[0-9a-f]{${HASH_LENGTH}}$`);

function isHash(value: unknown): value is string {
  return typeof value === 'string' && HASH.test(value);
}

/**
 * The pins in force by path, each path's oldest first: those after the last time that the path was unpinned. Of one chain
 * the pin with the most entries is the newest, for an older one may have been imported later.
 */
export function pinsInForce(records: readonly PinRecord[]): Map<string, readonly Pin[]> {
  const byPath = new Map<string, readonly Pin[]>();
  for (const record of records) {
    if (record.action === 'unpin') byPath.delete(record.path);
    else byPath.set(record.pin.path, withPin(byPath.get(record.pin.path) ?? [], record.pin));
  }
  return byPath;
}

function withPin(pins: readonly Pin[], pin: Pin): readonly Pin[] {
  let at = pins.length;
  while (at > 0 && pins[at - 1].genesis === pin.genesis && pins[at - 1].count > pin.count) at--;
  return [...pins.slice(0, at), pin, ...pins.slice(at)];
}
