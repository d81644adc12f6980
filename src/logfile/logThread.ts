import { AskedThread, type Patience, type ThreadKind } from '../thread/askedThread';
import type { Method, Value } from '../thread/messages';
import type { LogService, Telling } from './logService';
import { LogError } from './logSource';
import type { WorkerData } from './worker';

/** Names of errors that carry a sentence for the person who asked. */
const TOLD = new Set(['LogError', 'AuditDatabaseError', 'StaleError']);

/** Why the thread ended. */
export interface Death {
  readonly error: Error;
  /** The log that it was at; undefined where that is not known. It may be what the thread died of. */
  readonly file: string | undefined;
}

const KIND: ThreadKind = {
  name: 'aegis-log',
  patience: { pause: 5000, looks: 6 },
  received({ name, message, code, stack }) {
    if (TOLD.has(name)) return new LogError(message, name === 'StaleError' ? 'stale' : code);
    return Object.assign(new Error(message), { stack });
  },
  unstarted: (why) =>
    new LogError(`The logs cannot be read: what reads them could not be started. ${why}`, 'unstarted'),
  closed: () => new LogError('Reading was ended.', 'closed'),
  ended: () => new LogError('Reading the logs ended unexpectedly. Try again.', 'ended'),
  outOfMemory: () =>
    new LogError('Reading the logs took more memory than there is. Close some of them, or open fewer.', 'memory'),
  slow: () => new LogError('Reading it took too long and was ended. Refresh to try again.', 'slow'),
  slowElsewhere: () =>
    new LogError('Reading another log took too long, so that this one has to be read anew. Try again.', 'ended'),
};

/** The thread that reads logs, as whoever asks it sees it. */
export class LogThread {
  private readonly thread: AskedThread<LogService, Telling>;

  /**
   * @param script the file of `worker.ts`, bundled.
   * @param data gives what the thread is started with.
   * @param onTelling gets what is known before an answer is whole.
   * @param onDeath is called when the thread ended by itself, or was ended because it gave no sign: all that was read is gone.
   */
  constructor(
    script: string,
    data: () => WorkerData,
    onTelling: (telling: Telling) => void,
    onDeath: (death: Death) => void = () => undefined,
    patience: Patience = KIND.patience,
  ) {
    this.thread = new AskedThread({ ...KIND, patience }, script, data, fileOf, onTelling, ({ error, subject }) =>
      onDeath({ error, file: subject }),
    );
  }

  /** @throws LogError with a sentence. */
  ask<M extends Method<LogService>>(method: M, ...args: Parameters<LogService[M]>): Promise<Value<LogService, M>> {
    return this.thread.ask(method, ...(args as never));
  }

  /** Forgets all that was read. The next question starts anew. */
  close(): void {
    this.thread.close();
  }
}

/** Of the arguments of a question the log's path is the first text; some questions are about a view, and have none there. */
function fileOf([first, second]: readonly unknown[]): string | undefined {
  if (typeof first === 'string') return first;
  return typeof second === 'string' ? second : undefined;
}
