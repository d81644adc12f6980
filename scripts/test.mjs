// `npm test`: everything that must hold, on a machine where nothing is set up yet.
//   npm test                     all of it
//   npm test -- --only unit      one part: checks, unit, recorder, package, host or ui (may be given several times)
//   npm test -- --grep TEXT      only tests whose title has TEXT in it
// Names what failed once more at the end, and what passed only on its second try; the last line is 'N passed, N failed'.

import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { parseArgs } from 'node:util';
import { installPackages } from './setup.mjs';
import { projectRoot } from './vscode/paths.mjs';
import { say } from './vscode/say.mjs';
import { readResults } from './vscode/test-results.mjs';

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true, default: [] }, grep: { type: 'string' } },
});
if (values.grep !== undefined) process.env.AEGIS_TEST_GREP = values.grep;

/** @typedef {import('./vscode/test-results.mjs').TestResults} Results */

/** @type {Record<string, () => Promise<Results>>} */
const parts = { checks, unit, recorder, package: packaging, host, ui };

await installPackages();
await command('node', ['esbuild.js', '--tests'], 'The build');

const total = noResults();
const wanted = values.only.length > 0 ? values.only : Object.keys(parts);
for (const name of wanted) {
  const part = parts[name];
  if (part === undefined) throw new Error(`There is no part "${name}". Parts: ${Object.keys(parts).join(', ')}.`);
  heading(name);
  try {
    add(total, await part(), name);
  } catch (error) {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    add(total, failureOf(name, error), name);
  }
}
list('Passed on the second try only', total.retried);
list('Failed', total.failures);
// A test that is skipped says nothing, so it counts as one that fails.
const failed = total.failed + total.pending;
console.log(`\n${total.passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || total.passed === 0 ? 1 : 0;

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
  const results = noResults();
  for (const [name, [program, args]] of Object.entries(all)) {
    const code = await run(/** @type {string} */ (program), /** @type {string[]} */ (args));
    if (code === 0) results.passed++;
    else add(results, failureOf(name, `exit code ${code}`), '');
    console.log(`${code === 0 ? '✔' : '✘'} ${name}`);
  }
  return results;
}

/** Plain Node, in seconds. */
async function unit() {
  return mochaIn('unit', 120_000, 0);
}

/** What writes trails: on a Node that has SQLite. Where this one has none, VS Code's is installed. */
async function recorder() {
  const hasSqlite = process.getBuiltinModule?.('node:sqlite') !== undefined;
  const { ensureHost, newestHost } = await import('./vscode/host.mjs');
  return mochaIn('recorder', 120_000, 0, hasSqlite ? process.execPath : (await ensureHost(newestHost)).node);
}

/** What is packaged: contents, size, that it runs on its own. */
async function packaging() {
  return mochaIn('package', 300_000, 0);
}

/** Inside a real VS Code: the oldest that is supported, a new one, and a new one that does not trust its workspace. */
async function host() {
  const options = {
    extensionPath: projectRoot,
    testsPath: join(projectRoot, 'out', 'test', 'host', 'index.js'),
    workspace: join(projectRoot, 'sample'),
  };
  const results = noResults();
  if (process.env.AEGIS_TEST_VSCODE === 'desktop') {
    const { runDesktopTests } = await import('./vscode/desktop-tests.mjs');
    for (const version of ['1.100.0', 'stable']) {
      heading(`VS Code ${version}`);
      add(results, await runDesktopTests({ ...options, version }), version);
    }
    return results;
  }
  const { runExtensionTests } = await import('./vscode/extension-tests.mjs');
  for (const { version, trust } of /** @type {const} */ ([
    { version: '1.100', trust: 'off' },
    { version: '1.139', trust: 'off' },
    { version: '1.139', trust: 'restricted' },
  ])) {
    const name = `VS Code ${version}${trust === 'restricted' ? ', Restricted Mode' : ''}`;
    heading(name);
    add(results, await runExtensionTests({ ...options, version, trust, env: { AEGIS_TEST_TRUST: trust } }), name);
  }
  return results;
}

/** VS Code in a browser, driven as a person drives it. What comes late there on a busy machine gets a second try, which is told. */
async function ui() {
  return mochaIn('ui', 600_000, 1);
}

/**
 * @param {string} folder below out/test
 * @param {number} timeout milliseconds for one test
 * @param {number} retries of a test that failed
 * @param {string} [node] the Node to run them with
 * @returns {Promise<Results>}
 */
async function mochaIn(folder, timeout, retries, node = process.execPath) {
  const place = join(projectRoot, 'out', 'test', folder);
  const files = (await readdir(place, { recursive: true }))
    .filter((name) => name.endsWith('.test.js'))
    .sort()
    .map((name) => join(place, name));
  const temporary = await mkdtemp(join(tmpdir(), 'aegis-test-'));
  try {
    const results = join(temporary, 'results.json');
    const program = join(projectRoot, 'scripts', 'run-mocha.mjs');
    await run(node, [program, results, String(timeout), String(retries), ...files]);
    const found = await readResults(results);
    if (found === undefined) throw new Error(`The tests in test/${folder} did not come to their end.`);
    return found;
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
  const isNode = program === 'node' || isAbsolute(program);
  const child = spawn(program === 'node' ? process.execPath : program, args, {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: !isNode && process.platform === 'win32',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
}

/** @returns {Results} */
function noResults() {
  return { passed: 0, failed: 0, pending: 0, failures: [], retried: [] };
}

/**
 * @param {string} title
 * @param {unknown} error
 * @returns {Results}
 */
function failureOf(title, error) {
  const message = error instanceof Error ? error.message : String(error);
  return { ...noResults(), failed: 1, failures: [{ title, message }] };
}

/**
 * @param {Results} sum is added to
 * @param {Results} more
 * @param {string} place where these tests ran; may be empty
 */
function add(sum, more, place) {
  sum.passed += more.passed;
  sum.failed += more.failed;
  sum.pending += more.pending;
  for (const which of /** @type {const} */ (['failures', 'retried'])) {
    sum[which].push(
      ...more[which].map(({ title, message }) => ({
        title: place === '' || place === title ? title : `${place}: ${title}`,
        message,
      })),
    );
  }
}

/**
 * @param {string} text
 * @param {import('./vscode/test-results.mjs').Failure[]} failures
 */
function list(text, failures) {
  if (failures.length === 0) return;
  heading(text);
  for (const { title, message } of failures) console.log(`${title}\n    ${message.slice(0, 2000)}`);
}

/** @param {string} text */
function heading(text) {
  console.log(`\n=== ${text} ===`);
}
