/**
 * The members of a chain entry, in the order of the canonical form (by name). `entry_hash` is not part of what is hashed.
 * Source: `AuditEntry` of the reference's core/crypto_audit.py.
 */
export const MEMBERS = [
  'action_target',
  'action_type',
  'agent_id',
  'decision',
  'entry_hash',
  'matched_rule',
  'metadata',
  'previous_hash',
  'risk_level',
  'sequence_id',
  'timestamp',
] as const;

export type Member = (typeof MEMBERS)[number];

/** What a reader requires, in the order in which the reference's constructor names what is missing. */
export const REQUIRED_MEMBERS: readonly Member[] = [
  'sequence_id',
  'timestamp',
  'agent_id',
  'action_type',
  'action_target',
  'decision',
  'risk_level',
  'matched_rule',
];

/** A value that JSON can hold; `bigint` for integers beyond 2^53. */
export type JsonValue =
  null | boolean | number | bigint | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** What happened, before it is part of a chain. */
export interface EntryContent {
  /** ISO 8601 in UTC as Python writes it: `2026-03-29T10:30:02.114000+00:00`. */
  readonly timestamp: string;
  readonly agent_id: string;
  readonly action_type: string;
  readonly action_target: string;
  /** Normally `auto`, `approve` or `block`. */
  readonly decision: string;
  /** Normally `low`, `medium`, `high` or `critical`. */
  readonly risk_level: string;
  readonly matched_rule: string;
  readonly metadata: Readonly<Record<string, JsonValue>>;
}

/** An entry of a chain, with its place and its hash. */
export interface ChainEntry extends EntryContent {
  readonly sequence_id: number;
  readonly previous_hash: string;
  readonly entry_hash: string;
}
