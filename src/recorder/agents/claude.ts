import type { ActionOutcome } from '../../core/record/actionRecord';
import type { Agent, ToolCall, ToolEvent } from './agent';
import { nestedAnswer } from './nestedAnswer';
import { textIn, timeIn, unwrapped, type Payload } from './payload';

/**
 * Claude Code.
 *
 * Source: "Hooks reference", https://code.claude.com/docs/en/hooks, the version that knows Claude Code 2.1.274; read on 2026-12-01.
 * - `PreToolUse` before a call, `PostToolUse` after one that succeeded, `PostToolUseFailure` after one that failed, `PermissionDenied`
 *   where the classifier of auto mode said no. A call that the person denies or interrupts has no event of its own.
 * - Exit code 0 with an object on standard output: `permissionDecision` is allow, deny, ask or defer; no output leaves it to Claude Code's
 *   own rules. Exit code 2 denies; any other is an error that stops nothing. A hook that takes too long (600 s unless its entry says
 *   otherwise) is ended, and the call made.
 * - `file_path` is absolute.
 */
export const claude: Agent = {
  name: 'claude',
  title: 'Claude Code',
  agentId: 'claude-code',
  gaps: ['A call that you deny or interrupt tells no outcome, and stays open.'],
  knowsAsking: true,
  folderVariables: ['CLAUDE_PROJECT_DIR'],
  sends: (payload) => 'hook_event_name' in payload && 'permission_mode' in payload && !('turn_id' in payload),
  read: readClaudeEvent,
  answer: (verdict, _event, notice) => nestedAnswer(verdict, notice),
};

/** The events and members of Claude Code, which others took over, partly in camel case. */
export function readClaudeEvent(payload: Payload): ToolEvent | undefined {
  const call = callOf(payload);
  if (call === undefined) return undefined;
  const event = textIn(payload, 'hook_event_name', 'hookEventName');
  if (event === 'PreToolUse') return { kind: 'before', call };
  const outcome = outcomeOf(event, payload);
  return outcome && { kind: 'after', call, outcome };
}

function callOf(payload: Payload): ToolCall | undefined {
  const tool = textIn(payload, 'tool_name', 'toolName');
  if (tool === undefined) return undefined;
  return {
    sessionId: textIn(payload, 'session_id', 'sessionId') ?? '',
    tool,
    input: unwrapped(payload.tool_input ?? payload.toolInput),
    callId: textIn(payload, 'tool_use_id', 'toolUseId'),
    toldAt: timeIn(payload),
  };
}

function outcomeOf(event: string | undefined, payload: Payload): ActionOutcome | undefined {
  switch (event) {
    case 'PostToolUse':
      return { status: 'success', data: payload.tool_response ?? payload.toolResponse };
    case 'PostToolUseFailure':
      return { status: 'failed', error: textIn(payload, 'error') ?? 'It failed.' };
    case 'PermissionDenied':
      return { status: 'denied', error: textIn(payload, 'reason') ?? 'It was denied.' };
    default:
      return undefined;
  }
}
