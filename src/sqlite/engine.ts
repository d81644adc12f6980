import * as fs from 'node:fs';
import initSqlJs from 'sql.js';

/**
 * SQLite compiled to WebAssembly (sql.js), with its memory in reach: columns are then read as bytes, without a string made of each.
 * sql.js hands the memory out only to whom instantiates the module, which Emscripten lets its callers do.
 */
export interface Engine {
  readonly open: (bytes: Uint8Array) => OpenDatabase;
  readonly calls: Calls;
  /** The memory as it is now: growing replaces the buffer. */
  memory(): Uint8Array;
}

interface OpenDatabase {
  /** SQLite's own handle. */
  readonly handle: number;
  close(): void;
}

/** The functions of SQLite's C interface that a reader needs. Pointers are numbers. */
export interface Calls {
  readonly _sqlite3_prepare_v2: (db: number, sql: number, length: number, statement: number, tail: number) => number;
  readonly _sqlite3_step: (statement: number) => number;
  readonly _sqlite3_finalize: (statement: number) => number;
  readonly _sqlite3_errmsg: (db: number) => number;
  readonly _sqlite3_bind_text: (
    statement: number,
    index: number,
    text: number,
    length: number,
    destructor: number,
  ) => number;
  readonly _sqlite3_column_count: (statement: number) => number;
  readonly _sqlite3_column_name: (statement: number, column: number) => number;
  readonly _sqlite3_column_type: (statement: number, column: number) => number;
  readonly _sqlite3_column_text: (statement: number, column: number) => number;
  readonly _sqlite3_column_blob: (statement: number, column: number) => number;
  readonly _sqlite3_column_bytes: (statement: number, column: number) => number;
  readonly _sqlite3_column_double: (statement: number, column: number) => number;
  readonly _malloc: (size: number) => number;
  readonly _free: (pointer: number) => void;
  readonly stringToNewUTF8: (text: string) => number;
  readonly UTF8ToString: (pointer: number) => string;
}

/** As much of WebAssembly's interface as is needed here: its types come with a browser's, which a program of Node does without. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
}
interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}
const wasmApi = (
  globalThis as unknown as {
    WebAssembly: {
      readonly Memory: new () => WasmMemory;
      readonly Instance: new (code: unknown, imports: unknown) => WasmInstance;
      compile(bytes: Uint8Array): Promise<unknown>;
    };
  }
).WebAssembly;

/** Where the module keeps its memory for us. */
const MEMORY = Symbol.for('aegis-audit-trail.sqlite-memory');

let engine: Promise<Engine> | undefined;

/** @param wasm the file of SQLite's code, which comes with the package. */
export function loadEngine(wasm: string): Promise<Engine> {
  engine ??= instantiate(wasm);
  return engine;
}

async function instantiate(wasm: string): Promise<Engine> {
  let memory: WasmMemory | undefined;
  const code = await wasmApi.compile(fs.readFileSync(wasm));
  const options = {
    instantiateWasm(imports: unknown, done: (instance: WasmInstance) => void) {
      const instance = new wasmApi.Instance(code, imports);
      memory = Object.values(instance.exports).find((each) => each instanceof wasmApi.Memory);
      done(instance);
      return instance.exports;
    },
  };
  const sql = (await initSqlJs(options)) as initSqlJs.SqlJsStatic & Calls & { [MEMORY]?: WasmMemory };
  // sql.js instantiates its module once in a process and hands it to whoever comes later, who is not asked for an instance.
  sql[MEMORY] ??= memory;
  const grown = sql[MEMORY];
  if (grown === undefined) throw new Error('This build of sql.js does not export its memory.');
  let view = new Uint8Array(grown.buffer);
  return {
    calls: callsOf(sql),
    open(bytes) {
      // Of a Buffer, Emscripten's file system takes a slice, which shares the bytes; of a plain array it would copy them.
      const database = new sql.Database(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      const { db } = database as unknown as { db?: number };
      if (typeof db !== 'number') throw new Error('This build of sql.js hides the handle of its databases.');
      return { handle: db, close: () => database.close() };
    },
    memory() {
      // When memory grows, the buffer before is detached. (To ask the memory for its buffer each time would be felt.)
      if (view.byteLength === 0) view = new Uint8Array(grown.buffer);
      return view;
    },
  };
}

/** The functions in an object of their own: in that of the module, which has hundreds of members, each call would look for its function. */
function callsOf(sql: Calls): Calls {
  return {
    _sqlite3_prepare_v2: sql._sqlite3_prepare_v2,
    _sqlite3_step: sql._sqlite3_step,
    _sqlite3_finalize: sql._sqlite3_finalize,
    _sqlite3_errmsg: sql._sqlite3_errmsg,
    _sqlite3_bind_text: sql._sqlite3_bind_text,
    _sqlite3_column_count: sql._sqlite3_column_count,
    _sqlite3_column_name: sql._sqlite3_column_name,
    _sqlite3_column_type: sql._sqlite3_column_type,
    _sqlite3_column_text: sql._sqlite3_column_text,
    _sqlite3_column_blob: sql._sqlite3_column_blob,
    _sqlite3_column_bytes: sql._sqlite3_column_bytes,
    _sqlite3_column_double: sql._sqlite3_column_double,
    _malloc: sql._malloc,
    _free: sql._free,
    stringToNewUTF8: sql.stringToNewUTF8,
    UTF8ToString: sql.UTF8ToString,
  };
}
