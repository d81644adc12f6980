import type { ActionOutcome } from '../../core/record/actionRecord';
import type { Agent, ToolEvent, Verdict } from './agent';
import { objectOf, textIn, timeIn, unwrapped, type Payload } from './payload';

/**
 * GitHub Copilot CLI. Its cloud agent runs the hooks of the repository in a sandbox that is thrown away, so that nothing could be kept of
 * what is recorded there: it is not set up.
 *
 * Source: "GitHub Copilot hooks reference", https://docs.github.com/en/copilot/reference/hooks-reference, github/docs at 05da5bc; read on
 * 2026-12-01.
 * - Two forms of each event, chosen by how an entry spells it: `preToolUse` gives camel case and the CLI's own names of tools, without
 *   a name of the event; `PreToolUse` gives snake case and Claude Code's names of tools. No form has an id of the call.
 * - `permissionDecision` on standard output: allow, deny, ask; none leaves it to the CLI's own rules.
 * - Before a call, any exit code but 0 denies it; a hook that takes too long (30 s unless its entry says otherwise) does not.
 * - It also reads `.claude/settings.local.json` and its like.
 */
export const copilot: Agent = {
  name: 'copilot',
  title: 'GitHub Copilot CLI',
  agentId: 'copilot-cli',
  gaps: ['Its cloud agent is not captured.', 'A call that you deny may tell no outcome, and stays open.'],
  knowsAsking: true,
  folderVariables: [],
  sends: (payload) =>
    'timestamp' in payload &&
    ('toolName' in payload || ('hook_event_name' in payload && !('tool_use_id' in payload))) &&
    !('hookEventName' in payload) &&
    !('transcript_path' in payload),
  read,
  answer: (verdict, event) => answerOf(verdict, event),
};

function read(payload: Payload): ToolEvent | undefined {
  const tool = textIn(payload, 'toolName', 'tool_name');
  if (tool === undefined) return undefined;
  const call = {
    sessionId: textIn(payload, 'sessionId', 'session_id') ?? '',
    tool,
    input: unwrapped(payload.toolArgs ?? payload.tool_input),
    callId: undefined,
    toldAt: timeIn(payload),
  };
  const event = textIn(payload, 'hook_event_name') ?? eventOf(payload);
  if (event === 'PreToolUse') return { kind: 'before', call };
  const outcome = outcomeOf(event, payload);
  return outcome && { kind: 'after', call, outcome };
}

/** In camel case, only the members tell. */
function eventOf(payload: Payload): string {
  if ('toolResult' in payload) return 'PostToolUse';
  return 'error' in payload ? 'PostToolUseFailure' : 'PreToolUse';
}

function outcomeOf(event: string, payload: Payload): ActionOutcome | undefined {
  if (event === 'PostToolUseFailure') return { status: 'failed', error: textIn(payload, 'error') ?? 'It failed.' };
  if (event !== 'PostToolUse') return undefined;
  const result = objectOf(payload.toolResult ?? payload.tool_result);
  const kind = result && textIn(result, 'resultType', 'result_type');
  const said = result && textIn(result, 'textResultForLlm', 'text_result_for_llm');
  if (kind === undefined || kind === 'success') return { status: 'success', data: said ?? result };
  return {
    status: kind === 'denied' ? 'denied' : 'failed',
    data: said,
    error: `The agent calls the result "${kind}".`,
  };
}

/** In the form of its own documentation and, where it was told to run Claude Code's hooks, in theirs. */
function answerOf(verdict: Verdict, event: 'before' | 'after'): string {
  if (verdict.kind === 'silent' || event === 'after') return '';
  const decision = { permissionDecision: verdict.kind, permissionDecisionReason: verdict.reason };
  return JSON.stringify({ ...decision, hookSpecificOutput: { hookEventName: 'PreToolUse', ...decision } });
}
