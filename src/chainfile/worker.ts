import { parentPort } from 'node:worker_threads';
import { runtimeHashes } from './hashes';
import { runTask, scanNextBlock, type ScanPart, type Task } from './task';

/** A lane's thread: takes one task after the other and answers each with its parts, if it has any, and its end. */

export type Answer =
  | { readonly kind: 'part'; readonly part: ScanPart }
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'error'; readonly error: unknown };

const hashes = runtimeHashes();
const answer = (message: Answer): void => parentPort!.postMessage(message);

parentPort!.on('message', (task: Task) => {
  try {
    if (task.kind !== 'scan') return answer({ kind: 'result', result: runTask(task, hashes) });
    for (let part = scanNextBlock(task, hashes); part !== undefined; part = scanNextBlock(task, hashes)) {
      answer({ kind: 'part', part });
    }
    answer({ kind: 'result', result: undefined });
  } catch (error) {
    answer({ kind: 'error', error });
  }
});
