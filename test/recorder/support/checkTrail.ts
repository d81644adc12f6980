import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { verifyChainFile } from '../../../src/chainfile/chainFile';
import { nodeSqlite } from '../../../src/sqlite/nodeDatabase';

type Json = Readonly<Record<string, unknown>>;

/** What a trail holds, read by means other than those that wrote it. */
export interface TrailContent {
  readonly entries: readonly (Json & { readonly metadata: Json })[];
  readonly rows: readonly Json[];
  readonly jsonLines: readonly Json[];
  /** Which action a row is of. */
  readonly actionOf: ReadonlyMap<number, string>;
}

export function readTrail(folder: string): TrailContent {
  const database = new (nodeSqlite()!.DatabaseSync)(path.join(folder, 'aegis_audit.db'), { readOnly: true });
  try {
    return {
      entries: chainFiles(folder).flatMap((file) => linesOf(file) as (Json & { readonly metadata: Json })[]),
      rows: database.prepare('SELECT * FROM audit_log ORDER BY id').all(),
      jsonLines: filesOf(folder, 'aegis_audit').flatMap((file) => linesOf(file)),
      actionOf: new Map(
        database
          .prepare('SELECT * FROM aegis_action')
          .all()
          .map((row) => [Number(row.row_id), String(row.action_id)]),
      ),
    };
  } finally {
    database.close();
  }
}

/** The chain and those before it, oldest first: each names the one before in its first entry. */
export function chainFiles(folder: string): string[] {
  const files = [path.join(folder, 'audit_chain.jsonl')];
  for (;;) {
    const [first] = linesOf(files[0]);
    if (first?.action_type !== 'aegis.rotated') break;
    const { previous_chain: before } = first.metadata as { previous_chain: { file: string; last_hash: string } };
    const file = path.join(folder, before.file);
    assert.equal(linesOf(file).at(-1)?.entry_hash, before.last_hash);
    files.unshift(file);
  }
  const others = filesOf(folder, 'audit_chain').filter((file) => !files.includes(file));
  assert.deepEqual(others, [], 'there are chains that no chain names');
  return files;
}

function filesOf(folder: string, name: string): string[] {
  const files = fs.readdirSync(folder).filter((file) => file.startsWith(`${name}.`) && file.endsWith('.jsonl'));
  return files.map((file) => path.join(folder, file));
}

export function linesOf(file: string): Json[] {
  const text = fs.readFileSync(file, 'utf8');
  assert.ok(text === '' || text.endsWith('\n'), `${file} ends in the middle of a line`);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Json);
}

/** Fails where the chain does not verify, or where rows, entries and JSON lines do not tell the same story. */
export async function assertAgrees(folder: string): Promise<TrailContent> {
  for (const file of chainFiles(folder)) {
    // A chain of some megabytes is read by several threads.
    const workerScript = path.resolve('dist', 'chain-worker.js');
    const report = await verifyChainFile(file, { algorithm: 'auto', workerScript, offThread: false });
    assert.deepEqual(
      { file, valid: report.valid, breaks: report.explanation.breaks.slice(0, 3) },
      { file, valid: true, breaks: [] },
    );
  }
  const content = readTrail(folder);
  const told = new Map<string, { attempts: number; ends: number; last: Json & { readonly metadata: Json } }>();
  for (const entry of content.entries) {
    const { action_id: id, phase } = entry.metadata;
    if (typeof id !== 'string') continue;
    const known = told.get(id) ?? { attempts: 0, ends: 0, last: entry };
    told.set(id, {
      attempts: known.attempts + (phase === 'attempt' ? 1 : 0),
      ends: known.ends + (phase === 'attempt' ? 0 : 1),
      last: entry,
    });
  }
  const rowOf = new Map([...content.actionOf].map(([row, id]) => [id, row]));
  const rows = new Map(content.rows.map((row) => [Number(row.id), row]));
  for (const [id, { attempts, ends, last }] of told) {
    assert.ok(attempts <= 1 && ends <= 1, `action ${id} has ${attempts} attempts and ${ends} ends`);
    const row = rows.get(rowOf.get(id) ?? NaN);
    assert.ok(row !== undefined, `action ${id} has an entry and no row`);
    assert.equal(row.action_target, last.action_target);
    assert.equal(row.action_params, pythonJson(last.metadata.action_params));
    assert.equal(row.result_status, ends === 1 ? last.metadata.result_status : null);
    assert.equal(row.timestamp, last.metadata.attempted_at ?? last.timestamp);
  }
  assert.equal(content.actionOf.size, told.size, 'there are rows that no entry names');
  const ended = content.rows.filter((row) => row.result_status !== null && content.actionOf.has(Number(row.id)));
  const byId = (one: Json, other: Json): number => Number(one.id) - Number(other.id);
  assert.deepEqual([...content.jsonLines].sort(byId), ended.map((row) => ({ ...row })).sort(byId));
  return content;
}

/** Enough for the parameters of these tests. */
function pythonJson(value: unknown): string {
  return JSON.stringify(value).replace(/":/g, '": ').replace(/,"/g, ', "');
}
