import type { EntryFacts, ScanFacts } from '../facts';
import { followsInTime } from '../timestamps';
import { utf8 } from '../../json/utf8';
import type { Pin } from './pin';

/**
 * What became of a pinned chain. `holds`: the pinned head is there. `cut`: entries are gone from the end. `emptied`: all
 * of them. `rolled_back`: an older state of the chain stands there. `continued`: cut, and other entries written in the
 * place of those that are gone. `rewritten`: another entry stands where the pinned one stood. `shifted`: the pinned entry
 * is there, but at another place. `begun_anew`: a chain recorded after the pin stands there; `replaced`: another chain, or
 * none at all. `gone`: there is no file.
 */
export type PinState =
  | 'holds'
  | 'cut'
  | 'emptied'
  | 'rolled_back'
  | 'continued'
  | 'rewritten'
  | 'shifted'
  | 'begun_anew'
  | 'replaced'
  | 'gone';

/** How a chain stands to what was pinned of it. */
export interface PinVerdict {
  readonly pin: Pin;
  readonly state: PinState;
  /** Entries that the chain has now. */
  readonly entries: number;
  /** The newest of the pins before `pin` that still holds, where one was taken. */
  readonly lastHolding: Pin | null;
  /** Something else is broken in the chain, so that a head that holds says nothing of all entries before it. */
  readonly isBroken: boolean;
  /** The line that shows it, 1-based; null where there is none. */
  readonly line: number | null;
  /** When the file was last modified, where that is what tells that it is an older copy; ISO 8601. */
  readonly modified: string | null;
  /** Place among the entries, from 1, at which the pinned head stands instead; null unless `shifted`. */
  readonly foundAt: number | null;
}

/** Milliseconds by which a file's time may be behind the clock: systems round it down, FAT to two seconds. */
const COARSEST_FILE_TIME = 2000;

/** Places among the entries that `judgePin` needs to know the facts of, where the pinned head is not in its place. */
export function placesToJudge(pins: readonly Pin[], facts: ScanFacts): Set<number> {
  const places = [...pins.map(({ count }) => count - 1), ...facts.sought];
  return new Set(places.filter((place) => place < facts.entries));
}

/**
 * Holds a chain against what was pinned of it.
 *
 * The first entry tells which chain it is and the pinned entry whether it is as it was; both by their recomputed hashes.
 * Whether an entry was recorded before or after the pin is told by its timestamp, which whoever wrote the entry chose.
 *
 * @param pins those of the chain's path, oldest first; the last is the one that must hold.
 * @param facts of a scan that looked for the last pin's hash.
 * @param at the facts of the entries at `placesToJudge`.
 * @param modified when the file was last modified, milliseconds since 1970, where that is known.
 */
export function judgePin(
  pins: readonly Pin[],
  facts: ScanFacts,
  at: ReadonlyMap<number, EntryFacts>,
  modified: number | undefined,
): PinVerdict {
  const pin = pins.at(-1)!;
  const holding = pins.slice(0, -1).filter(({ count, lastHash }) => hashOf(at.get(count - 1)) === lastHash);
  const verdict = (state: PinState, line: number | null, more: Partial<PinVerdict> = {}): PinVerdict => ({
    pin,
    state,
    entries: facts.entries,
    lastHolding: holding.at(-1) ?? null,
    isBroken: facts.faults.length > 0,
    line,
    modified: null,
    foundAt: null,
    ...more,
  });
  const lastLine = facts.last?.line ?? null;
  if (facts.sought.includes(pin.count - 1)) return verdict('holds', null);
  if (facts.entries === 0) return verdict(facts.malformedLines > 0 ? 'replaced' : 'emptied', 1);
  const elsewhere = facts.sought.at(-1);
  if (elsewhere !== undefined) return verdict('shifted', at.get(elsewhere)?.line ?? null, { foundAt: elsewhere + 1 });
  if (!isFirstOf(pin, facts.first)) {
    const isLater = facts.first !== undefined && wasRecordedAfter(facts.first, pin);
    return verdict(isLater ? 'begun_anew' : 'replaced', facts.first?.line ?? 1);
  }
  if (facts.entries < pin.count) {
    if (holding.some(({ count }) => count === facts.entries)) return verdict('rolled_back', lastLine);
    // What was recorded after the pin is not what the cut left.
    if (facts.last !== undefined && wasRecordedAfter(facts.last, pin)) return verdict('continued', lastLine);
    // Nor is what was changed before a head that was pinned earlier.
    const isRewritten = pins.some(
      ({ count, lastHash }) => count <= facts.entries && hashOf(at.get(count - 1)) !== lastHash,
    );
    if (isRewritten) return verdict('rewritten', lastLine);
    const isOlder = modified !== undefined && modified + COARSEST_FILE_TIME < Date.parse(pin.time);
    return isOlder
      ? verdict('rolled_back', lastLine, { modified: new Date(modified).toISOString() })
      : verdict('cut', lastLine);
  }
  const inPlace = at.get(pin.count - 1);
  const isLater = inPlace !== undefined && wasRecordedAfter(inPlace, pin);
  return verdict(isLater ? 'continued' : 'rewritten', inPlace?.line ?? lastLine);
}

/** The verdict on a pinned chain of which there is no file any more. */
export function judgeGone(pins: readonly Pin[]): PinVerdict {
  const pin = pins.at(-1)!;
  return {
    pin,
    state: 'gone',
    entries: 0,
    lastHolding: null,
    isBroken: false,
    line: null,
    modified: null,
    foundAt: null,
  };
}

/** Whether an entry is the pinned chain's first, though its content may have been changed since. */
function isFirstOf({ genesis }: Pin, first: EntryFacts | undefined): boolean {
  return hashOf(first) === genesis || first?.entryHash === `"${genesis}"`;
}

/** The hash that an entry's content has; undefined where there is none. */
export function hashOf(entry: EntryFacts | undefined): string | undefined {
  if (entry === undefined) return undefined;
  return entry.holds ? entry.entryHash.slice(1, -1) : entry.computedHash;
}

function wasRecordedAfter(entry: EntryFacts, { time }: Pin): boolean {
  const [pinned, recorded] = [utf8(`"${time}"`), utf8(entry.timestamp)];
  // What cannot be read is never called earlier: only a timestamp that is later, and not earlier as well, tells.
  return isAfter(recorded, pinned) && !isAfter(pinned, recorded);
}

function isAfter(later: Uint8Array, earlier: Uint8Array): boolean {
  return followsInTime(earlier, 0, earlier.length, later, 0, later.length);
}
