import type { EntryContent, JsonValue } from '../../core/chain/entry';
import { isMapping } from '../../core/policy/pyValues';
import type { PyValue } from '../../core/policy/yamlTree';
import type { ChainHead } from './chainHead';

/** Entries that a recorder makes of its own accord. They are about the trail, and have no row. */
export type OwnEntry = 'aegis.recovered' | 'aegis.break_found' | 'aegis.rotated';

const RISKS: Readonly<Record<OwnEntry, string>> = {
  'aegis.recovered': 'low',
  'aegis.break_found': 'critical',
  'aegis.rotated': 'low',
};

/**
 * @param file the name of the file that it is about.
 */
export function ownEntry(
  type: OwnEntry,
  file: string,
  timestamp: string,
  metadata: Readonly<Record<string, JsonValue | undefined>>,
): EntryContent {
  const known = Object.entries(metadata).filter((member): member is [string, JsonValue] => member[1] !== undefined);
  return {
    timestamp,
    agent_id: 'aegis',
    action_type: type,
    action_target: file,
    decision: 'auto',
    risk_level: RISKS[type],
    matched_rule: '',
    metadata: Object.fromEntries<JsonValue>([['phase', 'recorder'], ...known]),
  };
}

/** A head as it stands in the metadata of such an entry. */
export function headMembers({ entries, bytes, hash }: ChainHead): Readonly<Record<string, JsonValue>> {
  return { entries, bytes, last_hash: hash };
}

/** What the first entry of a chain says of the one before it. */
export interface Rotated {
  /** Of the old chain's last entry. */
  readonly hash: string;
  /** How the old chain is called now, beside the new one. */
  readonly chain: string | undefined;
  /** How the JSON lines are called now, and how many bytes they had; undefined where there were none. */
  readonly jsonLines: { readonly file: string; readonly bytes: number } | undefined;
}

/** Undefined for an entry that is none of a rotation. */
export function rotatedFrom(entry: PyValue): Rotated | undefined {
  if (member(entry, 'action_type') !== ('aegis.rotated' satisfies OwnEntry)) return undefined;
  const metadata = member(entry, 'metadata');
  const previous = member(metadata, 'previous_chain');
  const [hash, chain] = [member(previous, 'last_hash'), member(previous, 'file')];
  if (typeof hash !== 'string') return undefined;
  const lines = member(metadata, 'previous_json_lines');
  const [file, bytes] = [member(lines, 'file'), member(lines, 'bytes')];
  return {
    hash,
    chain: typeof chain === 'string' ? chain : undefined,
    jsonLines: typeof file === 'string' && typeof bytes === 'bigint' ? { file, bytes: Number(bytes) } : undefined,
  };
}

function member(value: PyValue | undefined, name: string): PyValue | undefined {
  return value !== undefined && isMapping(value) ? value.entries.find(([key]) => key === name)?.[1] : undefined;
}
