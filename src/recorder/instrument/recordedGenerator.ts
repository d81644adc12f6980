import type { OpenCall } from './toolGate';

/** Hands on what a call produces bit by bit; it is recorded when all has been taken, with what it returned, or else the last of it. */
export async function* recordedAtItsEnd<T, R>(
  open: OpenCall,
  made: AsyncIterator<T, R>,
): AsyncGenerator<T, R, unknown> {
  let last: T | undefined;
  let hasEnded = false;
  try {
    for (;;) {
      const step = await open.within(() => made.next());
      if (step.done === true) {
        hasEnded = true;
        await open.succeeded(step.value ?? last);
        return step.value;
      }
      last = step.value;
      yield step.value;
    }
  } catch (error) {
    if (!hasEnded) {
      hasEnded = true;
      await open.failed(error);
    }
    throw error;
  } finally {
    if (!hasEnded) {
      // Whoever took it has had enough.
      await open.within(() => made.return?.(undefined as R));
      await open.succeeded(last);
    }
  }
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

export function isAsyncGenerator(value: unknown): value is AsyncGenerator<unknown, unknown, unknown> {
  if (!isAsyncIterable(value)) return false;
  const { next, return: end } = value as Partial<AsyncGenerator>;
  return typeof next === 'function' && typeof end === 'function';
}
