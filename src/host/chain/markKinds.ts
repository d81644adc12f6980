import type { BreakKind } from '../../core/chain/explain/break';

/** What a mark can be of: a kind of break, a pinned head that does not hold, or a finding whose line was edited since. */
export type MarkKind = BreakKind | 'pin' | 'stale';

/** Each has a gutter icon of its name in media/gutter. */
export const MARK_KINDS: readonly MarkKind[] = [
  'modified',
  'rehashed',
  'deleted',
  'inserted',
  'reordered',
  'duplicated',
  'forked',
  'restarted',
  'malformed',
  'pin',
  'stale',
];
