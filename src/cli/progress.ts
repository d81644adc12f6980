import type { Progress } from '../chainfile/chainFile';

/** Nothing is shown for what takes less. */
const PATIENCE_MS = 1000;
const INTERVAL_MS = 200;

/** A line on a terminal's stderr that says how far something is, once it takes a while; a pipe gets nothing. */
export function patientLine(): { show: (text: () => string) => void; clear: () => void } {
  const started = Date.now();
  let shown = 0;
  return {
    show(text) {
      const now = Date.now();
      if (!process.stderr.isTTY || now - started < PATIENCE_MS || now - shown < INTERVAL_MS) return;
      shown = now;
      process.stderr.write(`\r\u001b[K${text()}`);
    },
    clear() {
      if (shown > 0) process.stderr.write('\r\u001b[K');
    },
  };
}

/** Shows how far a verification is. */
export function progressLine(): { update: (progress: Progress) => void; clear: () => void } {
  const { show, clear } = patientLine();
  return {
    update: ({ bytes, totalBytes, entries }) =>
      show(() => {
        const what =
          entries === undefined ? 'Looking for what happened' : `${entries.toLocaleString('en-US')} entries verified`;
        return `${what}, ${totalBytes === 0 ? 100 : Math.floor((bytes / totalBytes) * 100)}%`;
      }),
    clear,
  };
}
