import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from '../support/temporaryFolder';

describe('What is told of a run of tests', () => {
  const folder = temporaryFolder();

  it('names a test once: as failed, or as one that passed on its second try', () => {
    const tests = path.join(folder(), 'some.test.cjs');
    const results = path.join(folder(), 'results.json');
    fs.writeFileSync(tests, TESTS);
    const program = path.resolve('scripts/run-mocha.mjs');
    const env = { ...process.env, AEGIS_TEST_GREP: '' };
    const { status } = spawnSync(process.execPath, [program, results, '10000', '1', tests], { env });
    assert.equal(status, 1);
    assert.deepEqual(JSON.parse(fs.readFileSync(results, 'utf8')), {
      passed: 2,
      failed: 1,
      pending: 0,
      failures: [{ title: 'Some fail', message: 'try 2' }],
      retried: [{ title: 'Some pass late', message: 'try 1' }],
    });
  });
});

const TESTS = `
let late = 0;
let never = 0;
describe('Some', () => {
  it('pass', () => undefined);
  it('pass late', () => { if (++late < 2) throw new Error('try ' + late); });
  it('fail', () => { throw new Error('try ' + ++never); });
});
`;
