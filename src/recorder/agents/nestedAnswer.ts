import type { Verdict } from './agent';

/**
 * The answer that Claude Code began with, and that VS Code and Codex read too: a decision within `hookSpecificOutput`. No member is
 * there that is not needed: an object that does not fit what the agent expects counts as no answer, and the call is made.
 */
export function nestedAnswer(verdict: Verdict, notice: string | undefined): string {
  const decision =
    verdict.kind === 'silent'
      ? undefined
      : {
          hookSpecificOutput: {
            hookEventName: 'PreToolUse',
            permissionDecision: verdict.kind,
            permissionDecisionReason: verdict.reason,
          },
        };
  if (decision === undefined && notice === undefined) return '';
  return JSON.stringify({ ...(notice === undefined ? {} : { systemMessage: notice }), ...decision });
}
