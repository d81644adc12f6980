/** The files of a trail that was not told otherwise. */
export const TRAIL_FILES = {
  chain: 'audit_chain.jsonl',
  database: 'aegis_audit.db',
  jsonLines: 'aegis_audit.jsonl',
} as const;
