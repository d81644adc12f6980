import { AsyncLocalStorage, createHook } from 'node:async_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Asked, Question, SentError, ThreadData } from './messages';

/**
 * Answers the questions that come to this thread.
 *
 * @param makeService gets what the thread was started with, and what tells whoever asks of something before an answer is whole.
 * @param sentError what is sent of an error: a service that has errors of others may have words of its own for them.
 */
export function serve<Data, Telling>(
  makeService: (data: Data, tell: (telling: Telling) => void) => object,
  sentError: (error: unknown) => SentError = asSent,
): void {
  const port = parentPort!;
  const { atWork, ...data } = workerData as ThreadData & Data;
  const service = makeService(data as Data, (telling) => port.postMessage({ kind: 'told', telling } satisfies Answer));

  /** Questions take turns wherever one of them waits: the number of each goes with it. */
  const question = new AsyncLocalStorage<number>();
  const tellWork = (): void => {
    const id = question.getStore();
    if (id !== undefined) Atomics.store(atWork, 0, id);
  };
  createHook({ before: tellWork }).enable();

  const answer = async ({ id, method, args }: Question): Promise<void> => {
    try {
      const asked = (service as Record<string, (...args: readonly unknown[]) => unknown>)[method];
      const value: unknown = await asked.apply(service, args as unknown[]);
      port.postMessage({ kind: 'answer', id, value } satisfies Answer);
    } catch (error) {
      port.postMessage({ kind: 'error', id, error: sentError(error) } satisfies Answer);
    }
  };

  port.on('message', (asked: Asked) => {
    if (asked === 'ping') return port.postMessage({ kind: 'alive' } satisfies Answer);
    question.run(asked.id, () => {
      tellWork();
      void answer(asked);
    });
  });
}

export function asSent(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: 'unknown', stack: undefined };
  const { name, message, stack, code } = error as Error & { code?: string };
  return { name, message, stack, code: code ?? 'unknown' };
}
