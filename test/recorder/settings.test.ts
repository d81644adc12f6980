import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { TrailSettings } from '../../src/recorder/trail/trailParts';
import type { TrailWriter } from '../../src/recorder/trail/trailWriter';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { linesOf, readTrail } from './support/checkTrail';
import { action, now, success, writerIn } from './support/trail';

/** Writers of the same files who were told different things. */
describe('A trail that is shared with another', () => {
  const folder = temporaryFolder();
  const file = (name: string): string => path.join(folder(), name);

  async function record(writer: TrailWriter): Promise<void> {
    const one = action();
    await writer.record({ phase: 'attempt', action: one });
    await writer.record({ phase: 'outcome', action: one, outcome: success, timestamp: now() });
  }

  /** One of all files and another one in turns; then what the chains say of the trail. */
  async function inTurns(other: Partial<TrailSettings>): Promise<string[]> {
    const writers = [writerIn(folder()), writerIn(folder(), other)];
    for (let turn = 0; turn < 3; turn++) for (const writer of writers) await record(writer);
    await Promise.all(writers.map((writer) => writer.close()));
    assert.deepEqual(
      fs.readdirSync(folder()).filter((name) => name.includes('.cut-at-')),
      [],
    );
    return readTrail(folder())
      .entries.map((entry) => String(entry.action_type))
      .filter((type) => type.startsWith('aegis.'));
  }

  it('that has only the database keeps what it says of the chain and the JSON lines', async () => {
    assert.deepEqual(await inTurns({ chain: undefined, jsonLines: undefined }), []);
    assert.equal(linesOf(file('aegis_audit.jsonl')).length, 3);
    assert.equal(readTrail(folder()).rows.length, 6);
  });

  it('that writes no JSON lines keeps what is said of them', async () => {
    assert.deepEqual(await inTurns({ jsonLines: undefined }), []);
    assert.equal(linesOf(file('aegis_audit.jsonl')).length, 3);
  });

  it('that has another chain and other JSON lines, in the same database', async () => {
    assert.deepEqual(await inTurns({ chain: file('other.jsonl'), jsonLines: file('other.lines') }), []);
    assert.equal(linesOf(file('aegis_audit.jsonl')).length, 3);
    assert.equal(linesOf(file('other.lines')).length, 3);
    assert.deepEqual(
      linesOf(file('other.jsonl')).map((entry) => entry.action_type),
      Array(6).fill('read_file'),
    );
    assert.equal(readTrail(folder()).rows.length, 6);
  });

  it('that has other JSON lines, with the same chain', async () => {
    assert.deepEqual(await inTurns({ jsonLines: file('other.lines') }), []);
    assert.equal(linesOf(file('aegis_audit.jsonl')).length, 3);
    assert.equal(linesOf(file('other.lines')).length, 3);
  });
});
