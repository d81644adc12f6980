import { ascii, decodeCanonicalText } from '../json/canonicalText';
import { EntryReader, LineKind } from './entryReader';
import { HASH_LENGTH, type HashHex } from './hash';

/** How one line of a chain is linked. */
export interface Link {
  /** What it states; undefined where that is no regular hash. */
  readonly previousHash: string | undefined;
  readonly entryHash: string | undefined;
  /** Whether what it holds has the hash that it states. */
  readonly isIntact: boolean;
  /** Undefined where it is no integer that a number can hold. */
  readonly sequenceId: number | undefined;
}

/** Reads single lines of a chain for their links, as those who append to one need it. */
export class LinkReader {
  private readonly reader = new EntryReader();

  /**
   * @param line without its line end.
   * @returns undefined for a line that is no entry; `blank` for one with nothing on it.
   */
  read(line: Uint8Array, hash: HashHex): Link | 'blank' | undefined {
    const { reader } = this;
    const bytes = new Uint8Array(line.length + 1);
    bytes.set(line);
    bytes[line.length] = LF;
    const kind = reader.read(bytes, 0, line.length);
    if (kind === LineKind.Blank) return 'blank';
    if (kind === LineKind.Malformed) return undefined;
    const entryHash = regularHash(reader.entryHash, reader.entryHashLength);
    const sequence = Number(ascii(reader.canonical, reader.sequenceStart, reader.sequenceEnd));
    return {
      previousHash: regularHash(reader.previousHash, reader.previousHashLength),
      entryHash,
      isIntact: entryHash !== undefined && reader.computeHash(hash) === entryHash,
      sequenceId: Number.isSafeInteger(sequence) ? sequence : undefined,
    };
  }
}

const LF = 0x0a;

function regularHash(canonical: Uint8Array, length: number): string | undefined {
  if (length !== HASH_LENGTH + 2) return undefined;
  const text = decodeCanonicalText(canonical, 0, length);
  return /^[0-9a-f]{64}$/.test(text) ? text : undefined;
}
