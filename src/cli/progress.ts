import type { Progress } from '../chainfile/chainFile';

/** Nothing is shown for what takes less. */
const PATIENCE_MS = 1000;
const INTERVAL_MS = 200;

/** Shows on a terminal's stderr how far a verification is, once it takes a while; a pipe gets nothing. */
export function progressLine(): { update: (progress: Progress) => void; clear: () => void } {
  const started = Date.now();
  let shown = 0;
  return {
    update({ bytes, totalBytes, entries }) {
      const now = Date.now();
      if (!process.stderr.isTTY || now - started < PATIENCE_MS || now - shown < INTERVAL_MS) return;
      shown = now;
      const percent = totalBytes === 0 ? 100 : Math.floor((bytes / totalBytes) * 100);
      const what =
        entries === undefined ? 'Looking for what happened' : `${entries.toLocaleString('en-US')} entries verified`;
      process.stderr.write(`\r\u001b[K${what}, ${percent}%`);
    },
    clear() {
      if (shown > 0) process.stderr.write('\r\u001b[K');
    },
  };
}
