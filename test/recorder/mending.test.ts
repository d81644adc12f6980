import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { TrailSettings } from '../../src/recorder/trail/trailParts';
import { temporaryFolder } from '../unit/support/temporaryFolder';
import { assertAgrees, linesOf, readTrail } from './support/checkTrail';
import { action, now, success, writerIn } from './support/trail';

describe('A trail that a crash left half written', () => {
  const folder = temporaryFolder();
  const file = (name: string): string => path.join(folder(), name);
  const chain = (): string => file('audit_chain.jsonl');
  const database = (): string => file('aegis_audit.db');
  const jsonLines = (): string => file('aegis_audit.jsonl');

  async function record(count: number, settings: Partial<TrailSettings> = {}): Promise<void> {
    const writer = writerIn(folder(), settings);
    for (let i = 0; i < count; i++) {
      const one = action({ action_target: `docs/${i}.md` });
      await writer.record({ phase: 'attempt', action: one });
      await writer.record({ phase: 'outcome', action: one, outcome: success, timestamp: now() });
    }
    await writer.close();
  }

  /** As the files stood then, with what came later in the chain, or elsewhere, put back. */
  async function recordThenLose(names: readonly string[]): Promise<void> {
    await record(2);
    const before = new Map(names.map((name) => [name, fs.readFileSync(file(name))]));
    await record(2);
    for (const [name, bytes] of before) fs.writeFileSync(file(name), bytes);
  }

  const own = (type: string): ReturnType<typeof readTrail>['entries'] =>
    readTrail(folder()).entries.filter((entry) => entry.action_type === type);

  it('gets the rows and JSON lines that the chain tells of, and an entry that names their hashes', async () => {
    await recordThenLose(['aegis_audit.db', 'aegis_audit.jsonl']);
    await record(1);
    const { entries, rows } = await assertAgrees(folder());
    assert.equal(rows.length, 5);
    const [recovered] = own('aegis.recovered');
    assert.deepEqual(
      recovered.metadata.hashes,
      entries.slice(4, 8).map((entry) => entry.entry_hash),
    );
    assert.equal(recovered.metadata.rows, 4);
  });

  it('keeps JSON lines that have no committed row beside the file, and writes them again with their rows', async () => {
    await recordThenLose(['aegis_audit.db']);
    const beyond = fs.readFileSync(jsonLines());
    await record(1);
    await assertAgrees(folder());
    const aside = own('aegis.recovered')[0].metadata.json_lines_cut_off as {
      file: string;
      bytes: number;
      sha256: string;
    };
    const kept = fs.readFileSync(file(aside.file));
    assert.ok(beyond.subarray(beyond.length - kept.length).equals(kept));
    assert.equal(aside.sha256, createHash('sha256').update(kept).digest('hex'));
  });

  it('writes JSON lines again that are gone', async () => {
    await record(4);
    const lines = fs.readFileSync(jsonLines(), 'utf8');
    fs.writeFileSync(jsonLines(), lines.slice(0, lines.indexOf('\n') + 20));
    await record(1);
    await assertAgrees(folder());
    assert.equal(own('aegis.recovered')[0].metadata.json_lines_written_again, 3);
  });

  it('writes JSON lines again that are gone of the rows, where there is no chain', async () => {
    await record(4, { chain: undefined });
    const lines = fs.readFileSync(jsonLines(), 'utf8');
    fs.writeFileSync(jsonLines(), lines.slice(0, lines.indexOf('\n') + 20));
    await record(1, { chain: undefined });
    assert.deepEqual(
      linesOf(jsonLines()).map(({ id }) => id),
      [1, 2, 3, 4, 5],
    );
  });

  it('is made again of the chain where the database is gone', async () => {
    await record(3);
    for (const name of ['aegis_audit.db', 'aegis_audit.db-wal', 'aegis_audit.db-shm', 'aegis_audit.jsonl'])
      fs.rmSync(file(name), { force: true });
    await record(1);
    const { rows } = await assertAgrees(folder());
    assert.equal(rows.length, 4);
  });

  it('has a torn last line cut off, which is kept beside the chain', async () => {
    await record(2);
    fs.appendFileSync(chain(), '{"action_target": "half');
    await record(1);
    await assertAgrees(folder());
    const aside = own('aegis.recovered')[0].metadata.cut_off as { file: string; bytes: number };
    assert.equal(fs.readFileSync(file(aside.file), 'utf8'), '{"action_target": "half');
  });

  it('has a last line ended that is an entry but for its line end', async () => {
    await recordThenLose(['aegis_audit.db', 'aegis_audit.jsonl']);
    fs.truncateSync(chain(), fs.statSync(chain()).size - 1);
    await record(1);
    await assertAgrees(folder());
    assert.equal(own('aegis.recovered')[0].metadata.line_end_added, true);
    assert.equal(readTrail(folder()).rows.length, 5);
  });

  for (const [what, tamper, problem] of [
    ['shorter', (lines: string[]) => lines.slice(0, -2), /the chain has \d+ bytes where it had \d+/],
    [
      'changed in its last entry',
      (lines: string[]) => [...lines.slice(0, -1), lines.at(-1)!.replace('docs', 'dogs')],
      /not the one that was recorded/,
    ],
    ['gone', () => [], /the chain has 0 bytes/],
    [
      'another one',
      (lines: string[]) => lines.map((line) => line.replace(/[0-9a-f]{64}/g, (hash) => [...hash].reverse().join(''))),
      /not the one/,
    ],
    [
      'continued by somebody who does not link',
      (lines: string[]) => [...lines, lines[0]],
      /does not follow on the one before/,
    ],
    ['continued with what is no entry', (lines: string[]) => [...lines, '{"a": 1}'], /is no entry/],
  ] as const) {
    it(`says in the chain that it is ${what}, which no crash has done, and makes nothing up`, async () => {
      await record(3);
      const before = fs.readFileSync(chain(), 'utf8').split('\n').slice(0, -1);
      const after = tamper(before);
      fs.writeFileSync(chain(), after.map((line) => `${line}\n`).join(''));
      await record(1);
      const lines = fs.readFileSync(chain(), 'utf8').split('\n').slice(0, -1);
      assert.deepEqual(lines.slice(0, after.length), after, 'what was there was changed');
      const added = lines.slice(after.length).map((line) => JSON.parse(line) as Record<string, never>);
      assert.deepEqual(
        added.map((entry) => entry.action_type),
        ['aegis.break_found', 'read_file', 'read_file'],
      );
      const { metadata } = added[0] as unknown as {
        metadata: { problem: string; expected: { entries: number; last_hash: string } };
      };
      assert.match(metadata.problem, problem);
      assert.equal(metadata.expected.entries, 6);
      assert.equal(metadata.expected.last_hash, (JSON.parse(before[5]) as { entry_hash: string }).entry_hash);
      assert.equal(readTrail(folder()).rows.length, 4);
      await record(1);
      assert.equal(
        linesOf(chain()).filter((entry) => entry.action_type === 'aegis.break_found').length,
        1,
        'said twice',
      );
    });
  }

  it('goes on with a chain of lines that end with CR LF, or with CR', async () => {
    for (const end of ['\r\n', '\r']) {
      for (const name of fs.readdirSync(folder())) fs.rmSync(file(name));
      await record(2);
      fs.writeFileSync(chain(), fs.readFileSync(chain(), 'utf8').replaceAll('\n', end));
      for (const name of ['aegis_audit.db', 'aegis_audit.db-wal', 'aegis_audit.db-shm', 'aegis_audit.jsonl'])
        fs.rmSync(file(name), { force: true });
      await record(1);
      await record(1);
      const text = fs.readFileSync(chain(), 'utf8').replace(/\r\n?/g, '\n');
      fs.writeFileSync(chain(), text);
      assert.equal(linesOf(chain()).filter((entry) => entry.action_type === 'aegis.break_found').length, 0);
      await assertAgrees(folder());
    }
  });

  it('refuses a file that is no chain, and leaves it as it is', async () => {
    fs.writeFileSync(chain(), 'Dear diary,\ntoday');
    await assert.rejects(
      record(1),
      /audit_chain\.jsonl" could not be written: it holds something else.*Nothing was recorded/,
    );
    assert.equal(fs.readFileSync(chain(), 'utf8'), 'Dear diary,\ntoday');
  });

  it('begins again where the first entry of all was torn', async () => {
    fs.writeFileSync(chain(), '{"action_target": "ha');
    await record(1);
    await assertAgrees(folder());
  });

  it('refuses to go on with another algorithm', async () => {
    await record(1, { algorithm: 'sha3_256' });
    const before = fs.readFileSync(chain());
    await assert.rejects(record(1), /its entries are hashed with sha3_256, and the recorder is set to sha256/);
    assert.ok(fs.readFileSync(chain()).equals(before));
    fs.rmSync(database());
  });
});
