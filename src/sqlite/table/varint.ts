import { IrregularError } from './pages';

/** A number of SQLite's of one to nine bytes (sqlite.org/fileformat2.html#varint), read where `at` says, which is then behind it. */
export class Varint {
  at = 0;

  /** One that can be no more than 32 bits: a length, or a type. @throws IrregularError where it is more. */
  small(bytes: Uint8Array): number {
    let value = bytes[this.at++];
    if (value < 0x80) return value;
    value &= 0x7f;
    for (let i = 1; i < 5; i++) {
      const byte = bytes[this.at++];
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) {
        if (value > 0x7fffffff) break;
        return value;
      }
    }
    throw new IrregularError('a length that no row has');
  }

  /** One of 64 bits, as its halves. */
  high = 0;
  low = 0;
  long(bytes: Uint8Array): void {
    let high = 0;
    let low = 0;
    for (let i = 0; i < 9; i++) {
      const byte = bytes[this.at++];
      const bits = i === 8 ? 8 : 7;
      const part = i === 8 ? byte : byte & 0x7f;
      high = ((high << bits) | (low >>> (32 - bits))) >>> 0;
      low = ((low << bits) | part) >>> 0;
      if (byte < 0x80) break;
    }
    this.high = high | 0;
    this.low = low;
  }

  /** The last of 64 bits; rounded beyond 2^53. */
  get number(): number {
    return this.high * 2 ** 32 + this.low;
  }

  get exact(): bigint {
    return (BigInt(this.high) << 32n) | BigInt(this.low);
  }
}
