import type { MatchPart } from '../policy';
import type { RecordedParams } from './recordedParams';

/** An action as a log has it. What the log does not say is null, undefined or NaN, and is never guessed. */
export interface RecordedAction {
  readonly type: string | null;
  readonly target: string | null;
  /** Neither null nor the empty text tells which agent it was. */
  readonly agent: string | null;
  /** Microseconds since 1970. */
  readonly clock: number;
  /** What is long, and read only where a rule asks for it. */
  readonly content: () => RecordedContent;
}

export interface RecordedContent {
  readonly params: RecordedParams | undefined;
  readonly description: string | undefined;
}

/** Actions of a log, in its order. */
export interface RecordedActions {
  readonly size: number;
  /** Cheapest where the positions rise from call to call. */
  at(position: number): RecordedAction;
  /** The different texts that these actions have, where the log has them under numbers: each is then held against a pattern only once. */
  readonly texts?: Readonly<Record<MatchPart, NumberedTexts>>;
}

/** The different texts of a part of actions. */
export interface NumberedTexts {
  /** All numbers are below it. */
  readonly count: number;
  /** The number of an action's text: the same for the same text. */
  numberAt(position: number): number;
  textOf(number: number): string | null;
}

/** What the reference writes in place of a parameter's value whose name sounds like a secret, at any depth. */
export const REDACTED = '[REDACTED]';
