// Rotates a trail, and kills itself before or after one of the steps: `renameSync 2 after`.
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { RecordDatabase } from '../../../src/recorder/database/recordDatabase';
import { replaceMethod } from '../support/replaceMethod';
import { writerIn } from '../support/trail';

const [folder, name, which, when] = process.argv.slice(2);
const module = createRequire(__filename)('node:fs') as Record<string, Step>;
let left = Number(which);

type Step = (this: unknown, ...given: unknown[]) => unknown;

function dying(step: Step): Step {
  return function (this: unknown, ...given: unknown[]) {
    const isLast = --left === 0;
    if (isLast && when === 'before') process.kill(process.pid, 'SIGKILL');
    const result = step.apply(this, given);
    if (isLast) process.kill(process.pid, 'SIGKILL');
    return result;
  };
}

async function main(): Promise<void> {
  const writer = writerIn(folder);
  if (name === 'commit') replaceMethod(RecordDatabase.prototype, 'commit', dying);
  else module[name] = dying(module[name]);
  await writer.rotate();
  fs.writeSync(1, 'it lives');
}

void main();
