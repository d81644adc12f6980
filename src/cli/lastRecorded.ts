import * as fs from 'node:fs';
import * as path from 'node:path';
import { agentFigures } from '../core/log/agentFigures';
import { isoOfMicroseconds } from '../core/log/timestamp';
import { AGENTS } from '../recorder/agents/agents';
import { TRAIL_FILES } from '../recorder/trailFiles';
import type { AgentStatus } from '../recorder/setup/recordStatus';
import { UsageError } from './errors';
import { openLog } from './openLog';

/** When an agent was recorded last, ISO 8601 in UTC; null where it never was, undefined where its trail cannot be read. */
export type LastRecorded = string | null | undefined;

/** For each of the agents. Their databases are read as logs are: nothing is opened that could write beside them. */
export async function lastRecorded(agents: readonly AgentStatus[]): Promise<readonly LastRecorded[]> {
  const trails = new Map<string, ReadonlyMap<string | null, string> | undefined>();
  for (const { trail } of agents) if (!trails.has(trail)) trails.set(trail, await timesIn(trail));
  return agents.map(({ agent, trail }) => {
    const times = trails.get(trail);
    return times === undefined ? undefined : (times.get(AGENTS[agent].agentId) ?? null);
  });
}

async function timesIn(trail: string): Promise<ReadonlyMap<string | null, string> | undefined> {
  const file = path.join(trail, TRAIL_FILES.database);
  if (!fs.existsSync(file)) return new Map();
  try {
    const source = await openLog(file);
    try {
      const known = agentFigures(source.index).filter(({ to }) => to !== null);
      return new Map(known.map(({ agent, to }) => [agent, isoOfMicroseconds(Math.round(to! * 1000))]));
    } finally {
      source.close();
    }
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
