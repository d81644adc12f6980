import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isOwnFile } from '../../../src/logfile/ownFile';
import { temporaryFolder } from '../support/temporaryFolder';

describe('A file that an export must not be written to', () => {
  const folder = temporaryFolder();

  it('is the log, and what SQLite keeps or would keep beside it, by whatever name', () => {
    const logs = path.join(folder(), 'logs');
    fs.mkdirSync(logs);
    const log = path.join(logs, 'x.db');
    fs.writeFileSync(log, '');
    fs.writeFileSync(`${log}-wal`, '');
    const link = path.join(folder(), 'link.db');
    fs.symlinkSync(log, link);
    const linkedFolder = path.join(folder(), 'linked');
    fs.symlinkSync(logs, linkedFolder);
    const dangling = path.join(folder(), 'dangling');
    fs.symlinkSync(path.join('logs', 'x.db-journal'), dangling);
    const again = path.join(folder(), 'again');
    fs.symlinkSync('dangling', again);
    const hard = path.join(folder(), 'hard');
    fs.linkSync(`${log}-wal`, hard);
    const own = ['', '-wal', '-journal', '-shm'];
    for (const source of [log, link, path.join(linkedFolder, 'x.db'), path.relative('.', log)]) {
      for (const end of own) {
        assert.ok(isOwnFile(source, log + end), `${source} ${end}`);
        assert.ok(isOwnFile(source, path.join(linkedFolder, `x.db${end}`)), `${source} linked ${end}`);
        assert.ok(isOwnFile(source, source + end), `${source}${end}`);
      }
      for (const each of [dangling, again, hard]) assert.ok(isOwnFile(source, each), each);
      for (const each of ['y.db', 'x.db.jsonl', 'none/x.db', 'link.db.jsonl']) {
        assert.ok(!isOwnFile(source, path.join(folder(), each)), each);
      }
    }
    const circle = path.join(folder(), 'circle');
    fs.symlinkSync('circle', circle);
    assert.equal(isOwnFile(log, circle), false);
  });
});
