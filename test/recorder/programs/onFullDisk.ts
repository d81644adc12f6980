// Runs on a file system of its own that is as large as the caller made it. Fills it up, records, makes room, and records again; says
// on stdout, in one JSON text, what came of it.
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { RecordError } from '../../../src/recorder/errors';
import { action, now, success, writerIn } from '../support/trail';

const [folder, copies] = process.argv.slice(2);
const filler = path.join(folder, 'filler');

/** Leaves so many bytes free, in whole pages. */
function fillUp(free: number): void {
  const block = Buffer.alloc(4096);
  const descriptor = fs.openSync(filler, 'w');
  try {
    for (;;) fs.writeSync(descriptor, block);
  } catch {
    // Full.
  }
  fs.ftruncateSync(descriptor, Math.max(0, fs.fstatSync(descriptor).size - free));
  fs.closeSync(descriptor);
}

interface Told {
  readonly free: number;
  readonly ok: number;
  readonly errors: {
    readonly sink: string;
    readonly recorded: boolean;
    readonly message: string;
    readonly of: string;
  }[];
}

async function main(): Promise<void> {
  const writer = writerIn(folder);
  const told: Told[] = [];
  await writer.record({ phase: 'attempt', action: action() });
  for (const free of [0, 4096, 8192, 16384, 40960, 65536]) {
    fillUp(free);
    const errors: Told['errors'] = [];
    let ok = 0;
    for (let i = 0; i < 12; i++) {
      const one = action({ action_params: { text: 'x'.repeat(1500) } });
      let of = `attempt ${one.action_id}`;
      try {
        await writer.record({ phase: 'attempt', action: one });
        ok++;
        of = `outcome ${one.action_id}`;
        await writer.record({ phase: 'outcome', action: one, outcome: success, timestamp: now() });
        ok++;
      } catch (error) {
        const { sink, recorded, message } = error as RecordError;
        errors.push({ sink, recorded, message, of });
      }
    }
    told.push({ free, ok, errors });
    fs.rmSync(filler);
    await writer.record({ phase: 'attempt', action: action() });
  }
  await writer.close();
  for (const name of fs.readdirSync(folder)) fs.copyFileSync(path.join(folder, name), path.join(copies, name));
  process.stdout.write(JSON.stringify(told));
}

void main();
