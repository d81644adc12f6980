import * as fs from 'node:fs';
import { AppendFile } from '../files/appendFile';

/** Gives a file of JSON lines another name, and begins a new one. */
export function putAway(jsonLines: AppendFile, archive: string): AppendFile {
  jsonLines.close();
  fs.renameSync(jsonLines.file, archive);
  return AppendFile.open(jsonLines.file);
}
