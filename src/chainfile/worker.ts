import { parentPort } from 'node:worker_threads';
import { runtimeHashes } from './hashes';
import { runTask, type Task } from './task';

/** A lane's thread: takes one task after the other and answers each with its result or its error. */

export type Answer =
  { readonly result: unknown } | { readonly error: { readonly message: string; readonly code?: string } };

const hashes = runtimeHashes();

parentPort!.on('message', (task: Task) => {
  let answer: Answer;
  try {
    answer = { result: runTask(task, hashes) };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    answer = { error: { message, code } };
  }
  parentPort!.postMessage(answer);
});
