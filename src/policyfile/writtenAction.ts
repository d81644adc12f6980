/** An action as a person writes it to see what a policy makes of it. */
export interface WrittenAction {
  readonly type: string;
  readonly target: string;
  /** A JSON object, or nothing. */
  readonly params: string;
  /** The empty text: not known. */
  readonly agent: string;
  readonly description: string;
  /** ISO 8601; without an offset it is UTC. */
  readonly time: string;
}
