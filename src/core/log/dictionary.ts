import { ByteTable } from './byteTable';

/**
 * The different values of a column, each under a number. Most columns of a log have few: an entry then costs four bytes, and a
 * filter looks at each value once instead of at each entry. Texts that come as bytes are told apart by their bytes, so that a
 * million rows do not become a million strings.
 */
export class Dictionary {
  /** Value by number; null stands for nothing recorded. */
  readonly values: (string | null)[] = [];
  private readonly byText = new Map<string, number>();
  private readonly byBytes = new ByteTable();
  private nothing = -1;

  /** @param decode UTF-8 to text; what is none becomes U+FFFD. */
  constructor(private readonly decode: (bytes: Uint8Array) => string) {}

  idOfNothing(): number {
    if (this.nothing === -1) this.nothing = this.values.push(null) - 1;
    return this.nothing;
  }

  idOfText(text: string): number {
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const id = this.values.push(text) - 1;
    this.byText.set(text, id);
    return id;
  }

  /** The number of the text that stands in `source` from `start` to `end`. */
  idOfBytes(source: Uint8Array, start: number, end: number): number {
    return this.byBytes.number(source, start, end, () => this.idOfText(this.decode(source.slice(start, end))));
  }
}
