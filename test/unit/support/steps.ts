import * as inspector from 'node:inspector';

/**
 * How many times a function or a part of one was gone through in some work: the same number on every machine, however busy it is. What
 * the engine does by itself, such as a search in a text, counts as nothing.
 */
export function stepsOf(work: () => void): number {
  const session = new inspector.Session();
  session.connect();
  try {
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    work();
    let steps = 0;
    session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (error !== null) throw error;
      for (const { functions } of result)
        for (const { ranges } of functions) for (const { count } of ranges) steps += count;
    });
    return steps;
  } finally {
    session.disconnect();
  }
}
