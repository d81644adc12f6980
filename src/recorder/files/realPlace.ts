import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * Where a file is, once and for all: not somewhere else when the program changes its folder, and the same place by whichever links it
 * is named, so that all who write it take turns with the same lock. The file itself need not be there.
 */
export function realPlace(file: string): string {
  const absolute = path.resolve(file);
  return real(absolute) ?? path.join(real(path.dirname(absolute)) ?? path.dirname(absolute), path.basename(absolute));
}

function real(place: string): string | undefined {
  try {
    return fs.realpathSync.native(place);
  } catch {
    return undefined;
  }
}
