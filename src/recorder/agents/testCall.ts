import type { AgentName } from './agent';
import type { Payload } from './payload';

/** The tool of a test call: there is none of that name, and nothing is done. */
export const TEST_TOOL = 'aegis_test';

/** What an agent would tell its hook of one call: before it, and when it has succeeded. */
export interface TestCall {
  readonly before: Payload;
  readonly after: Payload;
}

/**
 * A call that was never made, in the words of an agent, by which the way from its hook to the trail is tried.
 *
 * @param folder the workspace.
 * @param sessionId under which it is recorded.
 * @param now in milliseconds since 1970.
 */
export function testCall(agent: AgentName, folder: string, sessionId: string, now: number): TestCall {
  const input = { path: folder, note: 'A test of the recording. Nothing was done.' };
  const said = 'The test has arrived.';
  const timestamp = new Date(now).toISOString();
  switch (agent) {
    case 'claude':
      return inClaudesWords({ permission_mode: 'default', session_id: sessionId }, folder, input, said);
    case 'codex':
      return inClaudesWords(
        { permission_mode: 'default', session_id: sessionId, turn_id: 'aegis-test' },
        folder,
        input,
        said,
      );
    case 'vscode':
      return inClaudesWords({ timestamp, session_id: sessionId, transcript_path: null }, folder, input, said);
    case 'copilot': {
      const call = { sessionId, timestamp: now, cwd: folder, toolName: TEST_TOOL, toolArgs: input };
      return { before: call, after: { ...call, toolResult: { resultType: 'success', textResultForLlm: said } } };
    }
    case 'cursor': {
      const call = {
        ...{ conversation_id: sessionId, workspace_roots: [folder], cwd: folder },
        ...{ tool_name: TEST_TOOL, tool_input: input, tool_use_id: 'aegis-test-call' },
      };
      return {
        before: { ...call, hook_event_name: 'preToolUse' },
        after: { ...call, hook_event_name: 'postToolUse', tool_output: JSON.stringify(said) },
      };
    }
    case 'gemini': {
      const call = { session_id: sessionId, cwd: folder, timestamp, tool_name: TEST_TOOL, tool_input: input };
      return {
        before: { ...call, hook_event_name: 'BeforeTool' },
        after: { ...call, hook_event_name: 'AfterTool', tool_response: { llmContent: said } },
      };
    }
  }
}

function inClaudesWords(members: Payload, folder: string, input: unknown, said: string): TestCall {
  const call = { ...members, cwd: folder, tool_name: TEST_TOOL, tool_input: input, tool_use_id: 'aegis-test-call' };
  return {
    before: { ...call, hook_event_name: 'PreToolUse' },
    after: { ...call, hook_event_name: 'PostToolUse', tool_response: said },
  };
}
