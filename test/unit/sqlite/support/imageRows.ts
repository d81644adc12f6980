import * as fs from 'node:fs';
import * as path from 'node:path';
import { loadEngine } from '../../../../src/sqlite/engine';
import { MemoryDatabase } from '../../../../src/sqlite/memoryDatabase';
import type { Database } from '../../../../src/sqlite/cursor';

/** SQLite's code, as the package of sql.js has it. */
export const WASM = path.join('node_modules', 'sql.js', 'dist', 'sql-wasm.wasm');

/** The database of an image. */
export async function openImage(bytes: Uint8Array): Promise<Database> {
  return new MemoryDatabase(await loadEngine(WASM), bytes);
}

type Value = string | number | null;

/** The rows of a query; numbers are small here, and no bytes are kept. */
export function valuesOf(database: Database, sql: string): Value[][] {
  const cursor = database.query(sql);
  try {
    const rows: Value[][] = [];
    while (cursor.next()) {
      rows.push(
        cursor.columns.map((_, column): Value => {
          const cell = cursor.cell(column);
          if (cell.kind === 'integer') return Number(cell.text);
          return cell.kind === 'text' ? cell.text : null;
        }),
      );
    }
    return rows;
  } finally {
    cursor.close();
  }
}

/** All tables with their rows, as `leftovers.py` writes them down. */
export function tablesOf(database: Database): Record<string, Value[][]> {
  const names = valuesOf(database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  const tables = names.map(([name]): [string, Value[][]] => [
    String(name),
    valuesOf(database, `SELECT * FROM "${name}" ORDER BY rowid`),
  ]);
  return Object.fromEntries(tables);
}

/** Name, size, content and times of all files in a folder: what must not change when its evidence is read. */
export function tracesOf(folder: string): string[] {
  return fs.readdirSync(folder).map((name) => {
    const file = path.join(folder, name);
    const { mtimeNs, ctimeNs, ino } = fs.statSync(file, { bigint: true });
    return [name, ino, mtimeNs, ctimeNs, fs.readFileSync(file).toString('base64')].join(' ');
  });
}
