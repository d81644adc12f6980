import { compareCapture, type CaptureComparison, type CaptureRules } from '../../core/capture/compareCapture';
import type { TranscriptCall } from '../../core/capture/transcriptCalls';
import type { ToolCall } from '../agents/agent';
import { AGENTS } from '../agents/agents';
import { actionIdOf } from '../hook/actionId';
import { recordOfCall } from '../hook/callRecord';
import { recordedCalls } from './recordedCalls';
import { isSameInput } from './sameInput';
import { claudeTranscripts, readTranscripts } from './transcripts';

export interface CaptureWanted {
  /** The folder in which the agent works. */
  readonly workspace: string;
  /** Where the trail is. */
  readonly trail: string;
  /** Only this session. */
  readonly session?: string | undefined;
  /** Transcripts, in place of those that the agent keeps of its sessions in the workspace. */
  readonly transcripts?: readonly string[] | undefined;
}

export interface CaptureHealth extends CaptureComparison {
  /** The files that were read. */
  readonly transcripts: readonly string[];
}

/**
 * Holds the transcripts that Claude Code keeps against a trail: which of its calls were recorded, which of them otherwise than they were made, and which
 * recorded ones it did not make. It
 * alone keeps such transcripts. Both are only read.
 *
 * @throws TranscriptError; Error of the system's where the trail cannot be read.
 */
export function captureHealth({ workspace, trail, session, transcripts }: CaptureWanted): CaptureHealth {
  const files = transcripts ?? claudeTranscripts(workspace);
  const { calls, began } = recordedCalls(trail, AGENTS.claude.agentId);
  const isWanted = ({ sessionId }: { readonly sessionId: string }): boolean =>
    session === undefined || sessionId === session;
  const told = readTranscripts(files);
  const rules: CaptureRules = {
    actionIdOf: (call) => actionIdOf(toolCall(call)),
    hasInputOf: (recorded, call) =>
      recorded.tool === call.tool && isSameInput(recordOfCall(AGENTS.claude, toolCall(call)), recorded.params),
  };
  const comparison = compareCapture(told.calls.filter(isWanted), calls.filter(isWanted), began, told.done, rules);
  return { ...comparison, transcripts: files };
}

function toolCall({ sessionId, callId, tool, input }: TranscriptCall): ToolCall {
  return { sessionId, callId, tool, input, toldAt: undefined };
}
