import type { Agent } from './agent';
import { readClaudeEvent } from './claude';
import { nestedAnswer } from './nestedAnswer';

/**
 * The agents of VS Code itself, with GitHub Copilot.
 *
 * Source: "Agent hooks in Visual Studio Code (Preview)", https://code.visualstudio.com/docs/agent-customization/hooks, approved
 * 2026-06-03; read on 2026-12-01. Since 2026-10-14 that is the reference of its Local harness alone
 * (https://code.visualstudio.com/docs/agents/reference/hooks-reference): its Copilot, Claude and Codex harnesses tell and are answered
 * as Copilot CLI, Claude Code and Codex are.
 * - Events, members and answers are Claude Code's, some members also in camel case. There is no event for a call that failed.
 * - It reads `.claude/settings.local.json` and its like, too, and ignores their matchers. Without `args`: a command is one line for a shell.
 * - A hook has 30 s unless its entry says otherwise. Exit code 2 denies, any other than 0 is a warning.
 */
export const vscode: Agent = {
  name: 'vscode',
  title: 'VS Code',
  agentId: 'vscode',
  gaps: ['A call that fails or that you deny tells no outcome, and stays open.'],
  knowsAsking: true,
  folderVariables: [],
  sends: (payload) =>
    'timestamp' in payload &&
    ('hookEventName' in payload || 'hook_event_name' in payload) &&
    ('tool_use_id' in payload || 'transcript_path' in payload || 'sessionId' in payload),
  read: readClaudeEvent,
  answer: (verdict, _event, notice) => nestedAnswer(verdict, notice),
};
