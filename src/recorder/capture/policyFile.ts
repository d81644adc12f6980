import * as fs from 'node:fs';
import * as path from 'node:path';

/** Where the policy of a workspace is, where nobody says so: the first that is there. */
const POLICY_FILES = ['policy.yaml', 'aegis-policy.yaml'] as const;

/** What is there but cannot be looked at counts as there: it may be a policy. */
export function policyFileIn(folder: string): string | undefined {
  return POLICY_FILES.map((name) => path.resolve(folder, name)).find((file) => {
    try {
      fs.lstatSync(file);
      return true;
    } catch (error) {
      return !['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    }
  });
}
