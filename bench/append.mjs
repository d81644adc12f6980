// Appends to a chain at a steady pace: `node bench/append.mjs FILE ENTRIES BATCH MILLISECONDS`, so many entries in all, a batch
// each so many milliseconds. Makes them first, prints "ready", and starts when a line comes in. At the end prints as JSON
// when the last batch was written (milliseconds since 1970) and how long the writing took (seconds).
import { closeSync, openSync, writeSync } from 'node:fs';
import { once } from 'node:events';
import { Continuation } from './entries.mjs';

const file = process.argv[2] ?? '';
const [entries = 0, batch = 1, every = 0] = process.argv.slice(3).map(Number);
const continuation = new Continuation(file);
const batches = Array.from({ length: entries / batch }, () => Buffer.from(continuation.lines(batch)));

const descriptor = openSync(file, 'a');
console.log('ready');
await once(process.stdin, 'data');
const started = performance.now();
let last = 0;
for (let written = 0; written < batches.length;) {
  // Late ones are caught up with.
  for (; written < batches.length && written * every <= performance.now() - started; written++) {
    writeSync(descriptor, /** @type {Buffer} */ (batches[written]));
    last = Date.now();
  }
  await new Promise((resolve) => setTimeout(resolve, 1));
}
closeSync(descriptor);
console.log(JSON.stringify({ last, seconds: (performance.now() - started) / 1000 }));
process.exit();
