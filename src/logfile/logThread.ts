import { Worker } from 'node:worker_threads';
import type { LogService, Telling } from './logService';
import { LogError } from './logSource';
import type { Answer, Asked, Method, ThreadData, WorkerData } from './worker';

/** Names of errors that carry a sentence for the person who asked. */
const TOLD = new Set(['LogError', 'AuditDatabaseError', 'StaleError']);

/** Why the thread ended. */
export interface Death {
  readonly error: Error;
  /** The log that it was at; undefined where that is not known. It may be what the thread died of. */
  readonly file: string | undefined;
}

/**
 * How long the thread may be without a sign of life while somebody waits for it. It gives one between any two steps of its work, each of
 * which takes milliseconds. Looks are counted rather than time: a machine that slept, or a program that was stopped, proves nothing.
 */
export interface Patience {
  /** Milliseconds between two looks. */
  readonly pause: number;
  /** In a row that find no sign. */
  readonly looks: number;
}

const PATIENCE: Patience = { pause: 5000, looks: 6 };

/** The thread that reads logs, as whoever asks it sees it. It is started with the first question, and again after it died. */
export class LogThread {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;
  /** Number of the question that the thread is at, which it keeps there itself. */
  private readonly atWork = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private watch: NodeJS.Timeout | undefined;
  /** Looks since the last sign of life. */
  private silence = 0;

  /**
   * @param script the file of `worker.ts`, bundled.
   * @param data gives what the thread is started with.
   * @param onTelling gets what is known before an answer is whole.
   * @param onDeath is called when the thread ended by itself, or was ended because it gave no sign: all that was read is gone.
   */
  constructor(
    private readonly script: string,
    private readonly data: () => WorkerData,
    private readonly onTelling: (telling: Telling) => void,
    private readonly onDeath: (death: Death) => void = () => undefined,
    private readonly patience = PATIENCE,
  ) {}

  /** @throws LogError with a sentence. */
  ask<M extends Method>(method: M, ...args: Parameters<LogService[M]>): Promise<Awaited<ReturnType<LogService[M]>>> {
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, file: fileOf(args) });
      try {
        const worker = this.running();
        // A program goes on while it waits for an answer, and need not wait for the thread otherwise.
        worker.ref();
        worker.postMessage({ id, method, args } satisfies Asked);
        this.watch ??= this.keepWatch();
      } catch (error) {
        this.waiting.delete(id);
        const why = error instanceof Error ? error.message : String(error);
        reject(new LogError(`The logs cannot be read: what reads them could not be started. ${why}`, 'unstarted'));
      }
    });
  }

  /** Forgets all that was read. The next question starts anew. */
  close(): void {
    this.leave();
    this.fail(() => new LogError('Reading was ended.', 'closed'));
  }

  private running(): Worker {
    if (this.worker !== undefined) return this.worker;
    const { atWork } = this;
    atWork[0] = 0;
    const workerData: ThreadData = { ...this.data(), atWork };
    const worker = new Worker(this.script, { name: 'aegis-log', workerData });
    worker.on('message', (answer: Answer) => {
      if (this.worker === worker) this.take(answer);
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      if (this.worker === worker) this.die(isMemory ? outOfMemory() : error);
    });
    worker.on('exit', () => {
      if (this.worker !== worker) return;
      this.die(new LogError('Reading the logs ended unexpectedly. Try again.', 'ended'));
    });
    this.worker = worker;
    return worker;
  }

  private take(answer: Answer): void {
    this.silence = 0;
    if (answer.kind === 'alive') return;
    if (answer.kind !== 'answer' && answer.kind !== 'error') return this.onTelling(answer);
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (this.waiting.size === 0) this.rest();
    if (answer.kind === 'answer') return waiting?.resolve(answer.value as never);
    const { name, message, code, stack } = answer.error;
    const error = TOLD.has(name) ? new LogError(message, name === 'StaleError' ? 'stale' : code) : new Error(message);
    if (!(error instanceof LogError)) error.stack = stack;
    waiting?.reject(error);
  }

  /** Nobody waits for anything. */
  private rest(): void {
    clearInterval(this.watch);
    this.watch = undefined;
    this.worker?.unref();
  }

  private keepWatch(): NodeJS.Timeout {
    this.silence = 0;
    const watch = setInterval(() => {
      if (this.silence++ < this.patience.looks) this.worker?.postMessage('ping' satisfies Asked);
      else this.die(new LogError('Reading it took too long and was ended. Refresh to try again.', 'slow'), other());
    }, this.patience.pause);
    return watch.unref();
  }

  /** @param toOthers what those are told who wait for another log than the one that the thread was at. */
  private die(error: Error, toOthers = error): void {
    const file = this.waiting.get(Atomics.load(this.atWork, 0))?.file ?? this.onlyFile();
    this.leave();
    this.fail((asked) => (file === undefined || asked === file ? error : toOthers));
    this.onDeath({ error, file });
  }

  /** The log that all who wait wait for. */
  private onlyFile(): string | undefined {
    const files = new Set([...this.waiting.values()].map(({ file }) => file));
    return files.size === 1 ? [...files][0] : undefined;
  }

  private leave(): void {
    const { worker } = this;
    this.rest();
    this.worker = undefined;
    void worker?.terminate();
  }

  private fail(errorFor: (file: string | undefined) => Error): void {
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject, file } of waiting) reject(errorFor(file));
  }
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
  /** The log that the question is about. */
  readonly file: string | undefined;
}

/** Of the arguments of a question the log's path is the first text; some questions are about a view, and have none there. */
function fileOf([first, second]: readonly unknown[]): string | undefined {
  if (typeof first === 'string') return first;
  return typeof second === 'string' ? second : undefined;
}

function outOfMemory(): LogError {
  return new LogError('Reading the logs took more memory than there is. Close some of them, or open fewer.', 'memory');
}

function other(): LogError {
  return new LogError('Reading another log took too long, so that this one has to be read anew. Try again.', 'ended');
}
