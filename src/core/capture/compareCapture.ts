import type { JsonValue } from '../chain/entry';
import { microsecondsOf } from '../log/timestamp';
import type { ResultStatus } from '../record/actionRecord';
import { differencesOf, type CaptureDifferences } from './captureDifferences';
import type { TranscriptCall } from './transcriptCalls';

/** Where something stands. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export type MadeCall = TranscriptCall & Place;

/** An action of a trail. */
export interface RecordedCall extends Place {
  readonly actionId: string;
  readonly sessionId: string;
  readonly tool: string;
  readonly target: string;
  readonly params: Readonly<Record<string, JsonValue>>;
  /** Null where nobody told of an outcome. */
  readonly status: ResultStatus | null;
  readonly at: string;
}

/** Calls that an agent made, held against what was recorded. */
export interface CaptureComparison extends CaptureDifferences {
  /** How many calls were made since the recording began. */
  readonly made: number;
  readonly captured: number;
  readonly notRecorded: readonly MadeCall[];
  /** Recorded in a session of which there is a transcript, in which the call is not. */
  readonly notMade: readonly RecordedCall[];
  /** Calls of before the first recorded action: nobody recorded then. */
  readonly before: number;
  /** Recorded sessions of which there is no transcript. */
  readonly withoutTranscript: readonly string[];
}

/** What a comparison needs to know of how calls are recorded. */
export interface CaptureRules {
  /** Under which id a call is recorded. The ids of other actions that belong to it begin with it. */
  actionIdOf(call: TranscriptCall): string;
  /** Whether an action has the tool and the input of a call, as far as the record tells. */
  hasInputOf(recorded: RecordedCall, call: TranscriptCall): boolean;
}

/** A call that was made, wherever it is told of. */
export interface KnownCall {
  /** Where it stands first. */
  readonly first: MadeCall;
  /** What is recorded of it. */
  readonly recorded: RecordedCall[];
}

/** Characters of a UUID, which is what ids of calls are. */
const ID_LENGTH = 36;

/**
 * @param made what the transcripts tell, in any order. Where a session goes on in another one, its transcript is copied: a call counts once.
 * @param recorded the agent's attempts and decisions in the trail, in its order.
 * @param began when the recording began, ISO 8601; undefined where nothing was recorded.
 * @param done the ids of calls of which the model was told that they were done.
 */
export function compareCapture(
  made: Iterable<MadeCall>,
  recorded: Iterable<RecordedCall>,
  began: string | undefined,
  done: ReadonlySet<string>,
  rules: CaptureRules,
): CaptureComparison {
  const open = new Map<string, RecordedCall[]>();
  const sessions = new Set<string>();
  for (const call of recorded) {
    const id = call.actionId.slice(0, ID_LENGTH);
    const known = open.get(id);
    if (known === undefined) open.set(id, [call]);
    else known.push(call);
    sessions.add(call.sessionId);
  }
  const calls = new Map<string, KnownCall>();
  const withTranscript = new Set<string>();
  for (const call of made) {
    withTranscript.add(call.sessionId);
    const id = rules.actionIdOf(call);
    const known = calls.get(call.callId) ?? { first: call, recorded: [] };
    known.recorded.push(...(open.get(id) ?? []));
    open.delete(id);
    calls.set(call.callId, known);
  }
  const beginning = began === undefined ? NaN : microsecondsOf(began);
  const all = [...calls.values()];
  const captured = all.filter((call) => call.recorded.length > 0);
  const missing = all.filter((call) => call.recorded.length === 0).map(({ first }) => first);
  // Without a time it may have been made since.
  const notRecorded = missing.filter(({ at }) => !(at !== null && microsecondsOf(at) < beginning));
  const before = missing.length - notRecorded.length;
  return {
    made: all.length - before,
    captured: captured.length,
    notRecorded,
    notMade: [...open.values()].flat().filter(({ sessionId }) => withTranscript.has(sessionId)),
    ...differencesOf(captured, done, rules),
    before,
    withoutTranscript: [...sessions].filter((id) => !withTranscript.has(id)),
  };
}
