import { Worker } from 'node:worker_threads';
import { CancelledError, readFailure } from './errors';
import type { Task, TaskResults } from './task';
import type { Answer } from './worker';

/**
 * Some threads that work side by side on tasks of one file. Each has one task at a time; the rest wait for their turn, in
 * order. Closing ends the threads at once, whatever they are doing.
 */
export class Lanes {
  private readonly idle: Worker[] = [];
  private readonly workers = new Set<Worker>();
  private readonly waiting: ((worker: Worker) => void)[] = [];
  private readonly rejections = new Set<(reason: Error) => void>();
  private closedBy: Error | undefined;

  /** @param script the file of `worker.ts`, bundled. */
  constructor(
    private readonly script: string,
    private readonly count: number,
  ) {}

  async run<T extends Task>(task: T): Promise<TaskResults[T['kind']]> {
    if (this.closedBy !== undefined) throw this.closedBy;
    const worker = await this.take();
    return new Promise<TaskResults[T['kind']]>((resolve, reject) => {
      const settle = (): void => {
        worker.off('message', onMessage);
        worker.off('error', onError);
        this.rejections.delete(onError);
      };
      const onMessage = (answer: Answer): void => {
        settle();
        this.release(worker);
        if ('error' in answer) reject(readFailure(answer.error));
        else resolve(answer.result as TaskResults[T['kind']]);
      };
      const onError = (error: Error): void => {
        settle();
        reject(error);
      };
      worker.on('message', onMessage);
      worker.on('error', onError);
      this.rejections.add(onError);
      worker.postMessage(task);
    });
  }

  private async take(): Promise<Worker> {
    const idle = this.idle.pop();
    if (idle !== undefined) return idle;
    if (this.workers.size < this.count) {
      const worker = new Worker(this.script, { name: 'aegis-chain' });
      this.workers.add(worker);
      return worker;
    }
    return new Promise((resolve, reject) => {
      const onClose = (error: Error): void => reject(error);
      this.rejections.add(onClose);
      this.waiting.push((worker) => {
        this.rejections.delete(onClose);
        resolve(worker);
      });
    });
  }

  private release(worker: Worker): void {
    const next = this.waiting.shift();
    if (next === undefined) this.idle.push(worker);
    else next(worker);
  }

  /** Ends all threads; what is under way or waits is rejected with `reason`. */
  close(reason: Error = new CancelledError()): void {
    if (this.closedBy !== undefined) return;
    this.closedBy = reason;
    for (const reject of [...this.rejections]) reject(reason);
    for (const worker of this.workers) void worker.terminate();
  }
}
