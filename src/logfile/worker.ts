import { AsyncLocalStorage, createHook } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { asAuditError } from '../sqlite/errors';
import { LogService, type Telling } from './logService';
import type { ReadingOptions } from './logSource';

/** The thread that reads logs: a question names a method of the service, and the answer has its number. */

export interface Question {
  /** From 1 on. */
  readonly id: number;
  readonly method: Method;
  readonly args: readonly unknown[];
}

/** A question, or one for a sign of life. */
export type Asked = Question | 'ping';

/** What can be asked. */
export type Method = {
  [K in keyof LogService]: LogService[K] extends (...args: never[]) => unknown ? K : never;
}[keyof LogService];

export type Answer =
  | { readonly kind: 'alive' }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: SentError }
  | Telling;

/** An error's class is lost on the way between threads: what is needed of it is sent along. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly stack: string | undefined;
}

export type WorkerData = Pick<ReadingOptions, 'wasm' | 'memoryLimit'>;

export interface ThreadData extends WorkerData {
  /** Its one element is the number of the question that the thread is at, 0 before the first: who waits in vain looks there. */
  readonly atWork: Int32Array;
}

const port = parentPort!;
const { atWork, ...options } = workerData as ThreadData;
const service = new LogService({ ...options, pause: () => setImmediate() }, (telling) =>
  port.postMessage(telling satisfies Answer),
);

/** Questions take turns wherever one of them waits: the number of each goes with it. */
const question = new AsyncLocalStorage<number>();
createHook({ before: tellWork }).enable();

function tellWork(): void {
  const id = question.getStore();
  if (id !== undefined) Atomics.store(atWork, 0, id);
}

port.on('message', (asked: Asked) => {
  if (asked === 'ping') return port.postMessage({ kind: 'alive' } satisfies Answer);
  const { id, method, args } = asked;
  question.run(id, () => {
    tellWork();
    void answer(id, method, args);
  });
});

async function answer(id: number, method: Method, args: readonly unknown[]): Promise<void> {
  try {
    const value: unknown = await (service as unknown as Record<Method, (...args: readonly unknown[]) => unknown>)[
      method
    ](...args);
    port.postMessage({ kind: 'answer', id, value } satisfies Answer);
  } catch (error) {
    const { name, message, stack, code, problem } = asAuditError(error) as Error & { code?: string; problem?: string };
    port.postMessage({
      kind: 'error',
      id,
      error: { name, message, stack, code: problem ?? code ?? 'unknown' },
    } satisfies Answer);
  }
}
