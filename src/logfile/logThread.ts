import { Worker } from 'node:worker_threads';
import type { LogService, Telling } from './logService';
import { LogError } from './logSource';
import type { Answer, Method, Question, WorkerData } from './worker';

/** Names of errors that carry a sentence for the person who asked. */
const TOLD = new Set(['LogError', 'AuditDatabaseError', 'StaleError']);

/** The thread that reads logs, as whoever asks it sees it. It is started with the first question, and again after it died. */
export class LogThread {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  private asked = 0;

  /**
   * @param script the file of `worker.ts`, bundled.
   * @param data gives what the thread is started with.
   * @param onTelling gets what is known before an answer is whole.
   * @param onDeath is called when the thread ended by itself: all that was read is gone.
   */
  constructor(
    private readonly script: string,
    private readonly data: () => WorkerData,
    private readonly onTelling: (telling: Telling) => void,
    private readonly onDeath: () => void = () => undefined,
  ) {}

  /** @throws LogError with a sentence. */
  ask<M extends Method>(method: M, ...args: Parameters<LogService[M]>): Promise<Awaited<ReturnType<LogService[M]>>> {
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      const worker = this.running();
      // A program goes on while it waits for an answer, and need not wait for the thread otherwise.
      worker.ref();
      worker.postMessage({ id, method, args } satisfies Question);
    });
  }

  /** Forgets all that was read. The next question starts anew. */
  close(): void {
    const { worker } = this;
    this.worker = undefined;
    void worker?.terminate();
    this.fail(new LogError('Reading was ended.', 'closed'));
  }

  private running(): Worker {
    if (this.worker !== undefined) return this.worker;
    const worker = new Worker(this.script, { name: 'aegis-log', workerData: this.data() });
    worker.on('message', (answer: Answer) => this.take(answer));
    const died = (error: Error): void => {
      if (this.worker !== worker) return;
      this.worker = undefined;
      this.fail(error);
      this.onDeath();
    };
    worker.on('error', (error: NodeJS.ErrnoException) => {
      died(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? new LogError(
              'Reading the logs took more memory than there is. Close some of them, or open fewer.',
              'memory',
            )
          : error,
      );
    });
    worker.on('exit', () => died(new LogError('Reading the logs ended unexpectedly. Try again.', 'ended')));
    this.worker = worker;
    return worker;
  }

  private take(answer: Answer): void {
    if (answer.kind !== 'answer' && answer.kind !== 'error') return this.onTelling(answer);
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (this.waiting.size === 0) this.worker?.unref();
    if (answer.kind === 'answer') return waiting?.resolve(answer.value as never);
    const { name, message, code, stack } = answer.error;
    const error = TOLD.has(name) ? new LogError(message, name === 'StaleError' ? 'stale' : code) : new Error(message);
    if (!(error instanceof LogError)) error.stack = stack;
    waiting?.reject(error);
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
