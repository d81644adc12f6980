import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import { verifyChainFile } from '../../../src/chainfile/chainFile';
import { reportJson } from '../../../src/core/chain/reportJson';
import { writeJson } from '../../../src/core/json/writeJson';
import { disagreements, expectations, fixture, type Expected, type Verdict } from '../support/fixtures';
import { verifyJson, type VerifyJson } from '../support/runAegis';

const FIELDS = [
  'valid',
  'chain_length',
  'verified_entries',
  'first_broken_at',
  'error_message',
  'verification_hash',
] as const satisfies readonly (keyof Verdict)[];

/** The reference's verdict on the file; over the lines it can read where it refuses the file; null where it has none. */
function verdictOf({ reference, skipping_bad_lines }: Expected): Verdict | undefined {
  if (reference.valid !== undefined) return reference;
  return skipping_bad_lines?.valid === undefined ? undefined : skipping_bad_lines;
}

async function askLibrary(name: string): Promise<VerifyJson> {
  const report = await verifyChainFile(fixture(name), {
    algorithm: 'auto',
    workerScript: path.join(process.cwd(), 'dist', 'chain-worker.js'),
  });
  return JSON.parse(writeJson(reportJson(name, report))) as VerifyJson;
}

function check(expected: Expected, said: VerifyJson): void {
  assert.equal(said.algorithm, expected.algorithm);
  const verdict = verdictOf(expected);
  for (const field of FIELDS) {
    // "valid" also holds the expectations of who asks and what only ours finds; the reference's own is reference_valid.
    if (field === 'valid') continue;
    assert.deepEqual(said[field], verdict === undefined ? null : verdict[field], field);
  }
  if (expected.reference.valid !== undefined) assert.equal(said.valid, expected.reference.valid);
  assert.equal(said.reference_valid, expected.reference.valid === true && expected.reference.raises === undefined);
  assert.equal(said.reference_error === null, said.reference_valid);
  assert.deepEqual(disagreements(expected, said.breaks), []);
  assert.equal(said.breaks_total, said.breaks.length);
  assert.equal(said.valid, expected.tampering.length === 0);
  assert.equal(said.tail, 'unpinned');
  assert.equal(said.appended, null);
}

describe('Every chain of the reference', () => {
  const cases = expectations();

  it('is among the fixtures: intact ones, and each way of tampering', () => {
    assert.ok(cases.length >= 50);
  });

  for (const expected of cases) {
    it(`${expected.case}: has its verdict to the letter, its tampering is found and nothing else is blamed`, async () => {
      check(expected, await askLibrary(expected.case));
    });
  }

  for (const expected of cases) {
    it(`${expected.case}: is told the same on the command line`, () => {
      const { code, said } = verifyJson([fixture(expected.case)]);
      check(expected, said);
      assert.equal(code, said.valid ? 0 : 1);
    });
  }

  it('gives the reason for which the reference refuses it in the words of its exception', async () => {
    for (const { case: name, reference } of cases) {
      if (reference.raises === undefined || name === 'invalid-utf8') continue;
      assert.equal((await askLibrary(name)).reference_error, reference.raises, name);
    }
  });
});
