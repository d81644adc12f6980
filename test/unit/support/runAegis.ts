import { spawnSync } from 'node:child_process';
import * as os from 'node:os';
import * as path from 'node:path';

export const CLI = path.join(process.cwd(), 'dist', 'cli.js');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as it is shipped. It knows no pins but those of a file that a test names. */
export function runAegis(
  args: readonly string[],
  options: { input?: Uint8Array | string; env?: Record<string, string>; cwd?: string } = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    input: options.input ?? '',
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, AEGIS_PINS: os.devNull, ...options.env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { code: status, stdout, stderr };
}

/** `aegis verify --format json`, parsed. */
export interface VerifyJson {
  readonly file: string;
  readonly algorithm: string;
  readonly valid: boolean;
  readonly chain_length: number | null;
  readonly verified_entries: number | null;
  readonly first_broken_at: unknown;
  readonly error_message: string | null;
  readonly verification_hash: string | null;
  readonly reference_valid: boolean;
  readonly reference_error: string | null;
  readonly chain_hash: string | null;
  readonly tail: string;
  readonly appended: number | null;
  readonly pin: null | {
    readonly state: string;
    readonly message: string;
    readonly line: number | null;
    readonly last_holding: null | { readonly count: number; readonly time: string };
    readonly path: string;
    readonly genesis: string;
    readonly algorithm: string;
    readonly count: number;
    readonly last_hash: string;
    readonly time: string;
  };
  readonly breaks_total: number;
  readonly breaks: readonly {
    readonly kind: string;
    readonly line: number;
    readonly sequence_id: unknown;
    readonly count: number | null;
    readonly certainty: string;
    readonly alternatives: readonly string[];
    readonly message: string;
    readonly expected_hash: string | null;
    readonly actual_hash: string | null;
    readonly related_lines: readonly number[];
  }[];
  readonly notes: readonly { readonly code: string; readonly line: number; readonly message: string }[];
}

export function verifyJson(
  args: readonly string[],
  options: { input?: Uint8Array | string } = {},
): { code: number | null; said: VerifyJson } {
  const { code, stdout } = runAegis(['verify', ...args, '--format', 'json'], options);
  return { code, said: JSON.parse(stdout) as VerifyJson };
}
