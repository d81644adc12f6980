import type { CaptureRules, KnownCall, MadeCall, RecordedCall } from './compareCapture';

/** A call that is recorded otherwise than it was made. */
export interface CaptureDifference {
  readonly call: MadeCall;
  /** What is recorded in its place. */
  readonly recorded: RecordedCall;
}

export interface CaptureDifferences {
  /** The trail says that it was stopped, the transcript that it was done. */
  readonly ranAlthoughBlocked: readonly CaptureDifference[];
  /** Made with another input than was recorded, or than the trail says itself that it was made with. */
  readonly inputDiffers: readonly CaptureDifference[];
  /** The transcript says that it was done, and the trail does not know. */
  readonly outcomeNotRecorded: readonly CaptureDifference[];
}

/** @param done the ids of calls of which the model was told that they were done. */
export function differencesOf(
  calls: readonly KnownCall[],
  done: ReadonlySet<string>,
  rules: CaptureRules,
): CaptureDifferences {
  const found = { ranAlthoughBlocked: [], inputDiffers: [], outcomeNotRecorded: [] } as {
    [Kind in keyof CaptureDifferences]: CaptureDifference[];
  };
  for (const { first: call, recorded } of calls) {
    const note = (kind: keyof CaptureDifferences, of: RecordedCall | undefined): void => {
      if (of !== undefined) found[kind].push({ call, recorded: of });
    };
    const same = recorded.filter((each) => rules.hasInputOf(each, call));
    const wasMade = recorded.find(({ status }) => status === 'success' || status === 'failed');
    // What was judged is skipped where another input took its place.
    if (same.every(({ status }) => status === 'skipped')) note('inputDiffers', wasMade ?? recorded[0]);
    if (!done.has(call.callId)) continue;
    const those = same.length > 0 ? same : recorded;
    const stopped = those.find(({ status }) => status === 'blocked' || status === 'denied');
    note('ranAlthoughBlocked', stopped);
    if (stopped === undefined && wasMade === undefined) note('outcomeNotRecorded', those.find(({ status }) => status === null)); // prettier-ignore
  }
  return found;
}
