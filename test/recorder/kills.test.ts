import * as assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { assertAgrees } from './support/checkTrail';
import { action, now, success, writerIn } from './support/trail';

/** How many processes are killed; a run that means to find something takes 1,000. */
const KILLS = Number(process.env.AEGIS_TEST_KILLS ?? 24);
const WRITERS = 3;

describe('A recorder that is killed', () => {
  const folder = temporaryFolder();

  for (const rotates of [false, true]) {
    it(`at any moment, with ${WRITERS} processes writing${rotates ? ' and the chain rotating' : ''}, loses nothing that was acknowledged and forges nothing`, async () => {
      const acknowledged: string[] = [];
      const failures: string[] = [];
      let killed = 0;
      await Promise.all(
        Array.from({ length: WRITERS }, async (_, writer) => {
          for (let life = 0; killed < KILLS; life++) {
            const child = spawn(process.execPath, [PROGRAM, folder(), `w${writer}-${life}`, rotates ? 'rotates' : '']);
            await untilReady(child, acknowledged, failures);
            await new Promise((resolve) => setTimeout(resolve, Math.random() * 120));
            killed++;
            const closed = new Promise((resolve) => child.once('close', resolve));
            // One that ended by itself will not be closed again.
            if (child.kill('SIGKILL')) await closed;
            else failures.push(`a writer ended by itself, with ${String(child.exitCode)}`);
            if (failures.length > 0) break;
          }
        }),
      );
      assert.deepEqual(failures, []);
      const last = writerIn(folder());
      await last.record({
        phase: 'decision',
        action: action(),
        outcome: { ...success, result_status: 'blocked' },
        timestamp: now(),
      });
      await last.close();
      const { entries, rows } = await assertAgrees(folder());
      const recorded = new Set(
        entries.map(({ metadata }) => `${String(metadata.phase)} ${String(metadata.action_id)}`),
      );
      const lost = acknowledged.filter((each) => !recorded.has(each));
      assert.deepEqual(lost, []);
      const recovered = entries.filter((entry) => entry.action_type === 'aegis.recovered').length;
      assert.equal(entries.filter((entry) => entry.action_type === 'aegis.break_found').length, 0);
      console.log(
        `      ${killed} kills: ${acknowledged.length} acknowledged, ${entries.length} entries, ${rows.length} rows, ${recovered} recoveries`,
      );
    }).timeout(30_000 + KILLS * 2_000);
  }
});

const PROGRAM = path.join(__dirname, 'programs', 'endlessWriter.js');

function untilReady(child: ChildProcess, acknowledged: string[], failures: string[]): Promise<void> {
  return new Promise((resolve) => {
    child.stderr!.on('data', (data) => String(data).includes('ExperimentalWarning') || failures.push(String(data)));
    child.once('close', () => resolve());
    createInterface({ input: child.stdout! }).on('line', (line) => {
      if (line === 'ready') resolve();
      else if (line.startsWith('failed')) failures.push(line);
      // A line that was cut off by the kill is no acknowledgement.
      else if (/^(attempt|outcome|decision) [0-9a-f-]{36}$/.test(line)) acknowledged.push(line);
    });
  });
}
