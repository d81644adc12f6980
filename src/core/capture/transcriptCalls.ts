/** A call of a tool, as a transcript tells of it. */
export interface TranscriptCall {
  readonly sessionId: string;
  readonly callId: string;
  readonly tool: string;
  readonly input: unknown;
  /** ISO 8601, as written; null where the line has no time. */
  readonly at: string | null;
}

/** What became of a call, as a transcript tells of it. */
export interface TranscriptResult {
  readonly callId: string;
  /** Whether the model was told of an error; so it is where the call was refused, too. */
  readonly isError: boolean;
}

/**
 * The calls of tools in a line of a transcript of Claude Code: the blocks `tool_use` of what the model said. Calls that the model's provider makes
 * itself are other blocks: they pass no hook, and are not counted.
 *
 * Source: where transcripts are is documented (https://code.claude.com/docs/en/sessions); what is in them is called internal there. This is as it
 * was seen in the tools that read them, such as https://docs.rs/crate/txcript/0.11.0/source/docs/formats/claude-code.md; read on 2026-12-01.
 * What is not of this shape is no call.
 */
export function transcriptCalls(line: unknown): TranscriptCall[] {
  const { type, sessionId, timestamp, message } = membersOf(line);
  if (type !== 'assistant' || typeof sessionId !== 'string') return [];
  const { content } = membersOf(message);
  if (!Array.isArray(content)) return [];
  const at = typeof timestamp === 'string' ? timestamp : null;
  return content.flatMap((block: unknown) => {
    const { type: kind, id, name, input } = membersOf(block);
    if (kind !== 'tool_use' || typeof id !== 'string' || typeof name !== 'string') return [];
    return [{ sessionId, callId: id, tool: name, input, at }];
  });
}

/** What became of calls, in a line of a transcript: the blocks `tool_result` of what the model was told. See `transcriptCalls`. */
export function transcriptResults(line: unknown): TranscriptResult[] {
  const { type, message } = membersOf(line);
  const { content } = membersOf(message);
  if (type !== 'user' || !Array.isArray(content)) return [];
  return content.flatMap((block: unknown) => {
    const { type: kind, tool_use_id: callId, is_error: isError } = membersOf(block);
    return kind === 'tool_result' && typeof callId === 'string' ? [{ callId, isError: isError === true }] : [];
  });
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
