// `npm test`: everything that must hold, on a machine where nothing is set up yet.
//   npm test                     all of it
//   npm test -- --only unit      one part: checks, unit, package, host or ui (may be given several times)
//   npm test -- --grep TEXT      only tests whose title has TEXT in it
// Ends with a line 'N passed, N failed'.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installPackages } from './setup.mjs';
import { projectRoot } from './vscode/paths.mjs';
import { say } from './vscode/say.mjs';

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true, default: [] }, grep: { type: 'string' } },
});
if (values.grep !== undefined) process.env.AEGIS_TEST_GREP = values.grep;

/** @typedef {{ passed: number, failed: number, pending?: number }} Results */

/** @type {Record<string, () => Promise<Results>>} */
const parts = { checks, unit, package: packaging, host, ui };

await installPackages();
await command('node', ['esbuild.js', '--tests'], 'The build');

const total = { passed: 0, failed: 0 };
const wanted = values.only.length > 0 ? values.only : Object.keys(parts);
for (const name of wanted) {
  const part = parts[name];
  if (part === undefined) throw new Error(`There is no part "${name}". Parts: ${Object.keys(parts).join(', ')}.`);
  heading(name);
  try {
    const { passed, failed, pending = 0 } = await part();
    total.passed += passed;
    // A test that is skipped says nothing, so it counts as one that fails.
    total.failed += failed + pending;
  } catch (error) {
    total.failed++;
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  }
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

/** Types, lint with the folder boundaries, formatting. Each counts as one. */
async function checks() {
  const all = {
    'types of everything': ['npx', ['tsc']],
    'the domain needs no ambient types': ['npx', ['tsc', '-p', 'src/core']],
    'types of the page': ['npx', ['tsc', '-p', 'src/webview']],
    'types of the scripts': ['npx', ['tsc', '-p', 'scripts']],
    lint: ['npx', ['eslint', '--max-warnings', '0']],
    'folder boundaries': ['npx', ['depcruise', 'src']],
    formatting: ['npx', ['prettier', '--check', '.']],
  };
  const results = { passed: 0, failed: 0 };
  for (const [name, [program, args]] of Object.entries(all)) {
    const ok = (await run(/** @type {string} */ (program), /** @type {string[]} */ (args))) === 0;
    results[ok ? 'passed' : 'failed']++;
    console.log(`${ok ? '✔' : '✘'} ${name}`);
  }
  return results;
}

/** Plain Node, in seconds. */
async function unit() {
  return mochaIn('unit', 120_000);
}

/** What is packaged: contents, size, that it runs on its own. */
async function packaging() {
  return mochaIn('package', 300_000);
}

/** Inside a real VS Code: the oldest that is supported, a new one, and a new one that does not trust its workspace. */
async function host() {
  const options = {
    extensionPath: projectRoot,
    testsPath: join(projectRoot, 'out', 'test', 'host', 'index.js'),
    workspace: join(projectRoot, 'sample'),
  };
  const results = { passed: 0, failed: 0 };
  /** @param {Promise<Results>} tests */
  const add = async (tests) => {
    const { passed, failed, pending = 0 } = await tests;
    results.passed += passed;
    results.failed += failed + pending;
  };
  if (process.env.AEGIS_TEST_VSCODE === 'desktop') {
    const { runDesktopTests } = await import('./vscode/desktop-tests.mjs');
    for (const version of ['1.100.0', 'stable']) {
      heading(`VS Code ${version}`);
      await add(runDesktopTests({ ...options, version }));
    }
    return results;
  }
  const { runExtensionTests } = await import('./vscode/extension-tests.mjs');
  for (const { version, trust } of /** @type {const} */ ([
    { version: '1.100', trust: 'off' },
    { version: '1.139', trust: 'off' },
    { version: '1.139', trust: 'restricted' },
  ])) {
    heading(`VS Code ${version}${trust === 'restricted' ? ', Restricted Mode' : ''}`);
    await add(runExtensionTests({ ...options, version, trust, env: { AEGIS_TEST_TRUST: trust } }));
  }
  return results;
}

/** VS Code in a browser, driven as a person drives it. */
async function ui() {
  return mochaIn('ui', 600_000);
}

/**
 * @param {string} folder below out/test
 * @param {number} timeout milliseconds for one test
 * @returns {Promise<Results>}
 */
async function mochaIn(folder, timeout) {
  const place = join(projectRoot, 'out', 'test', folder);
  const files = (await readdir(place, { recursive: true }))
    .filter((name) => name.endsWith('.test.js'))
    .sort()
    .map((name) => join(place, name));
  const temporary = await mkdtemp(join(tmpdir(), 'aegis-test-'));
  try {
    const results = join(temporary, 'results.json');
    await run('node', [join(projectRoot, 'scripts', 'run-mocha.mjs'), results, String(timeout), ...files]);
    return JSON.parse(await readFile(results, 'utf8'));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string} name
 */
async function command(program, args, name) {
  const code = await run(program, args);
  if (code !== 0) {
    say(`${name} failed (exit code ${code}).`);
    console.log('\n0 passed, 1 failed');
    process.exit(1);
  }
}

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<number | null>}
 */
function run(program, args) {
  // npm's own commands are scripts on Windows, which only a shell starts.
  const isNode = program === 'node';
  const child = spawn(isNode ? process.execPath : program, args, {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: !isNode && process.platform === 'win32',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
}

/** @param {string} text */
function heading(text) {
  console.log(`\n=== ${text} ===`);
}
