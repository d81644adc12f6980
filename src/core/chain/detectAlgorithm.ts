import { EntryReader, LineKind } from './entryReader';
import type { Algorithm, Hashes } from './hash';
import type { LineConsumer } from './lineConsumer';
import { startOfNextLine } from './lines';

/** Finds the algorithm of a chain: that of the first entry whose stated hash exactly one of them gives. */
export class AlgorithmDetector implements LineConsumer {
  /** Undefined as long as no entry has told. */
  found: Algorithm | undefined;
  private readonly reader = new EntryReader();

  constructor(private readonly hashes: Hashes) {}

  push(src: Uint8Array, start: number, limit: number): void {
    let at = start;
    while (at < limit && this.found === undefined) {
      if (this.reader.read(src, at, limit) === LineKind.Entry) this.found = this.fitting();
      at = startOfNextLine(src, this.reader.lineEnd);
    }
  }

  pushMalformed(): void {
    // A line that is no entry tells nothing.
  }

  private fitting(): Algorithm | undefined {
    const fits = (algorithm: Algorithm): boolean => {
      const computed = this.reader.computeHash(this.hashes[algorithm]);
      return computed !== undefined && this.reader.statesHash(computed);
    };
    // No text can have one digest under both, so the first that fits is the only one.
    return fits('sha256') ? 'sha256' : fits('sha3_256') ? 'sha3_256' : undefined;
  }
}
