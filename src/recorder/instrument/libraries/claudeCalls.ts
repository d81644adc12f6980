import { isDeepStrictEqual } from 'node:util';
import { reasonOf } from '../../../core/record/reading';
import { readClaudeEvent } from '../../agents/claude';
import { objectOf } from '../../agents/payload';
import { ActionBlockedError } from '../actionBlockedError';
import type { ToolCall } from '../toolCall';
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
  private readonly open = new Map<string, { readonly call: ToolCall; readonly open: OpenCall }>();
  /** The first thing that could not be recorded. */
  error: unknown;

  constructor(private readonly gate: ToolGate) {}

  /** The program itself said no. */
  async denied(callId: string, reason: string): Promise<void> {
    await this.end(callId, (open) => open.denied(reason));
  }

  /**
   * The program itself lets a call be made, with other input: that is another call, and is judged for itself.
   *
   * @returns why it must not be made; undefined where it may.
   */
  async changed(callId: string, input: unknown): Promise<string | undefined> {
    const before = this.open.get(callId);
    if (before === undefined || isDeepStrictEqual(before.call.input, input)) return undefined;
    const failed = await this.end(callId, (open) => open.denied('The program changed the input.'));
    return failed ?? this.begin(callId, { ...before.call, input });
  }

  private async before(input: unknown): Promise<object> {
    const event = readClaudeEvent(objectOf(input) ?? {});
    // (A hook that throws is none for Claude Code: the call would be made.)
    if (event === undefined)
      return denial('Aegis cannot read what Claude Code tells of this call, so nothing can vouch for it.');
    const { tool, input: given, sessionId, callId } = event.call;
    const refused = await this.begin(callId, {
      framework: 'claude-agent-sdk',
      tool,
      input: given,
      sessionId: sessionId === '' ? undefined : sessionId,
    });
    return refused === undefined ? {} : denial(refused);
  }

  private async begin(callId: string | undefined, call: ToolCall): Promise<string | undefined> {
    try {
      const open = await this.gate.open(call);
      if (callId !== undefined) this.open.set(callId, { call, open });
      return undefined;
    } catch (error) {
      if (!(error instanceof ActionBlockedError)) this.error ??= error;
      return reasonOf(error, 600);
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
    const known = this.open.get(callId);
    this.open.delete(callId);
    try {
      if (known !== undefined) await how(known.open);
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
