import { Worker } from 'node:worker_threads';
import type { Answer, Arguments, Asked, Method, SentError, ThreadData, Value } from './messages';

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

/** What a thread of its kind is, and what whoever waits for it is told when it ends. */
export interface ThreadKind {
  readonly name: string;
  readonly patience: Patience;
  /** What an error that the service threw is for whoever asked. */
  readonly received: (error: SentError) => Error;
  readonly unstarted: (why: string) => Error;
  readonly closed: () => Error;
  readonly ended: () => Error;
  readonly outOfMemory: () => Error;
  /** It gave no sign of life: for whoever asked about what it was at, and for the others. */
  readonly slow: () => Error;
  readonly slowElsewhere: () => Error;
}

/** Why the thread ended. */
export interface Death {
  readonly error: Error;
  /** What the question was about that it was at; undefined where that is not known. It may be what the thread died of. */
  readonly subject: string | undefined;
}

/** A thread that serves, as whoever asks it sees it. It is started with the first question, and again after it died. */
export class AskedThread<Service, Telling> {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;
  /** Number of the question that the thread is at, which it keeps there itself. */
  private readonly atWork = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private watch: NodeJS.Timeout | undefined;
  /** Looks since the last sign of life. */
  private silence = 0;

  /**
   * @param script the file of the thread, bundled.
   * @param data gives what the thread is started with.
   * @param subjectOf what a question is about, by its arguments; questions about the same share their fate.
   * @param onTelling gets what is known before an answer is whole.
   * @param onDeath is called when the thread ended by itself, or was ended because it gave no sign: all that it had is gone.
   */
  constructor(
    private readonly kind: ThreadKind,
    private readonly script: string,
    private readonly data: () => object,
    private readonly subjectOf: (args: readonly unknown[]) => string | undefined,
    private readonly onTelling: (telling: Telling) => void,
    private readonly onDeath: (death: Death) => void,
  ) {}

  ask<M extends Method<Service>>(method: M, ...args: Arguments<Service, M>): Promise<Value<Service, M>> {
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, subject: this.subjectOf(args) });
      try {
        const worker = this.running();
        // A program goes on while it waits for an answer, and need not wait for the thread otherwise.
        worker.ref();
        worker.postMessage({ id, method: String(method), args } satisfies Asked);
        this.watch ??= this.keepWatch();
      } catch (error) {
        this.waiting.delete(id);
        reject(this.kind.unstarted(error instanceof Error ? error.message : String(error)));
      }
    });
  }

  /** Forgets all that the thread had. The next question starts it anew. */
  close(): void {
    this.leave();
    this.fail(this.kind.closed);
  }

  private running(): Worker {
    if (this.worker !== undefined) return this.worker;
    const { atWork } = this;
    atWork[0] = 0;
    const workerData: ThreadData = { ...this.data(), atWork };
    const worker = new Worker(this.script, { name: this.kind.name, workerData });
    worker.on('message', (answer: Answer) => {
      if (this.worker === worker) this.take(answer);
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      if (this.worker === worker) this.die(isMemory ? this.kind.outOfMemory() : error);
    });
    worker.on('exit', () => {
      if (this.worker === worker) this.die(this.kind.ended());
    });
    this.worker = worker;
    return worker;
  }

  private take(answer: Answer): void {
    this.silence = 0;
    if (answer.kind === 'alive') return;
    if (answer.kind === 'told') return this.onTelling(answer.telling as Telling);
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (this.waiting.size === 0) this.rest();
    if (answer.kind === 'answer') waiting?.resolve(answer.value as never);
    else waiting?.reject(this.kind.received(answer.error));
  }

  /** Nobody waits for anything. */
  private rest(): void {
    clearInterval(this.watch);
    this.watch = undefined;
    this.worker?.unref();
  }

  private keepWatch(): NodeJS.Timeout {
    const { pause, looks } = this.kind.patience;
    this.silence = 0;
    const watch = setInterval(() => {
      if (this.silence++ < looks) this.worker?.postMessage('ping' satisfies Asked);
      else this.die(this.kind.slow(), this.kind.slowElsewhere());
    }, pause);
    return watch.unref();
  }

  /** @param toOthers what those are told who asked about something else than what the thread was at. */
  private die(error: Error, toOthers = error): void {
    const subject = this.waiting.get(Atomics.load(this.atWork, 0))?.subject ?? this.onlySubject();
    this.leave();
    this.fail((asked) => (subject === undefined || asked === subject ? error : toOthers));
    this.onDeath({ error, subject });
  }

  /** What all who wait asked about. */
  private onlySubject(): string | undefined {
    const subjects = new Set([...this.waiting.values()].map(({ subject }) => subject));
    return subjects.size === 1 ? [...subjects][0] : undefined;
  }

  private leave(): void {
    const { worker } = this;
    this.rest();
    this.worker = undefined;
    void worker?.terminate();
  }

  private fail(errorFor: (subject: string | undefined) => Error): void {
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject, subject } of waiting) reject(errorFor(subject));
  }
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
  readonly subject: string | undefined;
}
