import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { tableOf } from './auditTable';
import { DamagedError, type Database } from './cursor';
import { loadEngine } from './engine';
import { AuditDatabaseError } from './errors';
import {
  copyDatabaseImage,
  readDatabaseImage,
  readImageChanges,
  stampDatabase,
  type DatabaseImage,
  type DatabaseStamp,
  type ImageChanges,
} from './image/databaseImage';
import { DATABASE_HEADER, pageCountOf, pageSizeOf } from './image/header';
import { MemoryDatabase } from './memoryDatabase';
import { NodeDatabase, readingSqlite } from './nodeDatabase';
import { assertSchemaEnds } from './schemaTree';
import { PlainTable, type TableColumn } from './table/plainTable';

export interface AuditDatabaseOptions {
  /** SQLite's code, `sql-wasm.wasm`. */
  readonly wasm: string;
  /** Bytes up to which a database is read into memory. */
  readonly memoryLimit: number;
  readonly signal?: AbortSignal;
}

/** A database that can be asked, with the table of the audit log. */
export interface OpenedDatabase {
  readonly database: Database;
  readonly stamp: DatabaseStamp;
  readonly declared: readonly TableColumn[];
  /** Names of the table's columns, in its order. */
  readonly columns: readonly string[];
  /** The same table, where its pages are at hand and as they should be. */
  readonly table: PlainTable | undefined;
  /** The bytes, where they are in memory. */
  readonly image: DatabaseImage | undefined;
  /** Takes away what stands on the disk. */
  dispose(): void;
}

/** Opens a database as of its last commit. @throws AuditDatabaseError, DatabaseFileError, DamagedError. */
export async function openDatabase(file: string, options: AuditDatabaseOptions): Promise<OpenedDatabase> {
  const { size } = stampDatabase(file);
  if (size > options.memoryLimit) return await openCopy(file, size, options);
  // SQLite is compiled while the file is read.
  loadEngine(options.wasm).catch(() => undefined);
  return await openImage(await readDatabaseImage(file, options), options);
}

/**
 * Opens one that was opened before. The earlier one is closed, whatever comes of it.
 *
 * @returns with the id up to which all rows are as they were; undefined where none can be told to be.
 */
export async function reopenDatabase(
  file: string,
  options: AuditDatabaseOptions,
  before: OpenedDatabase,
): Promise<{ readonly opened: OpenedDatabase; readonly sameUpTo: bigint | undefined }> {
  const { image, table } = before;
  let changes: ImageChanges | undefined;
  let isTold = false;
  try {
    changes = image && table && (await readImageChanges(file, image, options));
    isTold = changes !== undefined && table!.tellsOf(changes.pages);
  } finally {
    // Two copies of a database in memory are one too many.
    before.database.close();
    before.dispose();
  }
  if (changes === undefined) return { opened: await openDatabase(file, options), sameUpTo: undefined };
  const opened = await openImage(changes.apply(), options);
  const isSameTable = JSON.stringify(opened.declared) === JSON.stringify(before.declared);
  return { opened, sameUpTo: isTold && isSameTable ? opened.table?.sameUpTo(table!, changes.pages) : undefined };
}

async function openImage(image: DatabaseImage, { wasm }: AuditDatabaseOptions): Promise<OpenedDatabase> {
  const { bytes, stamp } = image;
  // A copy of its own: SQLite may write to the image.
  const start = bytes.slice(0, DATABASE_HEADER);
  assertSchemaEnds((position, length) => bytes.subarray(position, position + length));
  const database = new MemoryDatabase(await loadEngine(wasm), bytes);
  try {
    const { columns, root } = tableOf(database);
    const table = PlainTable.of(bytes, root, columns);
    return { database, stamp, ...named(columns), table, image, dispose: () => undefined };
  } catch (error) {
    database.close();
    // Of a page that is there in part, the image has the rest as zeros: it does not count.
    throw asCut(error, start, Math.min(stamp.size, bytes.length));
  }
}

async function openCopy(
  file: string,
  size: number,
  { memoryLimit, signal }: AuditDatabaseOptions,
): Promise<OpenedDatabase> {
  const sqlite = readingSqlite();
  if (sqlite === undefined) throw tooLarge(size, memoryLimit);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aegis-'));
  const dispose = (): void => fs.rmSync(folder, { recursive: true, force: true });
  let database: Database | undefined;
  try {
    const copy = path.join(folder, 'copy.db');
    const stamp = await copyDatabaseImage(file, copy, { signal });
    const start = partOf(copy, 0, DATABASE_HEADER);
    const length = Math.min(stamp.size, fs.statSync(copy).size);
    assertSchemaEnds((position, length) => partOf(copy, position, length));
    database = new NodeDatabase(sqlite, copy);
    // An open file outlives its name, and then nothing is left behind whatever ends this process. Windows keeps the name.
    if (process.platform !== 'win32') dispose();
    try {
      const { columns } = tableOf(database);
      return { database, stamp, ...named(columns), table: undefined, image: undefined, dispose };
    } catch (error) {
      throw asCut(error, start, length);
    }
  } catch (error) {
    database?.close();
    dispose();
    throw error;
  }
}

function named(declared: readonly TableColumn[]): Pick<OpenedDatabase, 'declared' | 'columns'> {
  return { declared, columns: declared.map(({ name }) => name) };
}

/** SQLite says of a file that was cut no more than that it is malformed; its header tells how long it was. */
function asCut(error: unknown, start: Uint8Array, size: number): unknown {
  const stated = pageCountOf(start);
  const there = Math.floor(size / (pageSizeOf(start) ?? 1));
  if (!(error instanceof DamagedError) || error.isOutOfMemory || stated === undefined || stated <= there) return error;
  const [all, left] = [stated, there].map((pages) => pages.toLocaleString('en-US'));
  return new AuditDatabaseError(
    'damaged',
    `This database is damaged: it ends early. Of the ${all} pages that its header states, ${left} ${there === 1 ? 'is' : 'are'} there.`,
  );
}

function partOf(file: string, position: number, length: number): Uint8Array {
  const descriptor = fs.openSync(file, 'r');
  try {
    const part = Buffer.alloc(length);
    return part.subarray(0, fs.readSync(descriptor, part, 0, length, position));
  } finally {
    fs.closeSync(descriptor);
  }
}

function tooLarge(size: number, limit: number): AuditDatabaseError {
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en-US')} MB`;
  return new AuditDatabaseError(
    'too-large',
    `This database has ${megabytes(size)}. More than ${megabytes(limit)} is not read into memory, and this version of Node has no SQLite of its own.`,
  );
}
