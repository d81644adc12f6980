import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import Ajv from 'ajv';

export interface SarifPlace {
  readonly physicalLocation: {
    readonly region: Readonly<Record<string, number>>;
    readonly artifactLocation: { readonly uri: string };
  };
}

export interface SarifLog {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly rules: readonly {
          readonly id: string;
          readonly shortDescription: { readonly text: string };
          readonly fullDescription: { readonly text: string };
          readonly help: { readonly text: string };
        }[];
      };
    };
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
    }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly locations: readonly SarifPlace[];
      readonly relatedLocations?: readonly SarifPlace[];
      readonly fixes?: readonly { readonly artifactChanges: readonly { readonly replacements: unknown }[] }[];
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
const fits = new Ajv({
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

/** A log that fits the schema of SARIF 2.1.0. */
export function isSarif(text: string): SarifLog {
  const log = JSON.parse(text) as SarifLog;
  assert.ok(fits(log), JSON.stringify(fits.errors));
  return log;
}
