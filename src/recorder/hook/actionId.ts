import { createHash, randomUUID } from 'node:crypto';
import type { ToolCall } from '../agents/agent';

/**
 * The id under which a call is recorded: the same however often, and through whichever hook, it is told. Without an id of the agent's own,
 * what is told again in the same words and with the same time is the same call; without a time, every telling is a call of its own.
 *
 * Formatted as a UUID of version 8, which RFC 9562 leaves to whoever makes one.
 */
export function actionIdOf({ sessionId, callId, tool, input, toldAt }: ToolCall): string {
  if (callId !== undefined) return uuidOf(['call', sessionId, callId]);
  return toldAt === undefined ? randomUUID() : uuidOf(['told', sessionId, tool, input, toldAt]);
}

function uuidOf(parts: readonly unknown[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x80;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
