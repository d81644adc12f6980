import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { MARK_KINDS } from '../../src/host/chain/markKinds';

/** Everything that the extension is made of. A file that is not in this list has no business in the package. */
const CONTENTS = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'THIRD-PARTY-NOTICES.md',
  'dist/chain-worker.js',
  'dist/extension.js',
  'dist/hook.js',
  'dist/log-worker.js',
  'dist/policy-worker.js',
  'dist/sql-wasm.wasm',
  'dist/timeline.js',
  'media/aegis-chain.tmLanguage.json',
  'media/aegis.svg',
  ...MARK_KINDS.flatMap((kind) => ['light', 'dark'].map((theme) => `media/gutter/${kind}-${theme}.svg`)),
  'media/icon.png',
  'media/timeline.css',
  'package.json',
];

describe('The packaged extension', () => {
  let folder: string;

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aegis-package-'));
  });

  after(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('is a .vsix under 2 MB', () => {
    const file = path.join(folder, 'aegis.vsix');
    execFileSync(process.execPath, ['scripts/package.mjs', file], { stdio: 'pipe' });
    const { size } = fs.statSync(file);
    assert.ok(size > 10_000 && size < 2_000_000, `${size} bytes`);
  });

  it('holds what is listed and nothing else', () => {
    const vsce = path.join('node_modules', '@vscode', 'vsce', 'vsce');
    const listed = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const files = listed
      .split('\n')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.endsWith('.LEGAL.txt'));
    assert.deepEqual(files.sort(), CONTENTS.toSorted());
  });
});

describe('The npm package', () => {
  it('holds the command line and the library, and installs without any other package', () => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    execFileSync(process.execPath, ['esbuild.js', '--production'], { stdio: 'pipe' });
    execFileSync(npm, ['run', 'build:types'], { stdio: 'pipe', shell: process.platform === 'win32' });
    const answer = execFileSync(npm, ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    });
    const packed = JSON.parse(answer) as
      { files: { path: string }[] }[] | Record<string, { files: { path: string }[] }>;
    const [{ files }] = Object.values(packed);
    const names = files.map((file) => file.path);
    for (const name of [
      'dist/cli.js',
      'dist/sql-wasm.wasm',
      'dist/chain-worker.js',
      'dist/hook.js',
      'dist/index.js',
      'dist/index.mjs',
      'dist/auto.mjs',
      'dist/types/auto.d.ts',
      'dist/types/index.d.ts',
      'LICENSE',
      'README.md',
    ]) {
      assert.ok(names.includes(name), `${name} is missing`);
    }
    const foreign = names.filter(
      (name) => !/^(dist\/|LICENSE$|THIRD-PARTY-NOTICES\.md$|README\.md$|CHANGELOG\.md$|package\.json$)/.test(name),
    );
    assert.deepEqual(foreign, []);
    const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { dependencies?: object };
    assert.deepEqual(Object.keys(manifest.dependencies ?? {}), []);
  });

  it('instruments a program where nothing else is installed, or says why it does not', () => {
    const place = fs.mkdtempSync(path.join(os.tmpdir(), 'aegis-auto-'));
    const installed = path.join(place, 'node_modules', 'aegis-audit-trail');
    fs.mkdirSync(path.join(installed, 'dist'), { recursive: true });
    for (const name of ['package.json', 'dist/index.mjs', 'dist/auto.mjs'])
      fs.copyFileSync(name, path.join(installed, name));
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--no-warnings', '--import', 'aegis-audit-trail/auto', '-e', 'console.log("ran")'],
      { cwd: place, encoding: 'utf8' },
    );
    assert.equal(stdout, 'ran\n');
    const hasSqlite = process.getBuiltinModule?.('node:sqlite') !== undefined;
    assert.match(
      stderr,
      hasSqlite
        ? /^aegis: The tool calls of this program are recorded in \.aegis, and none is blocked: there is no policy\.yaml\. None of the libraries is installed here/
        : /^aegis: Recording needs Node 22\.13 or newer, for its SQLite: this is Node 2\d\..* No tool call is recorded, and none is blocked\.$/m,
    );
    fs.rmSync(place, { recursive: true, force: true });
  });

  it('runs where nothing but Node is installed', () => {
    const place = fs.mkdtempSync(path.join(os.tmpdir(), 'aegis-alone-'));
    for (const name of ['cli.js', 'chain-worker.js', 'sql-wasm.wasm'])
      fs.copyFileSync(path.join('dist', name), path.join(place, name));
    fs.copyFileSync(path.join('sample', 'intact.jsonl'), path.join(place, 'chain.jsonl'));
    const said = execFileSync(process.execPath, ['cli.js', 'verify', 'chain.jsonl'], { cwd: place, encoding: 'utf8' });
    assert.match(said, /^Chain intact: all 84 entries verified\./);
    fs.copyFileSync(path.join('test', 'fixtures', 'db', 'small.db'), path.join(place, 'audit.db'));
    const rows = execFileSync(process.execPath, ['cli.js', 'audit', '--db', 'audit.db'], {
      cwd: place,
      encoding: 'utf8',
    });
    assert.equal(rows, fs.readFileSync(path.join('test', 'fixtures', 'db', 'small.table.txt'), 'utf8'));
    fs.rmSync(place, { recursive: true, force: true });
  });
});
