// Runs Mocha on bundled test files in this process and writes what came out: `node run-mocha.mjs RESULTS TIMEOUT FILE...`

import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const [resultsFile, timeout, ...files] = process.argv.slice(2);
const mocha = new Mocha({ timeout: Number(timeout), grep: process.env.AEGIS_TEST_GREP || undefined });
for (const file of files) mocha.addFile(file);
await mocha.loadFilesAsync();
const runner = mocha.run((failed) => {
  const { passes = 0, pending = 0 } = runner.stats ?? {};
  writeFileSync(resultsFile, JSON.stringify({ passed: passes, failed, pending }));
  // A test that leaves something open must not keep the run from ending; that it did shows in its own assertions.
  process.exit(failed > 0 ? 1 : 0);
});
