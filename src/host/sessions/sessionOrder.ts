import type { SessionOrder } from '../../core/log/sessionOrder';

/** The orders in which sessions can stand, as they are offered. */
export const SESSION_ORDERS: readonly {
  readonly order: SessionOrder;
  readonly label: string;
  readonly detail: string;
}[] = [
  { order: 'newest', label: 'Newest First', detail: 'By the time of the last entry' },
  { order: 'oldest', label: 'Oldest First', detail: 'By the time of the first entry' },
  { order: 'risk', label: 'Highest Risk First', detail: 'By the highest risk, then the newest' },
  { order: 'trouble', label: 'Most Blocked, Denied and Failed First', detail: 'By their number, then the newest' },
  { order: 'actions', label: 'Most Actions First', detail: 'By the number of entries' },
  { order: 'name', label: 'By Name', detail: 'By the session’s id' },
];
