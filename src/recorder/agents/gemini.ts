import type { Agent, ToolEvent } from './agent';
import { objectOf, textIn, timeIn, type Payload } from './payload';

/**
 * Gemini CLI.
 *
 * Source: "Hooks reference", https://geminicli.com/docs/hooks/reference, google-gemini/gemini-cli at 06c0d81; read on 2026-12-01.
 * - `BeforeTool` and `AfterTool`, whose result may have an `error`. No id of the call.
 * - `decision` on standard output: allow or deny, with a reason. Exit code 2 denies; any other than 0 is a warning. Nothing may stand on
 *   standard output but the object.
 * - A hook has 60 s unless its entry says otherwise, in milliseconds.
 */
export const gemini: Agent = {
  name: 'gemini',
  title: 'Gemini CLI',
  agentId: 'gemini-cli',
  gaps: ['A call that you deny tells no outcome, and stays open.'],
  knowsAsking: false,
  folderVariables: ['GEMINI_PROJECT_DIR'],
  sends: ({ hook_event_name: event }) => event === 'BeforeTool' || event === 'AfterTool',
  read,
  answer: (verdict, _event, notice) =>
    JSON.stringify({
      ...(notice === undefined ? {} : { systemMessage: notice }),
      ...(verdict.kind === 'silent' ? {} : { decision: 'deny', reason: verdict.reason }),
    }),
};

function read(payload: Payload): ToolEvent | undefined {
  const tool = textIn(payload, 'tool_name');
  if (tool === undefined) return undefined;
  const call = {
    sessionId: textIn(payload, 'session_id') ?? '',
    tool,
    input: payload.tool_input,
    callId: undefined,
    toldAt: timeIn(payload),
  };
  if (payload.hook_event_name === 'BeforeTool') return { kind: 'before', call };
  if (payload.hook_event_name !== 'AfterTool') return undefined;
  const response = payload.tool_response;
  const error = objectOf(response)?.error;
  if (error === undefined || error === null)
    return { kind: 'after', call, outcome: { status: 'success', data: response } };
  const message = typeof error === 'string' ? error : textIn(objectOf(error) ?? {}, 'message');
  return { kind: 'after', call, outcome: { status: 'failed', data: response, error: message ?? 'It failed.' } };
}
