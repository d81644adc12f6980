/** What goes between a thread that serves and whoever asks it: a question names a method of its service, and the answer has its number. */

export interface Question {
  /** From 1 on. */
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** A question, or one for a sign of life. */
export type Asked = Question | 'ping';

export type Answer =
  | { readonly kind: 'alive' }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: SentError }
  /** What is known before an answer is whole. */
  | { readonly kind: 'told'; readonly telling: unknown };

/** An error's class is lost on the way between threads: what is needed of it is sent along. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly stack: string | undefined;
}

/** What a service can be asked. */
export type Method<Service> = {
  [K in keyof Service]: Service[K] extends (...args: never[]) => unknown ? K : never;
}[keyof Service];

/** What a method is asked with, and what the answer is. */
export type Arguments<Service, M extends Method<Service>> = Service[M] extends (...args: infer A) => unknown
  ? A
  : never;
export type Value<Service, M extends Method<Service>> = Service[M] extends (...args: never[]) => infer R
  ? Awaited<R>
  : never;

/** What every thread is started with, besides what its service needs. */
export interface ThreadData {
  /** Its one element is the number of the question that the thread is at, 0 before the first: who waits in vain looks there. */
  readonly atWork: Int32Array;
}
