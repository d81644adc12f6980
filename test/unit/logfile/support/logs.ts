import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import initSqlJs from 'sql.js';
import {
  LogService,
  type Answered,
  type Telling,
  type WantedView,
  type WrittenFilter,
} from '../../../../src/logfile/logService';
import { loadEngine } from '../../../../src/sqlite/engine';
import type { Session } from '../../../../src/core/log/sessions';
import type { EntryFacts } from '../../../../src/logfile/entryFacts';
import { WASM } from '../../sqlite/support/imageRows';

export const FIXTURES = path.join('test', 'fixtures', 'db');

/** The time at which the filters of the tests are read. */
export const NOW = Date.parse('2026-05-01T12:00:00Z');

export interface Reading {
  readonly service: LogService;
  /** What was told before answers were whole. */
  readonly told: Telling[];
}

/** A service that reads on this thread. */
export function reading(pause: () => Promise<void> = () => setImmediate()): Reading {
  const told: Telling[] = [];
  const service = new LogService({ wasm: WASM, memoryLimit: 1e9, pause }, (telling) => told.push(telling));
  return { service, told };
}

export const written = (text = ''): WrittenFilter => ({ text, now: NOW });

export function viewOf(filter = '', over: Partial<WantedView> = {}): WantedView {
  return {
    scope: undefined,
    filter: written(filter),
    group: 'none',
    closed: [],
    histogram: 'decision',
    bins: 100,
    ...over,
  };
}

/** The lines of a view, as `gap 14 to 16` and `entry 17`, once it is whole. */
export async function listOf(service: LogService, file: string, wanted: WantedView = viewOf()): Promise<string[]> {
  const { rows } = answered(await service.view(1, file, wanted, 1));
  const list = service.rows(1, 1, 0, rows);
  assert.equal(list.length, rows);
  return list.map((row) => {
    switch (row.kind) {
      case 'entry':
        return `entry ${row.key}`;
      case 'gap':
        return `gap ${row.from} to ${row.to}`;
      case 'group':
        return `${'> '.repeat(row.depth)}${row.agent ?? 'nobody'} ${row.count}${row.closed ? ' closed' : ''}`;
    }
  });
}

/** An answer to a filter that could be read. */
export function answered<T extends object>(answer: Answered<T>): T {
  if ('problem' in answer) throw new Error(answer.problem.message);
  return answer;
}

/** All entries that a filter lets through, in the log's order. */
export async function entriesOf(service: LogService, file: string, filter = ''): Promise<EntryFacts[]> {
  return answered(await service.entries(file, undefined, written(filter), 0, 1e9)).rows.reverse();
}

/** All sessions of a log that a filter lets through, in the order of their first entries. */
export async function sessionsOf(service: LogService, file: string, filter = ''): Promise<Session[]> {
  const { sessions, total } = answered(await service.sessions(file, written(filter), 'oldest', 0, 1e9));
  assert.equal(sessions.length, total);
  return sessions.sort((a, b) => a.first - b.first);
}

/** How many entries have each value, as the reference counts them: `None` for nothing recorded. */
export function countedBy(
  rows: readonly EntryFacts[],
  field: 'session' | 'risk' | 'status' | 'approval' | 'type',
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const value = row[field] ?? 'None';
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}

/** A copy of a fixture with its log or journal, in a folder of its own within another. */
export function copyOfFixture(folder: string, name: string): string {
  const place = fs.mkdtempSync(path.join(folder, `${name}-`));
  const parts = fs.readdirSync(FIXTURES).filter((each) => each.startsWith(`${name}.db`));
  for (const part of parts) fs.copyFileSync(path.join(FIXTURES, part), path.join(place, part));
  return path.join(place, `${name}.db`);
}

/** The table as the newest reference makes it. */
export const TABLE = `CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT NOT NULL, timestamp TEXT NOT NULL, action_type TEXT NOT NULL,
  action_target TEXT NOT NULL, action_params TEXT, action_desc TEXT, risk_level TEXT NOT NULL, approval TEXT NOT NULL,
  matched_rule TEXT, human_decision TEXT, result_status TEXT, result_data TEXT, result_error TEXT, agent_id TEXT,
  parent_agent_id TEXT, chain_id TEXT, chain_depth INTEGER DEFAULT 0);`;

/** Inserts rows of those ids. */
export function rowsOf(ids: readonly (number | bigint)[]): string {
  const values = ids.map(
    (id) =>
      `(${id}, 's${Number(BigInt(id) % 3n)}', '2026-03-29T10:30:02+00:00', 'read_file', 'file ${id}', '{}', 'LOW', 'auto')`,
  );
  if (values.length === 0) return '';
  return `INSERT INTO audit_log (id, session_id, timestamp, action_type, action_target, action_params, risk_level, approval)
    VALUES ${values.join(', ')};`;
}

/** Writes a database that SQL makes. */
export async function makeDatabase(file: string, sql: string): Promise<string> {
  // sql.js is instantiated once, and it is the engine that must do it.
  await loadEngine(WASM);
  const { Database } = await initSqlJs();
  const database = new Database();
  try {
    database.exec(sql);
    fs.writeFileSync(file, database.export());
  } finally {
    database.close();
  }
  return file;
}
