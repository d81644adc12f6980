import * as path from 'node:path';
import { randomUUID } from 'node:crypto';
import { runtimeHashes } from '../../../src/chainfile/hashes';
import { isoOfMicroseconds } from '../../../src/core/log/timestamp';
import type { CleanAction, CleanOutcome } from '../../../src/core/record/actionRecord';
import { TrailWriter, type OnEnded } from '../../../src/recorder/trail/trailWriter';
import type { TrailSettings } from '../../../src/recorder/trail/trailParts';
import { nodeSqlite } from '../../../src/sqlite/nodeDatabase';

const hashes = runtimeHashes();

export const now = (): string => isoOfMicroseconds(Date.now() * 1000);

/** A writer of all three files in a folder. */
export function writerIn(folder: string, settings: Partial<TrailSettings> = {}, onEnded?: OnEnded): TrailWriter {
  const algorithm = settings.algorithm ?? 'sha256';
  return new TrailWriter(
    nodeSqlite()!,
    {
      chain: path.join(folder, 'audit_chain.jsonl'),
      database: path.join(folder, 'aegis_audit.db'),
      jsonLines: path.join(folder, 'aegis_audit.jsonl'),
      hash: hashes[algorithm],
      patience: 20_000,
      rotateAt: undefined,
      now,
      ...settings,
      algorithm,
    },
    hashes,
    onEnded,
  );
}

export function action(members: Partial<CleanAction> = {}): CleanAction {
  return {
    action_id: randomUUID(),
    session_id: 'session-1',
    timestamp: now(),
    action_type: 'read_file',
    action_target: 'docs/a.md',
    action_params: { lines: 10 },
    action_desc: null,
    risk_level: 'LOW',
    approval: 'auto',
    matched_rule: 'allow_reads',
    human_decision: null,
    agent_id: 'agent-1',
    parent_agent_id: null,
    chain_id: null,
    chain_depth: 0,
    policy_hash: null,
    ...members,
  };
}

export const success: CleanOutcome = { result_status: 'success', result_data: { ok: true }, result_error: null };
