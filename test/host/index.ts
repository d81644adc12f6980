// What VS Code calls to run the tests in its extension host: every `*.test.js` beside this file, with Mocha.

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { takeCoverage } from 'node:v8';
import { collectResults, type TestResults } from '../../scripts/vscode/test-results.mjs';

/** Where the harness reads what came out. Not set when the tests are started from the editor's debugger. */
const resultsFile = process.env.AEGIS_TEST_RESULTS;

/** What the harness tells our output from VS Code's own by. Not set on the desktop, where the two do not mix. */
const mark = process.env.AEGIS_TEST_MARK;

/** Only tests whose full title has this in it. */
const only = process.env.AEGIS_TEST_GREP;

/**
 * Runs all the tests.
 * @throws when at least one failed, or there was none though all were asked for: VS Code then ends with an exit code that says so
 */
export async function run(): Promise<void> {
  // Before Mocha is loaded: it remembers the console's functions.
  markOutput();
  const imported = await import('mocha');
  // Mocha 12 is an ES module; older ones have everything in `default`.
  const Mocha = imported.default ?? imported;
  const mocha = new Mocha({
    ui: 'bdd',
    // A test may start commands that load the extension first, on a slow machine.
    timeout: 60_000,
    color: false,
    // Menus, editors and providers of a busy machine's VS Code come late now and then; the run says which were given a second try.
    retries: 1,
    ...(only === undefined ? {} : { grep: only }),
  });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) {
      mocha.addFile(join(__dirname, name));
    }
  }
  await mocha.loadFilesAsync();
  const results = await new Promise<TestResults>((resolve) => {
    const runner = mocha.run(() => resolve(found()));
    const found = collectResults(runner);
  });
  if (resultsFile !== undefined) {
    writeFileSync(resultsFile, JSON.stringify(results));
  }
  if (process.env.NODE_V8_COVERAGE !== undefined) {
    // Written at a process's end otherwise, and this one is ended by force.
    takeCoverage();
  }
  if (results.failed > 0) {
    throw new Error(`${results.failed} of ${results.failed + results.passed} tests failed.`);
  }
  if (results.passed === 0 && only === undefined) {
    throw new Error('No test ran.');
  }
}

function markOutput(): void {
  if (mark === undefined) {
    return;
  }
  for (const level of ['debug', 'log', 'info', 'warn', 'error'] as const) {
    const original = console[level].bind(console);
    // Defined, not assigned: VS Code's extension host has setters here that do nothing.
    Object.defineProperty(console, level, { value: (...args: unknown[]) => original(mark + format(...args)) });
  }
}
