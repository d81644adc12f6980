import { compareCapture, type CaptureComparison, type MadeCall } from '../../core/capture/compareCapture';
import { AGENTS } from '../agents/agents';
import { actionIdOf } from '../hook/actionId';
import { recordedCalls } from './recordedCalls';
import { callsIn, claudeTranscripts } from './transcripts';

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
 * Holds the transcripts that Claude Code keeps against a trail: which of its calls were recorded, and which recorded ones it did not make. It
 * alone keeps such transcripts. Both are only read.
 *
 * @throws TranscriptError; Error of the system's where the trail cannot be read.
 */
export function captureHealth({ workspace, trail, session, transcripts }: CaptureWanted): CaptureHealth {
  const files = transcripts ?? claudeTranscripts(workspace);
  const { calls, began } = recordedCalls(trail, AGENTS.claude.agentId);
  const isWanted = ({ sessionId }: { readonly sessionId: string }): boolean =>
    session === undefined || sessionId === session;
  const made = files.flatMap((file): MadeCall[] => [...callsIn(file)]).filter(isWanted);
  const idOf = ({ sessionId, callId, tool, input }: Omit<MadeCall, 'file' | 'line' | 'at'>): string =>
    actionIdOf({ sessionId, callId, tool, input, toldAt: undefined });
  return { ...compareCapture(made, calls.filter(isWanted), began, idOf), transcripts: files };
}
