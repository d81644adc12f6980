// Records actions until it is killed, and says on stdout which of them were acknowledged.
import * as fs from 'node:fs';
import { action, now, success, writerIn } from '../support/trail';

const [folder, name, rotates] = process.argv.slice(2);
const say = (line: string): void => void fs.writeSync(1, `${line}\n`);

async function lane(lane: number): Promise<void> {
  for (let number = 0; ; number++) {
    const one = action({ session_id: name, action_target: `${name}/${lane}/${number}` });
    if (number % 5 === 4) {
      await writer.record({
        phase: 'decision',
        action: { ...one, approval: 'block' },
        outcome: { ...success, result_status: 'blocked' },
        timestamp: now(),
      });
      say(`decision ${one.action_id}`);
      continue;
    }
    await writer.record({ phase: 'attempt', action: one });
    say(`attempt ${one.action_id}`);
    await writer.record({ phase: 'outcome', action: one, outcome: success, timestamp: now() });
    say(`outcome ${one.action_id}`);
  }
}

const writer = writerIn(folder, rotates === 'rotates' ? { rotateAt: 10_000 } : {});
say('ready');
void Promise.all([lane(0), lane(1), lane(2)]).catch((error: unknown) => {
  say(`failed ${String(error)}`);
  process.exit(3);
});
