import type { Agent } from './agent';
import { readClaudeEvent } from './claude';
import { nestedAnswer } from './nestedAnswer';

/**
 * Codex.
 *
 * Source: "Hooks", https://learn.chatgpt.com/docs/hooks (developers.openai.com/codex/hooks), and the schemas in openai/codex,
 * codex-rs/hooks; read on 2026-12-01.
 * - `PreToolUse` and `PostToolUse`, also after a command that failed, without a word that it did. Tools that OpenAI hosts, such as
 *   WebSearch, run no hooks.
 * - `permissionDecision` may be deny. With ask, or with a member that it does not know, the call is made.
 * - Exit code 2 with a reason on standard error denies; any other than 0 stops nothing. A hook has 600 s unless its entry says otherwise.
 * - A hook that is new or was changed is skipped until the person has reviewed it with `/hooks`.
 */
export const codex: Agent = {
  name: 'codex',
  title: 'Codex',
  agentId: 'codex',
  gaps: [
    'Tools that OpenAI hosts, such as web search, run no hook.',
    'A command that failed is told as one that was done.',
  ],
  knowsAsking: false,
  folderVariables: [],
  sends: (payload) => 'hook_event_name' in payload && 'turn_id' in payload,
  read: readClaudeEvent,
  answer: (verdict, _event, notice) => nestedAnswer(verdict, notice),
};
