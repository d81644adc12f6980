import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import Ajv from 'ajv';
import { expectations, fixture } from '../support/fixtures';
import { runAegis } from '../support/runAegis';

interface Log {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly region: { readonly startLine: number };
          readonly artifactLocation: { readonly uri: string };
        };
      }[];
    }[];
  }[];
}

const schema = JSON.parse(
  fs.readFileSync(path.join('test', 'fixtures', 'sarif', 'sarif-schema-2.1.0.json'), 'utf8'),
) as Record<string, unknown>;
// It is of draft 4, but uses nothing that means something else in the drafts that ajv knows.
delete schema.$schema;
delete schema.id;

/** Formats are told by regular expressions of RFC 3986 and RFC 3339 for what a log of ours holds. */
const isValid = new Ajv({
  strict: false,
  logger: false,
  validateSchema: false,
  unicodeRegExp: false,
  formats: {
    uri: /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i,
    'uri-reference': /^[^\s<>"{}|\\^`]*$/,
    'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/,
  },
}).compile(schema);

function sarif(args: readonly string[], input?: string): Log {
  const { stdout } = runAegis(['verify', ...args, '--format', 'sarif'], { input });
  const log = JSON.parse(stdout) as Log;
  assert.ok(isValid(log), JSON.stringify(isValid.errors));
  return log;
}

/** What breaks the chain or the expectation; notes are true and break nothing. */
function faults(log: Log): string[] {
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
