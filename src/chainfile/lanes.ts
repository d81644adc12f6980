import { Worker } from 'node:worker_threads';
import { CancelledError } from './errors';
import type { ScanPart, ScanTask, TaskResults, WholeTask } from './task';
import type { Answer } from './worker';

/** Some threads that work side by side on one file. Closing ends them at once, whatever they are doing. */
export class Lanes {
  private readonly workers: Worker[];
  private readonly rejections = new Set<(reason: Error) => void>();
  private closedBy: Error | undefined;

  /** @param script the file of `worker.ts`, bundled. */
  constructor(script: string, count: number) {
    this.workers = Array.from({ length: count }, () => new Worker(script, { name: 'aegis-chain' }));
    // A failure before there is a task to fail is told by the first task.
    for (const worker of this.workers) worker.on('error', (error) => this.close(error));
  }

  /** Does a task on one thread. */
  run<T extends WholeTask>(task: T): Promise<TaskResults[T['kind']]> {
    return this.send(this.workers[0], task, () => undefined) as Promise<TaskResults[T['kind']]>;
  }

  /** Scans on all threads; `onPart` gets each block as it is done, in any order. */
  async scan(task: ScanTask, onPart: (part: ScanPart) => void): Promise<void> {
    await Promise.all(this.workers.map((worker) => this.send(worker, task, onPart)));
  }

  private send(worker: Worker, task: WholeTask | ScanTask, onPart: (part: ScanPart) => void): Promise<unknown> {
    if (this.closedBy !== undefined) return Promise.reject(this.closedBy);
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        worker.off('message', onMessage);
        this.rejections.delete(reject);
      };
      const onMessage = (answer: Answer): void => {
        if (answer.kind === 'part') return onPart(answer.part);
        settle();
        if (answer.kind === 'result') resolve(answer.result);
        else reject(answer.error instanceof Error ? answer.error : new Error(String(answer.error)));
      };
      this.rejections.add(reject);
      worker.on('message', onMessage);
      worker.postMessage(task);
    });
  }

  /** Ends all threads; what is under way is rejected with `reason`. */
  close(reason: Error = new CancelledError()): void {
    if (this.closedBy !== undefined) return;
    this.closedBy = reason;
    for (const reject of this.rejections) reject(reason);
    for (const worker of this.workers) void worker.terminate();
  }
}
