import { createHash } from 'node:crypto';
import type { ChainEntry } from '../../core/chain/entry';
import { rowOf, type AuditRow } from '../../core/record/auditRow';
import type { CleanAction } from '../../core/record/actionRecord';
import type { Ended, Happening } from '../../core/record/trailEntry';
import { RecordedAlready } from '../errors';

/** What a row says of itself that nobody judged or told in time. */
const UNTOLD = 'Nothing was told of it before it ended.';
const MADE_ALL_THE_SAME = 'It was not to be made, and was made all the same.';
const CHANGED = 'Its input was changed after it was judged: it was made with this one.';
const ID_USED = 'Its call has the id of another one with another input.';
const MADE_OTHERWISE = 'It was made with another input, which is recorded as an action of its own.';

/** What is known of actions that were recorded. */
interface Recorded {
  /** As it is now; undefined where there is none under this id. */
  actionRow(actionId: string): AuditRow | undefined;
  /** The action that began first, and has not ended, of those with the session, type and parameters of this row. */
  oldestOpenLike(row: AuditRow): string | undefined;
}

/**
 * Calls of tools that others tell of, more than once perhaps, in different processes, and not always the same: what is made of it. An action
 * begins once and ends once, and its parameters stay those that were judged; what does not fit is an action of its own, whose id begins
 * with that of its call.
 *
 * @param record stages one happening. @throws RecordedAlready where there is nothing new in what is told.
 */
export class ToldCalls {
  constructor(
    private readonly recorded: Recorded | undefined,
    private readonly record: (happening: Happening) => ChainEntry | undefined,
  ) {}

  /** That a call is about to be made, or is not to be made. */
  beginning(told: Happening): ChainEntry | undefined {
    const { action } = told;
    const known = this.recorded?.actionRow(action.action_id);
    if (known === undefined || isSameCall(known, action)) return this.record(told);
    return this.record({ ...told, action: described({ ...action, action_id: otherId(action) }, ID_USED) });
  }

  /**
   * How a call ended. Where nobody told that it began, both are recorded now.
   *
   * @param isAlike whether, where no attempt is open under its id, the oldest open one is meant that has its session, type and parameters.
   */
  ending(ended: Ended, isAlike: boolean): ChainEntry | undefined {
    const { action } = ended;
    const known = this.recorded?.actionRow(action.action_id);
    if (isAlike && (known === undefined || !isOpen(known))) {
      const action_id = this.recorded?.oldestOpenLike(rowOf(action));
      if (action_id !== undefined) return this.record({ ...ended, action: { ...action, action_id } });
    }
    if (known === undefined) return this.whole(ended, UNTOLD);
    return isSameCall(known, action) ? this.endingOf(known, ended) : this.endingOfOther(known, ended);
  }

  private endingOf(known: AuditRow, ended: Ended): ChainEntry | undefined {
    if (isOpen(known)) return this.record(ended);
    const { action } = ended;
    // What was stopped and is told to have been made is another action than the one that was stopped.
    const action_id = `${action.action_id}-made`;
    if (!wasMade(ended) || !wasStopped(known) || this.recorded?.actionRow(action_id) !== undefined)
      throw new RecordedAlready(action.action_id);
    return this.whole({ ...ended, action: { ...action, action_id } }, MADE_ALL_THE_SAME);
  }

  /** A hook of somebody else, or the person, may have changed the input after it was judged; or the id of a call was used again. */
  private endingOfOther(known: AuditRow, ended: Ended): ChainEntry | undefined {
    const { action } = ended;
    const other = { ...ended, action: { ...action, action_id: otherId(action) } };
    const knownOther = this.recorded?.actionRow(other.action.action_id);
    if (knownOther !== undefined) return this.endingOf(knownOther, other);
    if (!wasMade(ended)) return this.endingOf(known, ended);
    if (!isOpen(known)) return this.whole(other, wasStopped(known) ? MADE_ALL_THE_SAME : ID_USED);
    const outcome = { result_status: 'skipped', result_data: null, result_error: MADE_OTHERWISE } as const;
    this.record({ ...ended, outcome });
    return this.whole(other, CHANGED);
  }

  private whole(ended: Ended, description: string): ChainEntry | undefined {
    const action = described(ended.action, description);
    this.record({ phase: 'attempt', action });
    return this.record({ ...ended, action });
  }
}

function described(action: CleanAction, description: string): CleanAction {
  return { ...action, action_desc: action.action_desc ?? description };
}

/** As they are recorded: without secrets, cut where they are long. */
function isSameCall(known: AuditRow, action: CleanAction): boolean {
  const { action_type, action_params } = rowOf(action);
  return known.action_type === action_type && known.action_params === action_params;
}

function otherId(action: CleanAction): string {
  const { action_type, action_params } = rowOf(action);
  const digest = createHash('sha256')
    .update(JSON.stringify([action_type, action_params]))
    .digest('hex');
  return `${action.action_id}-${digest.slice(0, 12)}`;
}

function isOpen({ result_status }: AuditRow): boolean {
  return result_status === null;
}

function wasMade({ outcome: { result_status } }: Ended): boolean {
  return result_status === 'success' || result_status === 'failed';
}

function wasStopped({ result_status }: AuditRow): boolean {
  return ['blocked', 'denied', 'skipped'].includes(String(result_status));
}
