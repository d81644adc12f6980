import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** An empty folder for each test of the suite that calls this; it is gone afterwards. */
export function temporaryFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aegis-test-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}
