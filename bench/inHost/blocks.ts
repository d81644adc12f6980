import type { Block } from './plan';

/** Node 23.9 and newer. */
type ThreadCpuUsage = () => { user: number; system: number };

const threadCpuUsage: ThreadCpuUsage =
  (process as { threadCpuUsage?: ThreadCpuUsage }).threadCpuUsage?.bind(process) ?? process.cpuUsage.bind(process);

/**
 * Watches this thread for as long as something takes: a timer rings each millisecond, and between two rings that lie
 * further apart something kept the thread.
 */
export async function watchingBlocks<T>(work: () => Promise<T>): Promise<{ value: T; block: Block }> {
  const longest = { wall: 0, work: 0 };
  let last = performance.now();
  let lastCpu = cpuTime();
  const ring = (): void => {
    const now = performance.now();
    const cpu = cpuTime();
    longest.wall = Math.max(longest.wall, now - last - 1);
    longest.work = Math.max(longest.work, cpu - lastCpu);
    last = now;
    lastCpu = cpu;
    timer = setTimeout(ring, 1);
  };
  let timer = setTimeout(ring, 1);
  try {
    const value = await work();
    // What was done last counts too.
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { value, block: longest };
  } finally {
    clearTimeout(timer);
  }
}

function cpuTime(): number {
  const { user, system } = threadCpuUsage();
  return (user + system) / 1000;
}

export function shownBlock({ wall, work }: Block): string {
  return `longest block ${wall.toFixed(0)} ms, most work ${work.toFixed(0)} ms`;
}
