import * as fs from 'node:fs';
import { isoOfMicroseconds } from '../core/log/timestamp';
import type { RecordedAction, RecordedActions } from '../core/policy/impact/recordedAction';
import { RecordedParams } from '../core/policy/impact/recordedParams';
import { parseLine } from '../core/log/lineEntry';
import { LoggedActions } from '../logfile/recordedActions';
import { UsageError } from './errors';
import { actionsOfFile, type GivenAction } from './givenActions';
import { openLog } from './openLog';
import { shownPath } from './terminal';

/** The actions that policies are held against, and where each of them was recorded. */
export interface History {
  readonly actions: RecordedActions;
  readonly place: (action: number) => Place;
  /** What has to be known of the log; where there is something, not all of it was read. */
  readonly warnings: readonly string[];
  readonly close: () => void;
}

export interface Place {
  /** One of the two: a row of a database, or a line of a file. */
  readonly rowId: string | null;
  readonly line: string | null;
  readonly session: string | null;
  /** As it was recorded; empty where nothing was. */
  readonly timestamp: string;
}

/** @throws UsageError where it cannot be read. */
export async function openHistory(file: string, session: string | undefined): Promise<History> {
  if (holdsGivenActions(file)) return historyOfGiven(file, session);
  const source = await openLog(file);
  const { index } = source;
  const actions = await LoggedActions.of(source, session, () => Promise.resolve());
  return {
    actions,
    place: (action) => {
      const position = actions.positionOf(action);
      const key = index.key(position);
      const isRow = source.kind === 'database';
      return {
        rowId: isRow ? key : null,
        line: isRow ? null : key,
        session: index.text(position, 'session'),
        timestamp: index.timestamp(position),
      };
    },
    warnings: source.warnings,
    close: () => {
      actions.close();
      source.close();
    },
  };
}

/** A file may hold actions as `aegis simulate --actions` takes them. Its first line tells. */
function holdsGivenActions(file: string): boolean {
  const start = startOf(file).replace(/^\ufeff/, '');
  const line = start.split(/\r\n|\n|\r/).find((each) => each.trim() !== '') ?? '';
  try {
    const value = parseLine(line);
    return (
      typeof value === 'object' &&
      value !== null &&
      'type' in value &&
      !('action_type' in value) &&
      !('message' in value)
    );
  } catch {
    return false;
  }
}

const START = 1 << 16;

function startOf(file: string): string {
  try {
    const descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
    try {
      const bytes = Buffer.alloc(START);
      return bytes.toString('utf8', 0, fs.readSync(descriptor, bytes, 0, START, 0));
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    // Whoever reads all of it says what is wrong.
    return '';
  }
}

function historyOfGiven(file: string, session: string | undefined): History {
  if (session !== undefined)
    throw new UsageError(`${shownPath(file)}: These are actions without sessions. Leave out --session.`);
  const given = actionsOfFile(file, { params: undefined, agent: undefined });
  return {
    actions: { size: given.length, at: (position) => recorded(given[position]) },
    place: (position) => {
      const { clock, line } = given[position];
      const timestamp = clock === undefined ? '' : isoOfMicroseconds(clock);
      return { rowId: null, line: String(line), session: null, timestamp };
    },
    warnings: [],
    close: () => undefined,
  };
}

function recorded({ action, clock }: GivenAction): RecordedAction {
  const { type, target, agent, params, description } = action;
  const content = { params: RecordedParams.ofMapping(params), description };
  return { type, target, agent, clock: clock ?? NaN, content: () => content };
}
