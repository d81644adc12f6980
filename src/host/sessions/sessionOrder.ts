import { RISKS, type Session } from '../../core/log/sessions';

/** In which order sessions stand. */
export type SessionOrder = 'newest' | 'oldest' | 'risk' | 'trouble' | 'actions' | 'name';

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

type Compare = (a: Session, b: Session) => number;

const newest: Compare = (a, b) => (b.to ?? -Infinity) - (a.to ?? -Infinity) || b.last - a.last;
const rank = ({ risk }: Session): number => (risk === null ? -1 : RISKS.indexOf(risk));
const trouble = ({ blocked, denied, failed }: Session): number => blocked + denied + failed;

const COMPARE: Readonly<Record<SessionOrder, Compare>> = {
  newest,
  oldest: (a, b) => (a.from ?? Infinity) - (b.from ?? Infinity) || a.first - b.first,
  risk: (a, b) => rank(b) - rank(a) || newest(a, b),
  trouble: (a, b) => trouble(b) - trouble(a) || newest(a, b),
  actions: (a, b) => b.entries - a.entries || newest(a, b),
  name: (a, b) => (a.id ?? '').localeCompare(b.id ?? '') || newest(a, b),
};

export function inOrder(sessions: readonly Session[], order: SessionOrder): Session[] {
  return sessions.toSorted((a, b) => {
    const difference = COMPARE[order](a, b);
    // Two times that are both missing leave no number.
    return Number.isNaN(difference) ? newestByPlace(a, b) : difference;
  });
}

function newestByPlace(a: Session, b: Session): number {
  return b.last - a.last;
}
