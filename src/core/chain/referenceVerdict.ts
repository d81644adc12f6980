import { pythonJsonText } from '../json/pythonJson';
import { pythonRepr, pythonStr } from '../json/pythonRepr';
import { utf8 } from '../json/utf8';
import { pythonType } from './entryReader';
import type { EntryFacts, Fault, ScanFacts } from './facts';
import { GENESIS_HASH, type HashHex } from './hash';
import { pythonError } from './malformation';

/** `ChainVerificationResult` of the reference, to the letter. */
export interface ReferenceVerdict {
  readonly valid: boolean;
  readonly chainLength: number;
  readonly verifiedEntries: number;
  /** Canonical JSON of the failing entry's own sequence id, whatever its type; null if valid. */
  readonly firstBrokenAt: string | null;
  readonly errorMessage: string;
  readonly verificationHash: string;
}

export interface ReferenceAnswer {
  /** Its verdict over the lines that it can read; null where it reads none or raises while it verifies. */
  readonly verdict: ReferenceVerdict | null;
  /** Whether it accepts the file as it is. */
  readonly accepts: boolean;
  /** Why it does not, in substance as its exception says; null if it does. */
  readonly error: string | null;
}

/**
 * What the reference says of a file. It reads all lines, refuses the file at the first that is no entry, then checks
 * each entry's link and hash and stops at the first that fails.
 *
 * Source: `CryptoAuditChain.import_jsonl` and `verify` of the reference's core/crypto_audit.py.
 */
export function referenceAnswer(facts: ScanFacts, hash: HashHex): ReferenceAnswer {
  const malformed = facts.faults.filter((fault) => fault.type === 'malformed');
  const { unreadable } = facts;
  const refused = unreadable ?? malformed[0];
  const refusal = refused && pythonError(refused.malformation, refused.line);
  if (unreadable !== undefined) return { verdict: null, accepts: false, error: refusal };

  const failure = firstFailure(facts.faults);
  if (failure !== undefined && 'raises' in failure) {
    return { verdict: null, accepts: false, error: refusal ?? failure.raises };
  }
  const verdict = verdictOf(facts.entries, failure, hash);
  const failed = verdict.valid ? undefined : `ValueError: Imported chain verification failed: ${verdict.errorMessage}`;
  const error = refusal ?? failed ?? null;
  return { verdict, accepts: error === null, error };
}

type Failure = { readonly entry: EntryFacts; readonly message: string } | { readonly raises: string };

function firstFailure(faults: readonly Fault[]): Failure | undefined {
  const fault = faults.find(({ type }) => type !== 'malformed');
  if (fault === undefined || fault.type === 'malformed') return undefined;
  const { entry } = fault;
  const isLink = fault.type === 'link';
  const got = isLink ? entry.previousHash : entry.entryHash;
  const expected = isLink ? (fault.before?.entryHash ?? `"${GENESIS_HASH}"`) : `"${entry.computedHash}"`;
  if (!got.startsWith('"')) {
    const type = pythonType(got.charCodeAt(0), got);
    return { raises: `TypeError: unsupported operand types(s) or combination of types: '${type}' and 'str'` };
  }
  const value = JSON.parse(got) as string;
  if (!isAscii(value)) return { raises: 'TypeError: comparing strings with non-ASCII characters is not supported' };
  const what = isLink ? 'previous_hash' : 'entry_hash';
  const message = `Entry ${pythonStr(entry.sequence)}: ${what} mismatch. Expected ${pythonRepr(JSON.parse(expected) as string)}, got ${pythonRepr(value)}.`;
  return { entry, message };
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

function verdictOf(
  entries: number,
  failure: Exclude<Failure, { raises: string }> | undefined,
  hash: HashHex,
): ReferenceVerdict {
  const valid = failure === undefined;
  const verifiedEntries = failure?.entry.index ?? entries;
  const firstBrokenAt = failure?.entry.sequence ?? null;
  const errorMessage = failure?.message ?? '';
  const canonical =
    `{"chain_length":${entries},"error_message":${pythonJsonText(errorMessage)},"first_broken_at":${firstBrokenAt},` +
    `"valid":${valid},"verified_entries":${verifiedEntries}}`;
  return {
    valid,
    chainLength: entries,
    verifiedEntries,
    firstBrokenAt,
    errorMessage,
    verificationHash: hash(utf8(canonical)),
  };
}
