import * as fs from 'node:fs';
import * as path from 'node:path';

/** The fixtures of the Python reference: chains, and what it says of each. */

export const CHAINS = path.join('test', 'fixtures', 'chains');

/** `ChainVerificationResult` of the reference; the fields are absent where it raises instead. */
export interface Verdict {
  readonly valid?: boolean;
  readonly chain_length?: number;
  readonly verified_entries?: number;
  readonly first_broken_at?: unknown;
  readonly error_message?: string;
  readonly verification_hash?: string;
}

export interface Tampering {
  readonly kind: string;
  readonly accept?: readonly string[];
  readonly line: number;
  readonly lines?: readonly number[];
  readonly count?: number;
}

export interface Expected {
  readonly case: string;
  readonly algorithm: 'sha256' | 'sha3_256';
  readonly reference: Verdict & { readonly raises?: string };
  readonly skipping_bad_lines?: Verdict & { readonly bad_lines: readonly { line: number; error: string }[] };
  readonly tampering: readonly Tampering[];
}

export function fixture(name: string): string {
  return path.join(CHAINS, `${name}.jsonl`);
}

export function expectations(): Expected[] {
  return fs
    .readdirSync(CHAINS)
    .filter((name) => name.endsWith('.expected.json'))
    .map((name) => JSON.parse(fs.readFileSync(path.join(CHAINS, name), 'utf8')) as Expected);
}

/** A break as far as the fixtures speak of it, from the library or from the command line's JSON. */
export interface Blame {
  readonly kind: string;
  readonly line: number;
  readonly count: number | null;
}

/** What is wrong with the breaks that were found: tamperings that are missed, and lines that are blamed for nothing. */
export function disagreements(expected: Expected, found: readonly Blame[]): string[] {
  const told = expected.tampering.map((tampering) => ({
    tampering,
    kinds: [tampering.kind, ...(tampering.accept ?? [])],
    lines: tampering.lines ?? [tampering.line],
  }));
  const explains = ({ kinds, lines }: (typeof told)[number], { kind, line }: Blame): boolean =>
    kinds.includes(kind) && lines.includes(line);
  const missed = told.flatMap((each) => {
    const hit = found.find((blame) => explains(each, blame));
    const { kind, line, count, accept } = each.tampering;
    if (hit === undefined) return [`missed ${kind} on line ${line}`];
    if (kind === 'deleted' && accept === undefined && hit.count !== count)
      return [`said ${hit.count} deleted before line ${line}, it is ${count}`];
    return [];
  });
  const untrue = found
    .filter((blame) => !told.some((each) => explains(each, blame)))
    .map(({ kind, line }) => `blames ${kind} on line ${line}`);
  return [...missed, ...untrue];
}
