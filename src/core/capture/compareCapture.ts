import { microsecondsOf } from '../log/timestamp';
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
  readonly at: string;
}

/** Calls that an agent made, held against what was recorded. */
export interface CaptureComparison {
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

/**
 * @param made what the transcripts tell, in any order. Where a session goes on in another one, its transcript is copied: a call counts once.
 * @param recorded the agent's attempts and decisions in the trail, in its order.
 * @param began when the recording began, ISO 8601; undefined where nothing was recorded.
 * @param actionIdOf under which id a call is recorded.
 */
export function compareCapture(
  made: Iterable<MadeCall>,
  recorded: Iterable<RecordedCall>,
  began: string | undefined,
  actionIdOf: (call: TranscriptCall) => string,
): CaptureComparison {
  const open = new Map<string, RecordedCall>();
  const sessions = new Set<string>();
  for (const call of recorded) {
    open.set(call.actionId, call);
    sessions.add(call.sessionId);
  }
  const calls = new Map<string, { first: MadeCall; isCaptured: boolean }>();
  const withTranscript = new Set<string>();
  for (const call of made) {
    withTranscript.add(call.sessionId);
    const isCaptured = open.delete(actionIdOf(call));
    const known = calls.get(call.callId);
    if (known === undefined) calls.set(call.callId, { first: call, isCaptured });
    else known.isCaptured ||= isCaptured;
  }
  const beginning = began === undefined ? NaN : microsecondsOf(began);
  const all = [...calls.values()];
  const missing = all.filter(({ isCaptured }) => !isCaptured).map(({ first }) => first);
  // Without a time it may have been made since.
  const notRecorded = missing.filter(({ at }) => !(at !== null && microsecondsOf(at) < beginning));
  const before = missing.length - notRecorded.length;
  return {
    made: all.length - before,
    captured: all.length - missing.length,
    notRecorded,
    notMade: [...open.values()].filter(({ sessionId }) => withTranscript.has(sessionId)),
    before,
    withoutTranscript: [...sessions].filter((id) => !withTranscript.has(id)),
  };
}
