import { reasonOf } from '../../../core/record/reading';
import { readClaudeEvent } from '../../agents/claude';
import { objectOf } from '../../agents/payload';
import { ActionBlockedError } from '../actionBlockedError';
import type { OpenCall, ToolGate } from '../toolGate';

type Hook = (input: unknown) => Promise<object>;

/** The calls of one agent, between the hook that tells of each before it is made and the one that tells of it afterwards. */
export class ClaudeCalls {
  /** By Claude Code's event. */
  readonly hooks: Readonly<Record<string, Hook>> = {
    PreToolUse: (input) => this.before(input),
    PostToolUse: (input) => this.after(input),
    PostToolUseFailure: (input) => this.after(input),
    PermissionDenied: (input) => this.after(input),
  };
  /** By the call's id. */
  private readonly open = new Map<string, OpenCall>();
  /** The first thing that could not be recorded. */
  error: unknown;

  constructor(private readonly gate: ToolGate) {}

  /** The program itself said no. */
  async denied(callId: unknown, reason: string): Promise<void> {
    await this.end(String(callId), (open) => open.denied(reason));
  }

  private async before(input: unknown): Promise<object> {
    const event = readClaudeEvent(objectOf(input) ?? {});
    // (A hook that throws is none for Claude Code: the call would be made.)
    if (event === undefined)
      return denial('Aegis cannot read what Claude Code tells of this call, so nothing can vouch for it.');
    const { call } = event;
    try {
      const open = await this.gate.open({
        framework: 'claude-agent-sdk',
        tool: call.tool,
        input: call.input,
        sessionId: call.sessionId === '' ? undefined : call.sessionId,
      });
      if (call.callId !== undefined) this.open.set(call.callId, open);
      return {};
    } catch (error) {
      if (!(error instanceof ActionBlockedError)) this.error ??= error;
      return denial(reasonOf(error, 600));
    }
  }

  private async after(input: unknown): Promise<object> {
    const event = readClaudeEvent(objectOf(input) ?? {});
    if (event?.kind !== 'after' || event.call.callId === undefined) return {};
    const { outcome } = event;
    const failed = await this.end(event.call.callId, (open) => {
      if (outcome.status === 'success') return open.succeeded(outcome.data);
      if (outcome.status === 'denied') return open.denied(outcome.error ?? 'It was denied.');
      return open.failed(new Error(outcome.error));
    });
    return failed === undefined ? {} : { continue: false, stopReason: failed };
  }

  /** @returns a sentence where the end could not be recorded. */
  private async end(callId: string, how: (open: OpenCall) => Promise<void>): Promise<string | undefined> {
    const open = this.open.get(callId);
    this.open.delete(callId);
    try {
      if (open !== undefined) await how(open);
      return undefined;
    } catch (error) {
      this.error ??= error;
      return reasonOf(error, 600);
    }
  }
}

function denial(reason: string): object {
  return {
    hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: reason },
  };
}
