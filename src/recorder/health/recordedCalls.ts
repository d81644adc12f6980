import * as fs from 'node:fs';
import * as path from 'node:path';
import type { RecordedCall } from '../../core/capture/compareCapture';
import { readJsonValue } from '../../core/policy/jsonValue';
import { happeningOf } from '../../core/record/trailEntry';
import { AppendFile } from '../files/appendFile';
import { TRAIL_FILES } from '../trailFiles';

/** What a trail's chains tell. */
export interface RecordedCalls {
  /** The attempts and decisions of one agent, in order. */
  readonly calls: readonly RecordedCall[];
  /** When the first action of any agent was recorded, ISO 8601; undefined where there is none. */
  readonly began: string | undefined;
}

/**
 * Reads the chain of a trail, and those that were put away before it. Nothing is verified: that is what `aegis verify` is for.
 *
 * @param agentId as it is recorded.
 * @throws Error of the system's where a chain cannot be read; where there is none, nothing is recorded.
 */
export function recordedCalls(folder: string, agentId: string): RecordedCalls {
  const calls = new Map<string, RecordedCall>();
  let began: string | undefined;
  for (const file of chainsIn(folder)) {
    const chain = AppendFile.openToRead(file);
    try {
      let line = 0;
      for (const { bytes } of chain.lines(0)) {
        line++;
        const reading = readJsonValue(Buffer.from(bytes).toString('utf8'));
        const happening = 'value' in reading ? happeningOf(reading.value) : undefined;
        if (happening === undefined) continue;
        const { action_id, session_id, action_type, action_target, action_params, timestamp, agent_id } =
          happening.action;
        const status = happening.phase === 'attempt' ? null : happening.outcome.result_status;
        const known = calls.get(action_id);
        if (known !== undefined) calls.set(action_id, { ...known, status });
        if (happening.phase === 'outcome') continue;
        if (began === undefined || timestamp < began) began = timestamp;
        if (agent_id !== agentId) continue;
        const call = { actionId: action_id, sessionId: session_id, tool: action_type, target: action_target };
        calls.set(action_id, { ...call, params: action_params, status, at: timestamp, file, line });
      }
    } finally {
      chain.close();
    }
  }
  return { calls: [...calls.values()], began };
}

/** Oldest first: what was put away has its time in its name. */
function chainsIn(folder: string): string[] {
  const { name, ext } = path.parse(TRAIL_FILES.chain);
  let names: string[];
  try {
    names = fs.readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const putAway = names.filter(
    (each) => each.startsWith(`${name}.`) && each.endsWith(`Z${ext}`) && each !== TRAIL_FILES.chain,
  );
  const current = names.includes(TRAIL_FILES.chain) ? [TRAIL_FILES.chain] : [];
  return [...putAway.sort(), ...current].map((each) => path.join(folder, each));
}
