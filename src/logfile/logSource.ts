import type { Gap } from '../core/log/deletedRows';
import type { EntryIndex } from '../core/log/entryIndex';
import type { Row } from '../core/log/exportRows';
import type { EntryContent } from '../core/log/filter/filter';
import type { SeenLog } from './seenLog';

export type LogKind = 'database' | 'lines' | 'chain';

/** A log that has been read: what lists need is in its index, the rest is read where somebody asks for it. */
export interface LogSource {
  readonly kind: LogKind;
  readonly index: EntryIndex;
  /** Rows that were deleted; only a database tells. */
  readonly gaps: readonly Gap[];
  /** What has to be known of it: damage, lines that are no entries. One sentence each. */
  readonly warnings: readonly string[];
  /** By what a later reading notices that entries are gone; undefined where there is nothing to go by. */
  readonly seen: SeenLog | undefined;
  /** What is gone since an earlier reading is in the warnings no more. Returns whether there was anything. */
  forgetLoss(): boolean;
  /** Fields that logs of this kind can have, and this one lacks. */
  readonly lacking: readonly string[];
  /** Whether the file is not as it was when it was read. */
  hasChanged(): boolean;
  /** What filters look for beyond the index. The positions must rise from call to call. */
  contents(): ContentReader;
  /** All of an entry, as it was recorded. */
  row(position: number): Row;
  close(): void;
}

export interface ContentReader {
  at(position: number): EntryContent;
  close(): void;
}

/** A log that cannot be read, with a sentence. `code` tells the kinds of trouble apart. */
export class LogError extends Error {
  override readonly name = 'LogError';

  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/** What a reading tells of itself. */
export interface ReadingOptions {
  /** SQLite's code, `sql-wasm.wasm`. */
  readonly wasm: string;
  /** Bytes up to which a database is read into memory. */
  readonly memoryLimit: number;
  /** Called now and then: lets others have their turn. */
  readonly pause: () => Promise<void>;
}
