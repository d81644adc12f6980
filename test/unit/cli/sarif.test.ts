import * as assert from 'node:assert/strict';
import { expectations, fixture } from '../support/fixtures';
import { runAegis } from '../support/runAegis';
import { isSarif, type SarifLog } from '../support/sarif';

function sarif(args: readonly string[], input?: string): SarifLog {
  return isSarif(runAegis(['verify', ...args, '--format', 'sarif'], { input }).stdout);
}

/** What breaks the chain or the expectation; notes are true and break nothing. */
function faults(log: SarifLog): string[] {
  return log.runs[0].results.filter(({ level }) => level === 'error').map(({ ruleId }) => ruleId);
}

describe('The SARIF of aegis verify', () => {
  it('fits the schema of SARIF 2.1.0, whatever the chain', () => {
    for (const { case: name } of expectations()) sarif([fixture(name)]);
    sarif([fixture('intact-sha256'), '--expect-count', '900']);
    sarif([fixture('intact-sha256'), '--expect-last-hash', 'f'.repeat(64)]);
    sarif(['-'], 'no chain\n\u0000\n');
  }).timeout(60_000);

  it('has a result on the line of each break', () => {
    const [{ results }] = sarif([fixture('mixed')]).runs;
    assert.deepEqual(
      results.map(({ ruleId, locations }) => [ruleId, locations[0].physicalLocation.region.startLine]),
      [
        ['deleted', 7],
        ['modified', 15],
        ['reordered', 29],
      ],
    );
    assert.equal(results[0].locations[0].physicalLocation.artifactLocation.uri, 'test/fixtures/chains/mixed.jsonl');
  });

  it('has a result for a tail that is not what was expected', () => {
    const truncated = sarif([fixture('intact-sha256'), '--expect-count', '900']);
    assert.deepEqual(faults(truncated), ['tail-truncated']);
    const differs = sarif([fixture('intact-sha256'), '--expect-last-hash', 'f'.repeat(64)]);
    assert.deepEqual(faults(differs), ['tail-differs']);
  });
});
