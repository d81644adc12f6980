// Writes a chain of N entries: `node bench/generate.mjs N FILE [BREAKS]`. Always the same for the same N and BREAKS: so many
// entries, evenly spread, were changed after they were written.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { entryAfter } from './entries.mjs';

const [count, file, breaks] = [Number(process.argv[2]), process.argv[3] ?? '', Number(process.argv[4] ?? 0)];
const isChanged = (/** @type {number} */ i) =>
  Math.floor((i * breaks) / count) !== Math.floor(((i + 1) * breaks) / count);

const out = createWriteStream(file);
/** @type {import('./entries.mjs').Head | undefined} */
let previous;
/** @type {string[]} */
let lines = [];
for (let i = 0; i < count; i++) {
  const { entry, line } = entryAfter(previous);
  previous = entry;
  lines.push(isChanged(i) ? line.replace('prod-agent-', 'test-agent-') : line, '\n');
  if (lines.length >= 10_000) {
    if (!out.write(lines.join(''))) await once(out, 'drain');
    lines = [];
  }
}
out.end(lines.join(''));
await once(out, 'finish');
