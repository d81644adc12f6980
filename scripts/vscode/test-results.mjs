// What a Mocha run inside an extension host found. It travels in a file: the host itself says only "done" or "failed".

import { readFile } from 'node:fs/promises';

/** The environment variable that names the file. */
export const resultsVariable = 'AEGIS_TEST_RESULTS';

export const resultsName = 'results.json';

/**
 * @typedef {object} TestResults
 * @property {number} passed
 * @property {number} failed
 * @property {number} pending tests that were skipped
 */

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
