// What a Mocha run found. It travels in a file: the process or the host that ran the tests says only "done" or "failed".

import { readFile } from 'node:fs/promises';

/** The environment variable that names the file. */
export const resultsVariable = 'AEGIS_TEST_RESULTS';

export const resultsName = 'results.json';

/**
 * @typedef {object} Failure
 * @property {string} title of the test, with those of what it stands in
 * @property {string} message
 */

/**
 * @typedef {object} TestResults
 * @property {number} passed
 * @property {number} failed
 * @property {number} pending tests that were skipped
 * @property {Failure[]} failures
 * @property {Failure[]} retried tests that passed on their second try, with what went wrong at first
 */

/**
 * The part of Mocha's runner that is of use here.
 * @typedef {object} Runner
 * @property {{ passes?: number, failures?: number, pending?: number } | undefined} [stats]
 * @property {(event: 'fail' | 'retry', listener: (test: { fullTitle(): string }, error: unknown) => void) => unknown} on
 */

/**
 * Listens to a run.
 * @param {Runner} runner
 * @returns {() => TestResults} what was found so far
 */
export function collectResults(runner) {
  /** @type {Failure[]} */
  const failures = [];
  /** @type {Failure[]} */
  const retried = [];
  /** @type {(list: Failure[]) => (test: { fullTitle(): string }, error: unknown) => void} */
  const into = (list) => (test, error) =>
    list.push({ title: test.fullTitle(), message: error instanceof Error ? error.message : String(error) });
  runner.on('fail', into(failures));
  runner.on('retry', into(retried));
  return () => {
    const { passes = 0, failures: failed = 0, pending = 0 } = runner.stats ?? {};
    // A test that failed on its second try as well is a failure and nothing else.
    const helped = retried.filter(({ title }) => !failures.some((failure) => failure.title === title));
    return { passed: passes, failed, pending, failures, retried: helped };
  };
}

/**
 * @param {string} file
 * @returns {Promise<TestResults | undefined>} undefined where the tests did not come to their end
 */
export async function readResults(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
