import * as fs from 'node:fs';

/** Which file stands under a name, so that it can be told later whether it still does. Undefined where there is none. */
export function identityOf(file: string): string | undefined {
  const status = fs.statSync(file, { bigint: true, throwIfNoEntry: false });
  return status && `${status.dev}:${status.ino}`;
}
