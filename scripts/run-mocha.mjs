// Runs Mocha on bundled test files in this process and writes what came out:
// `node run-mocha.mjs RESULTS TIMEOUT RETRIES FILE...`

import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { collectResults } from './vscode/test-results.mjs';

const [resultsFile, timeout, retries, ...files] = process.argv.slice(2);
const mocha = new Mocha({
  timeout: Number(timeout),
  retries: Number(retries),
  grep: process.env.AEGIS_TEST_GREP || undefined,
});
for (const file of files) mocha.addFile(file);
await mocha.loadFilesAsync();
const runner = mocha.run((failed) => {
  writeFileSync(resultsFile, JSON.stringify(results()));
  // A test that leaves something open must not keep the run from ending; that it did shows in its own assertions.
  process.exit(failed > 0 ? 1 : 0);
});
const results = collectResults(runner);
