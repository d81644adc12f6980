import type { ActionOutcome } from '../../core/record/actionRecord';
import type { Agent, ToolEvent } from './agent';
import { textIn, unwrapped, type Payload } from './payload';

/**
 * Cursor.
 *
 * Source: "Hooks", https://cursor.com/docs/hooks, and "Third Party Hooks", https://cursor.com/docs/reference/third-party-hooks; read on
 * 2026-12-01 in copies of 2026.
 * - `preToolUse` before every call, `postToolUse`, `postToolUseFailure` after it (also where it was denied). `"ask"` is taken by
 *   `preToolUse` but not heeded: the call would be made, so that it is never answered.
 * - Exit code 0 with an object: `permission` is allow or deny. Exit code 2 denies; at any other, and where the output is no JSON, the call
 *   is made, unless the entry has `failClosed`.
 * - It reads Claude Code's settings too, where that is not turned off, and calls both.
 */
export const cursor: Agent = {
  name: 'cursor',
  title: 'Cursor',
  agentId: 'cursor',
  gaps: [],
  knowsAsking: false,
  folderVariables: ['CURSOR_PROJECT_DIR'],
  sends: (payload) => ['conversation_id', 'cursor_version', 'workspace_roots'].some((name) => name in payload),
  read,
  answer: (verdict) =>
    verdict.kind === 'silent'
      ? '{}'
      : JSON.stringify({ permission: 'deny', user_message: verdict.reason, agent_message: verdict.reason }),
};

function read(payload: Payload): ToolEvent | undefined {
  const tool = textIn(payload, 'tool_name');
  if (tool === undefined) return undefined;
  const call = {
    sessionId: textIn(payload, 'conversation_id', 'session_id') ?? '',
    tool,
    input: unwrapped(payload.tool_input),
    callId: textIn(payload, 'tool_use_id'),
    toldAt: undefined,
  };
  // Through Claude Code's settings, the event may have Claude Code's name.
  const event = textIn(payload, 'hook_event_name')?.toLowerCase();
  if (event === 'pretooluse') return { kind: 'before', call };
  const outcome = outcomeOf(event, payload);
  return outcome && { kind: 'after', call, outcome };
}

function outcomeOf(event: string | undefined, payload: Payload): ActionOutcome | undefined {
  if (event === 'posttooluse') return { status: 'success', data: unwrapped(payload.tool_output) };
  if (event !== 'posttoolusefailure') return undefined;
  const status = payload.failure_type === 'permission_denied' ? 'denied' : 'failed';
  return { status, error: textIn(payload, 'error_message', 'error') ?? 'It failed.' };
}
