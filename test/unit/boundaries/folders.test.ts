import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from '../support/temporaryFolder';

const DEPCRUISE = path.resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

describe('The boundaries between the folders', () => {
  const folder = temporaryFolder();

  /** Lints a copy of the sources in which core has one more file. */
  function lintWith(leak: string | undefined, file = 'core/leak.ts'): { code: number | null; said: string } {
    const copy = path.join(folder(), 'copy');
    fs.rmSync(copy, { recursive: true, force: true });
    fs.cpSync('src', path.join(copy, 'src'), { recursive: true });
    for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
      fs.cpSync(name, path.join(copy, name));
    fs.symlinkSync(path.resolve('node_modules'), path.join(copy, 'node_modules'), 'junction');
    if (leak !== undefined) fs.writeFileSync(path.join(copy, 'src', file), leak);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [DEPCRUISE, '--config', '.dependency-cruiser.cjs', 'src'],
      { cwd: copy, encoding: 'utf8' },
    );
    return { code: status, said: stdout + stderr };
  }

  it('are kept by the sources as they are', () => {
    const { code, said } = lintWith(undefined);
    assert.equal(code, 0, said);
  }).timeout(60_000);

  it('fail the lint where core imports the editor', () => {
    const { code, said } = lintWith("import * as vscode from 'vscode';\nexport const leak = vscode.version;\n");
    assert.notEqual(code, 0);
    assert.match(said, /core-stands-alone: src\/core\/leak\.ts/);
  }).timeout(60_000);

  it('fail the lint where the command line imports the editor', () => {
    const { code, said } = lintWith("export { version } from 'vscode';\n", 'cli/leak.ts');
    assert.notEqual(code, 0);
    assert.match(said, /editor-only-in-host: src\/cli\/leak\.ts/);
  }).timeout(60_000);

  it('fail the lint where core imports a Node built-in', () => {
    const { code, said } = lintWith("import * as fs from 'node:fs';\nexport const leak = fs.constants;\n");
    assert.notEqual(code, 0);
    assert.match(said, /core-stands-alone: src\/core\/leak\.ts/);
  }).timeout(60_000);

  it('fail the lint where core imports another folder', () => {
    const { code, said } = lintWith("export { feedLines } from '../chainfile/feedLines';\n");
    assert.notEqual(code, 0);
    assert.match(said, /boundary-of-core: src\/core\/leak\.ts/);
  }).timeout(60_000);
});
