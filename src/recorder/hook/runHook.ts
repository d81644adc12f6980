import { reasonOf } from '../../core/record/reading';
import { visible } from '../../core/text/visible';
import { AGENTS, agentOf } from '../agents/agents';
import type { Agent, ToolEvent, Verdict } from '../agents/agent';
import { parsePayload, type Payload } from '../agents/payload';
import type { HookArguments } from './hookArguments';
import { asking } from './asking';
import { judgeCall } from './judgeCall';
import { InputError } from './readInput';
import { recordEvent } from './recordEvent';
import { hookPlaces } from './workspace';

/** What a hook leaves to its agent. The exit code is always 0: any other may mean a denial, or nothing at all. */
export interface HookAnswer {
  readonly stdout: string;
  /** For people and logs; empty where there is nothing to say. */
  readonly stderr: string;
}

/** Milliseconds within which an agent is answered, come what may: it gives a hook 30 s, as our entries say. */
const DEADLINE = 20_000;

/**
 * One call of a hook: reads what the agent tells, judges, records, answers. It does not throw. What fails here does not stop the agent
 * unless the person asked for that, and does not lift what the policy says.
 *
 * @param input gives the payload.
 */
export async function runHook(
  args: HookArguments,
  input: () => Promise<string>,
  deadline = DEADLINE,
): Promise<HookAnswer> {
  try {
    const payload = parsePayload(await input());
    if (payload === undefined) throw new InputError('What the agent sent is no object.', false);
    const agent = agentOf(payload, args.agent);
    const event = agent.read(payload);
    return event === undefined
      ? notOfACall(args, AGENTS[args.agent], payload)
      : await judged(args, agent, payload, event, deadline);
  } catch (error) {
    return unread(args, error);
  }
}

async function judged(
  args: HookArguments,
  agent: Agent,
  payload: Payload,
  event: ToolEvent,
  deadline: number,
): Promise<HookAnswer> {
  const { trail, policy } = hookPlaces(agent, payload, args);
  const judgement = await judgeCall(agent, event.call, policy);
  const verdict: Verdict = event.kind === 'before' ? judgement.verdict : { kind: 'silent' };
  try {
    await within(deadline, recordEvent(trail, event, judgement));
    return { stdout: agent.answer(verdict, event.kind, undefined), stderr: '' };
  } catch (error) {
    return failed(args, agent, event.kind, verdict, `Aegis could not record this: ${reasonOf(error, 800)}`);
  }
}

/** Whatever the payload was, it was not understood; it may have been a call that the policy blocks. */
function unread(args: HookArguments, error: unknown): HookAnswer {
  const agent = AGENTS[args.agent];
  const why = error instanceof SyntaxError ? 'What the agent sent is no JSON.' : reasonOf(error);
  let verdict: Verdict = { kind: 'silent' };
  // A call can be made large at will, so that its size must not carry it past a policy.
  if (error instanceof InputError && error.isTooLarge && hookPlaces(agent, {}, args).policy !== undefined)
    verdict = asking(agent, `${why} So the policy could not be asked.`);
  return failed(args, agent, 'before', verdict, `Aegis did not record this: ${why}`);
}

function failed(
  { isFailClosed }: HookArguments,
  agent: Agent,
  event: 'before' | 'after',
  verdict: Verdict,
  problem: string,
): HookAnswer {
  const notice = visible(problem, 1000);
  const stands =
    isFailClosed && event === 'before' && verdict.kind !== 'deny' ? { kind: 'deny' as const, reason: notice } : verdict;
  return { stdout: agent.answer(stands, event, notice), stderr: `aegis: ${notice}\n` };
}

/**
 * Sessions, prompts and the like are none of ours; an event that should have been a call is told. One without a name may have been about to
 * make a call, which is denied where the person asked for that.
 */
function notOfACall(args: HookArguments, agent: Agent, payload: Payload): HookAnswer {
  const name = payload.hook_event_name ?? payload.hookEventName;
  const isNamed = typeof name === 'string';
  const isCall = isNamed ? /tool/i.test(name) && /^(pre|post|before|after)/i.test(name) : args.isFailClosed;
  if (!isCall) return { stdout: agent.answer({ kind: 'silent' }, 'after', undefined), stderr: '' };
  const event = isNamed && /^(post|after)/i.test(name) ? 'after' : 'before';
  const what = isNamed ? `the event ${visible(name, 60)}` : 'an event without a name';
  return failed(args, agent, event, { kind: 'silent' }, `Aegis could not understand ${what} of ${agent.title}.`);
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    const message = `it took longer than ${milliseconds / 1000} s. It may have been recorded all the same.`;
    late = setTimeout(() => reject(new Error(message)), milliseconds);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(late);
  }
}
