import { rowLine, rowsJsonWriter, type Row } from '../core/log/exportRows';
import { csvColumns, csvHead, csvRow } from './csvRows';
import { ExportFile } from './exportFile';
import { LinesSource } from './linesSource';
import { LogError, type LogSource } from './logSource';

export { isOwnFile } from './ownFile';

export type ExportFormat = 'jsonl' | 'json' | 'csv';

/** Entries between two pauses. */
const CHUNK = 500;

/** Rows, and lines as they stand in a file of lines. */
interface Reader {
  row(position: number): Row;
  line?(position: number): Uint8Array;
  check(): void;
  close(): void;
}

/**
 * Writes entries to a file: JSON lines and JSON as the reference's exports, CSV for a spreadsheet. Lines of a file of lines are copied as
 * they are. What JSON has no form for is marked as what it is. Where it fails, what was at the destination is still there.
 *
 * @returns how many entries.
 * @throws LogError where the file cannot be written, or the log has changed since it was read.
 */
export async function exportEntries(
  source: LogSource,
  positions: Uint32Array,
  format: ExportFormat,
  destination: string,
  pause: () => Promise<void>,
): Promise<number> {
  const reader = readerOf(source);
  try {
    const file = ExportFile.create(destination);
    try {
      const writer = writerOf(source, reader, format);
      for (let i = 0; i < positions.length; i++) {
        for (const part of writer.parts(positions[i])) file.write(part);
        if (i % CHUNK === CHUNK - 1) await pause();
      }
      file.write(writer.end());
      reader.check();
      file.finish();
      return positions.length;
    } catch (error) {
      file.discard();
      throw error;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new LogError(`The export could not be written: ${(error as Error).message}`, 'unwritable');
  } finally {
    reader.close();
  }
}

function readerOf(source: LogSource): Reader {
  if (source instanceof LinesSource) return source.lines();
  return { row: (position) => source.row(position), check: () => undefined, close: () => undefined };
}

interface Writer {
  parts(position: number): (string | Uint8Array)[];
  end(): string;
}

function writerOf({ kind }: LogSource, reader: Reader, format: ExportFormat): Writer {
  switch (format) {
    case 'jsonl':
      return {
        parts: (position) => [reader.line?.(position) ?? rowLine(reader.row(position), 'marked'), '\n'],
        end: () => '',
      };
    case 'json': {
      const list = rowsJsonWriter('marked');
      return { parts: (position) => [list.row(reader.row(position))], end: () => `${list.end()}\n` };
    }
    case 'csv': {
      let columns: ReturnType<typeof csvColumns> | undefined;
      return {
        parts: (position) => {
          const row = reader.row(position);
          if (columns !== undefined) return [csvRow(columns, row)];
          columns = csvColumns(kind, row);
          return [csvHead(columns), csvRow(columns, row)];
        },
        end: () => (columns === undefined ? csvHead(csvColumns(kind, undefined)) : ''),
      };
    }
  }
}
