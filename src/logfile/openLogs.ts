import type { EntryIndex } from '../core/log/entryIndex';
import { fileStampOf } from './fileStampOf';
import type { LogSource, ReadingOptions } from './logSource';
import { openSource } from './openSource';
import type { SeenLog } from './seenLog';

/** A log that is open: what was read of it, and who is using that. */
interface OpenLog {
  readonly reading: Promise<LogSource>;
  /** The newest entries, as long as the others are being read. */
  newest: EntryIndex | undefined;
  users: number;
  /** Another reading took its place: it is closed when the last user lets go of it. */
  isRetired: boolean;
}

/**
 * The logs that are open, each read once and read again where it changed. What was read stays usable for whoever is using it, and a
 * log that cannot be read is not read again until it is another one.
 */
export class OpenLogs {
  private readonly logs = new Map<string, OpenLog>();
  /** What was found of each log that could be read, also where it cannot be now. */
  private readonly seen = new Map<string, SeenLog>();
  private readonly failures = new Map<string, { readonly stamp: string; readonly error: Error }>();

  /** @param onNewest gets the newest entries of a log before all are read. */
  constructor(
    private readonly options: ReadingOptions,
    private readonly onNewest: (file: string, index: EntryIndex) => void,
  ) {}

  /** Does something with a log, which stays as it is meanwhile. */
  async use<T>(file: string, run: (source: LogSource) => T | Promise<T>): Promise<T> {
    const log = this.log(file);
    log.users++;
    try {
      return await run(await log.reading);
    } finally {
      log.users--;
      if (log.isRetired) await close(log);
    }
  }

  /** The newest entries of a log that is being read for the first time; undefined where they are not known yet, or all are. */
  newest(file: string): EntryIndex | undefined {
    return this.logs.get(file)?.newest;
  }

  /** Reads a log again where it changed. Returns whether it did. */
  async refresh(file: string): Promise<boolean> {
    const log = this.log(file);
    const source = await log.reading;
    if (!source.hasChanged()) return false;
    // Somebody else may have begun to read it meanwhile. Two who read on from one state would find everything twice.
    const latest = this.logs.get(file) === log ? this.read(file, log, source) : this.log(file);
    await latest.reading;
    return true;
  }

  /** What is gone of a log was seen by whoever asks for this. Returns whether anything was. */
  async forgetLoss(file: string): Promise<boolean> {
    const source = await this.logs.get(file)?.reading.catch(() => undefined);
    if (!source?.forgetLoss()) return false;
    if (source.seen === undefined) this.seen.delete(file);
    else this.seen.set(file, source.seen);
    return true;
  }

  close(file: string): void {
    this.failures.delete(file);
    this.seen.delete(file);
    const log = this.logs.get(file);
    this.logs.delete(file);
    if (log === undefined) return;
    log.isRetired = true;
    void close(log);
  }

  private log(file: string): OpenLog {
    return this.logs.get(file) ?? this.read(file, undefined, undefined);
  }

  private read(file: string, before: OpenLog | undefined, previous: LogSource | undefined): OpenLog {
    const stamp = fileStampOf(file);
    const failed = this.failures.get(file);
    if (before !== undefined) before.isRetired = true;
    // Whoever comes from now on gets the new reading.
    const isOurs = before?.users === 0;
    const onNewest = (index: EntryIndex): void => {
      log.newest = index;
      this.onNewest(file, index);
    };
    const reading =
      failed?.stamp === stamp
        ? Promise.reject(failed.error)
        : Promise.resolve().then(() => openSource(file, this.options, previous, isOurs, onNewest, this.seen.get(file)));
    const log: OpenLog = { reading, newest: undefined, users: 0, isRetired: false };
    this.logs.set(file, log);
    reading.then(
      (source) => {
        log.newest = undefined;
        this.failures.delete(file);
        if (source.seen !== undefined && this.logs.get(file) === log) this.seen.set(file, source.seen);
      },
      (error: Error) => {
        this.failures.set(file, { stamp, error });
        // The next who asks tries again, if there is something else to be read.
        if (this.logs.get(file) === log) this.logs.delete(file);
      },
    );
    return log;
  }
}

/** Closes a log that nobody uses. */
async function close(log: OpenLog): Promise<void> {
  if (log.users > 0) return;
  const source = await log.reading.catch(() => undefined);
  if (log.users === 0) source?.close();
}
