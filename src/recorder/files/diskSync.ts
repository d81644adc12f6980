import * as fs from 'node:fs';

/** Milliseconds that a program is held up for rather than that it waits for a thread, which takes as long on a fast disk. */
const SHORT = 2;

/** Puts what was written on the disk: at once where the disk was fast the last time, else on another thread while the program goes on. */
export class DiskSync {
  private lastTook = Infinity;

  /** @throws Error of the system's. */
  async sync(descriptor: number): Promise<void> {
    const start = performance.now();
    if (this.lastTook < SHORT) fs.fdatasyncSync(descriptor);
    else await syncElsewhere(descriptor);
    this.lastTook = performance.now() - start;
  }
}

function syncElsewhere(descriptor: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fs.fdatasync(descriptor, (error) => (error === null ? resolve() : reject(error)));
  });
}
