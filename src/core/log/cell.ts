/** A value of a row, as SQLite keeps it: any column can hold any kind, whatever its type says. */
export type Cell =
  | { readonly kind: 'null' }
  /** In decimal: 64 bits are more than a JavaScript number holds. A line of JSON has any number here, as it was spelt. */
  | { readonly kind: 'integer'; readonly text: string }
  | { readonly kind: 'real'; readonly value: number }
  /** `valid` is false where it was not UTF-8; what could not be read stands as U+FFFD. */
  | { readonly kind: 'text'; readonly text: string; readonly valid: boolean }
  | { readonly kind: 'blob'; readonly bytes: Uint8Array };

/** The columns of `audit_log` that every version of the format has, in its order. */
export const FIRST_COLUMNS = [
  'id',
  'session_id',
  'timestamp',
  'action_type',
  'action_target',
  'action_params',
  'action_desc',
  'risk_level',
  'approval',
  'matched_rule',
  'human_decision',
  'result_status',
  'result_data',
  'result_error',
] as const;

/** Those that newer versions append. */
export const LATER_COLUMNS = ['agent_id', 'parent_agent_id', 'chain_id', 'chain_depth'] as const;
