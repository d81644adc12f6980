import * as fs from 'node:fs';
import * as path from 'node:path';

/** Puts a file in the place of another at once: whoever reads it finds the old one or the new one, never a part. A link stays a link. */
export function replaceFile(file: string, content: string | Uint8Array, mode?: number): void {
  const place = fs.existsSync(file) ? fs.realpathSync(file) : file;
  const temporary = path.join(path.dirname(place), `.${path.basename(place)}.${process.pid}.tmp`);
  const kept = fs.statSync(place, { throwIfNoEntry: false })?.mode;
  try {
    fs.writeFileSync(temporary, content, { mode: mode ?? (kept === undefined ? undefined : kept & 0o777), flag: 'wx' });
    fs.renameSync(temporary, place);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/** Undefined where there is none. @throws Error of the system, or with a sentence for what is no text in UTF-8. */
export function readTextFile(file: string): string | undefined {
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const text = bytes.toString('utf8');
  if (!Buffer.from(text).equals(bytes)) throw new Error('it is no text in UTF-8');
  return text;
}
