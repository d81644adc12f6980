import type { EntryContent, JsonValue } from '../chain/entry';
import { toJsonValue } from '../policy/jsonValue';
import { APPROVALS, RISK_LEVELS } from '../policy/policy';
import { isMapping } from '../policy/pyValues';
import type { PyMapping, PyValue } from '../policy/yamlTree';
import { HUMAN_DECISIONS, RESULT_STATUSES, type CleanAction, type CleanOutcome } from './actionRecord';

/**
 * What an entry says of an action: that it is about to be executed, how it ended, or what was decided on one that is not
 * executed.
 */
export type Phase = 'attempt' | 'outcome' | 'decision';
const PHASES: readonly Phase[] = ['attempt', 'outcome', 'decision'];

/** That an action has ended. */
export interface Ended {
  readonly phase: 'outcome' | 'decision';
  readonly action: CleanAction;
  readonly outcome: CleanOutcome;
  /** When it was over. */
  readonly timestamp: string;
}

/** One thing that is to be recorded: an entry of the chain, and a row or a part of one. */
export type Happening = { readonly phase: 'attempt'; readonly action: CleanAction } | Ended;

/**
 * What the chain's entry holds of it: every column of its row, so that the row can be made again of the entry. What there is
 * nothing of is left out of the metadata.
 */
export function contentOf(happening: Happening): EntryContent {
  const { action, phase } = happening;
  const ended = phase === 'attempt' ? undefined : happening;
  return {
    timestamp: ended?.timestamp ?? action.timestamp,
    agent_id: action.agent_id ?? '',
    action_type: action.action_type,
    action_target: action.action_target,
    decision: action.approval,
    risk_level: action.risk_level.toLowerCase(),
    matched_rule: action.matched_rule,
    metadata: withoutNothing({
      phase,
      action_id: action.action_id,
      session_id: action.session_id,
      action_params: action.action_params,
      action_desc: action.action_desc,
      human_decision: action.human_decision,
      parent_agent_id: action.parent_agent_id,
      chain_id: action.chain_id,
      chain_depth: action.chain_depth === 0 ? null : action.chain_depth,
      policy_sha256: action.policy_hash,
      attempted_at: ended === undefined || ended.timestamp === action.timestamp ? null : action.timestamp,
      ...ended?.outcome,
    }),
  };
}

function withoutNothing(members: Readonly<Record<string, JsonValue>>): Readonly<Record<string, JsonValue>> {
  const made: Record<string, JsonValue> = {};
  for (const name of Object.keys(members)) if (members[name] !== null) made[name] = members[name];
  return made;
}

/**
 * What an entry that was made by `contentOf` is about; undefined for any other, which this recorder did not write.
 *
 * @param entry the whole line, as JSON is read by Python.
 */
export function happeningOf(entry: PyValue): Happening | undefined {
  const members = new Members(entry);
  const metadata = members.inner('metadata');
  const phase = metadata.oneOf('phase', PHASES);
  const action = phase && actionOf(members, metadata);
  if (phase === undefined || action === undefined) return undefined;
  if (phase === 'attempt') return { phase, action };
  const outcome = outcomeOf(metadata);
  const timestamp = members.text('timestamp');
  return outcome === undefined || timestamp === undefined ? undefined : { phase, action, outcome, timestamp };
}

function actionOf(members: Members, metadata: Members): CleanAction | undefined {
  const risk = members.text('risk_level')?.toUpperCase();
  const action = {
    action_id: metadata.text('action_id'),
    session_id: metadata.text('session_id'),
    timestamp: metadata.text('attempted_at') ?? members.text('timestamp'),
    action_type: members.text('action_type'),
    action_target: members.text('action_target'),
    action_params: metadata.object('action_params'),
    action_desc: metadata.text('action_desc') ?? null,
    risk_level: RISK_LEVELS.find((each) => each === risk),
    approval: members.oneOf('decision', APPROVALS),
    matched_rule: members.text('matched_rule'),
    human_decision: metadata.oneOf('human_decision', HUMAN_DECISIONS) ?? null,
    agent_id: members.textOrNothing('agent_id'),
    parent_agent_id: metadata.text('parent_agent_id') ?? null,
    chain_id: metadata.text('chain_id') ?? null,
    chain_depth: metadata.integer('chain_depth') ?? 0,
    policy_hash: metadata.text('policy_sha256') ?? null,
  };
  return Object.values(action).includes(undefined) ? undefined : (action as CleanAction);
}

function outcomeOf(metadata: Members): CleanOutcome | undefined {
  const result_status = metadata.oneOf('result_status', RESULT_STATUSES);
  if (result_status === undefined) return undefined;
  const result_data = toJsonValue(metadata.value('result_data') ?? null);
  return { result_status, result_data, result_error: metadata.text('result_error') ?? null };
}

/** The members of an object that somebody else may have written. */
class Members {
  private readonly members: PyMapping['entries'];

  constructor(value: PyValue | undefined) {
    this.members = value !== undefined && isMapping(value) ? value.entries : [];
  }

  value(name: string): PyValue | undefined {
    return this.members.find(([key]) => key === name)?.[1];
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** An entry has no other way to say that there is none than an empty text. */
  textOrNothing(name: string): string | null {
    const text = this.text(name);
    return text === undefined || text === '' ? null : text;
  }

  oneOf<T extends string>(name: string, known: readonly T[]): T | undefined {
    const value = this.text(name);
    return known.find((each) => each === value);
  }

  integer(name: string): number | undefined {
    const value = this.value(name);
    return typeof value === 'bigint' && value <= Number.MAX_SAFE_INTEGER ? Number(value) : undefined;
  }

  object(name: string): Readonly<Record<string, JsonValue>> | undefined {
    const value = this.value(name);
    return value !== undefined && isMapping(value)
      ? (toJsonValue(value) as Readonly<Record<string, JsonValue>>)
      : undefined;
  }

  inner(name: string): Members {
    return new Members(this.value(name));
  }
}
