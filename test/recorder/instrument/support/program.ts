import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { LibraryState } from '../../../../src/recorder/instrument/attachments';
import { temporaryFolder } from '../../../unit/support/temporaryFolder';
import { assertAgrees } from '../../support/checkTrail';

const PROGRAMS = path.resolve('test/recorder/instrument/programs');

/** Which of the three calls of the agents may be made. */
export const POLICY = `version: '1'
rules:
  - name: reading
    match: { type: 'read_*' }
    approval: auto
  - name: mails_need_a_person
    match: { type: send_mail }
    approval: approve
  - name: nothing_is_deleted
    match: { type: 'delete_*' }
    approval: block
  - name: others
    approval: auto
`;

/** An error as the program saw it. */
export interface SeenError {
  readonly name: string;
  readonly message: string;
  readonly isBlocked: boolean;
  readonly isRecordError: boolean;
  readonly rule?: string;
  readonly status?: string;
  readonly executed?: boolean;
}

export interface Answer<T> {
  readonly seen: T;
  readonly thrown?: SeenError;
  /** The tools that were called, in a row. */
  readonly made: readonly string[];
  readonly isSame?: boolean;
  readonly problem?: string;
  readonly libraries: readonly LibraryState[];
  /** What was written to the standard error. */
  readonly said: string;
}

export type When = 'auto' | 'before' | 'after' | 'undone' | 'twice' | 'never';

export interface Project {
  readonly folder: string;
  /** Runs an agent in a process of its own. @param node further arguments for Node. */
  readonly run: <T>(library: string, when: When, settings?: object, node?: readonly string[]) => Answer<T>;
  /** Runs another of the programs; gives what it printed. */
  readonly program: (
    name: string,
    args?: readonly string[],
    node?: readonly string[],
  ) => { readonly out: string; readonly said: string };
  readonly write: (name: string, text: string) => void;
  /** What was recorded, when all that records it agrees: tool, status, rule, and what the person said. */
  readonly recorded: () => Promise<readonly Recorded[]>;
}

export interface Recorded {
  readonly tool: unknown;
  readonly status: unknown;
  readonly rule: unknown;
  readonly human: unknown;
  readonly row: Readonly<Record<string, unknown>>;
}

/** A folder for each test, as of a program that has installed the package. */
export function project({ policy }: { readonly policy: string | undefined } = { policy: POLICY }): () => Project {
  const folder = temporaryFolder();
  beforeEach(() => {
    const modules = path.join(folder(), 'node_modules');
    fs.mkdirSync(modules);
    fs.symlinkSync(path.resolve('.'), path.join(modules, 'aegis-audit-trail'), 'junction');
    if (policy !== undefined) fs.writeFileSync(path.join(folder(), 'policy.yaml'), policy);
  });
  return () => projectIn(folder());
}

function projectIn(folder: string): Project {
  const start = (args: readonly string[]): { out: string; said: string } => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--no-warnings', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    });
    assert.equal(status, 0, stderr);
    return { out: stdout, said: stderr };
  };
  return {
    folder,
    run: <T>(library: string, when: When, settings: object = {}, node: readonly string[] = []) => {
      const auto = when === 'auto' ? ['--import', 'aegis-audit-trail/auto'] : [];
      const program = path.join(PROGRAMS, 'agent.mjs');
      const { out, said } = start([...node, ...auto, program, library, when, JSON.stringify(settings)]);
      return { ...(JSON.parse(out.trimEnd().split('\n').at(-1)!) as Answer<T>), said };
    },
    program: (name, args = [], node = []) => start([...node, path.join(PROGRAMS, name), ...args]),
    write: (name, text) => {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    },
    recorded: async () => {
      const { rows } = await assertAgrees(path.join(folder, '.aegis'));
      return rows.map((row) => ({
        tool: row.action_type,
        status: row.result_status,
        rule: row.matched_rule,
        human: row.human_decision,
        row,
      }));
    },
  };
}

/** What is recorded of the agents' three calls. */
export function short(recorded: readonly Recorded[]): string[] {
  return recorded.map(({ tool, status, rule, human }) => [tool, status, rule, human ?? '-'].map(String).join(' '));
}

/** Those of libraries that are more than installed. */
export function found({ libraries }: Pick<Answer<unknown>, 'libraries'>): string[] {
  return libraries
    .filter(({ state }) => state !== 'waiting')
    .map(({ package: name, state }) => `${name} ${state}`)
    .sort();
}
