import type { Algorithm, HashHex } from '../../core/chain/hash';
import { writeFailureReason } from '../database/sqliteError';
import { RecordError, type SinkName } from '../errors';

/** The files of one trail. At least one of them is there. */
export interface TrailFiles {
  readonly chain?: string | undefined;
  readonly database?: string | undefined;
  readonly jsonLines?: string | undefined;
}

export interface TrailSettings extends TrailFiles {
  readonly algorithm: Algorithm;
  readonly hash: HashHex;
  /** Milliseconds that another process may hold the trail for. */
  readonly patience: number;
  /** Bytes of the chain beyond which a new one is begun; undefined: never. */
  readonly rotateAt: number | undefined;
  /** Now, as Python writes a time in UTC. */
  readonly now: () => string;
}

/**
 * What became of that which was to be recorded: `owed` is written to the sink with what is recorded next; `left` could not be taken back
 * from it, and is taken for recorded by whoever writes next, if the disk has it.
 */
export type Held = 'nothing' | 'kept' | 'owed' | 'left';

const HELD: Readonly<Record<Held, string>> = {
  nothing: 'Nothing was recorded.',
  kept: 'It is recorded elsewhere, but not there.',
  left: 'What was written of it could not be taken back: do not record it again.',
  owed: 'It is recorded all the same, and will be written there with what is recorded next.',
};

/**
 * Does something with one of the files, before anything is recorded.
 *
 * @throws RecordError that names the sink and the file, for whatever is thrown.
 */
export function at<T>(sink: SinkName, file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw failure(sink, file, 'nothing', error);
  }
}

export function failure(sink: SinkName, file: string, held: Held, cause: unknown): RecordError {
  if (cause instanceof RecordError) return cause;
  const message = `${NOUNS[sink]} "${file}" could not be written: ${writeFailureReason(cause)}. ${HELD[held]}`;
  return new RecordError(message, { sink, recorded: held !== 'nothing', executed: false, cause });
}

const NOUNS: Readonly<Record<SinkName, string>> = {
  chain: 'The chain',
  database: 'The database',
  'json lines': 'The file of JSON lines',
  log: 'The log',
};
