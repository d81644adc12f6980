import { reasonOf } from '../../../core/record/reading';
import { objectOf, textIn } from '../../agents/payload';
import { DoesNotFit, functionsIn, type Library, type Method } from '../library';
import type { ToolGate } from '../toolGate';
import { ClaudeCalls } from './claudeCalls';

type Members = Readonly<Record<string, unknown>>;

/** What starts an agent, with `options`. */
const STARTS = ['query', 'startup', 'prewarm'] as const;

/**
 * The Claude Agent SDK. Its tools run in a process of their own, Claude Code; that asks this one by hooks, which are options of each agent that is
 * started: ours are added to the program's. A call that is not made is denied by the hook, as Claude Code's own kind of refusal: the
 * model gets it as an error of the tool, with the reason. One that may be made is left to the permissions of the program, which may ask or deny too.
 *
 * Source: the declarations of @anthropic-ai/claude-agent-sdk 0.3.332 (`HookCallbackMatcher`, `PreToolUseHookInput`, `CanUseTool`), read on
 * 2026-12-01. The session is its `session_id`.
 */
export const claudeAgentSdk: Library = {
  title: 'Claude Agent SDK',
  modules: [{ package: '@anthropic-ai/claude-agent-sdk', esModules: ['sdk.mjs'], commonJs: [], functions: STARTS }],
  attach(module, gate, undoing) {
    const { replace, exports } = module;
    functionsIn(module, 'query');
    if (replace === undefined)
      throw new DoesNotFit(
        'It was loaded before, and its functions cannot be replaced then: start the program with ' +
          '`node --import aegis-audit-trail/auto`, or call autoInstrument before you import it.',
      );
    for (const name of STARTS) {
      const original = exports[name];
      if (typeof original !== 'function') continue;
      replace(name, undoing.whileAttached(original as Method, starting(original as Method, gate)));
      undoing.add(replace, () => replace(name, original));
    }
    return 'by hooks in the options of query, startup and prewarm';
  },
};

function starting(original: Method, gate: ToolGate): Method {
  return function (this: unknown, ...args) {
    const [params] = args;
    const calls = new ClaudeCalls(gate);
    const options = withHooks(objectOf(objectOf(params)?.options) ?? {}, calls);
    const started: unknown = Reflect.apply(original, this, [{ ...objectOf(params), options }, ...args.slice(1)]);
    return withErrors(started, calls);
  };
}

function withHooks(options: Members, calls: ClaudeCalls): Members {
  const { canUseTool } = options;
  const hooks: Record<string, unknown> = { ...objectOf(options.hooks) };
  for (const [event, hook] of Object.entries(calls.hooks)) {
    const theirs: readonly unknown[] = Array.isArray(hooks[event]) ? hooks[event] : [];
    hooks[event] = [...theirs, { hooks: [hook], timeout: PATIENCE }];
  }
  if (typeof canUseTool !== 'function') return { ...options, hooks };
  const asks = canUseTool as Method;
  const asking = async (...args: unknown[]): Promise<unknown> => {
    const answer = await asks(...args);
    const said = objectOf(answer);
    const callId = String(objectOf(args[2])?.toolUseID);
    if (said?.behavior === 'deny') await calls.denied(callId, textIn(said, 'message') ?? 'It was denied.');
    else if (said?.updatedInput !== undefined) {
      const refused = await calls.changed(callId, said.updatedInput);
      if (refused !== undefined) return { behavior: 'deny', message: refused };
    }
    return answer;
  };
  return { ...options, hooks, canUseTool: asking };
}

/** Seconds that a person has for an answer: a day. Claude Code goes on without a hook's answer after one minute, if nothing else is said. */
const PATIENCE = 86_400;

/** What could not be recorded is thrown to whoever reads the agent's messages: what runs in another process cannot be told it. */
function withErrors(started: unknown, calls: ClaudeCalls): unknown {
  if (typeof started !== 'object' || started === null) return started;
  const telling = (messages: object): Method | undefined => {
    const next: unknown = Reflect.get(messages, 'next');
    if (typeof next !== 'function') return undefined;
    return async (...args) => {
      const step: unknown = await Reflect.apply(next, messages, args);
      const { error } = calls;
      if (error !== undefined) throw error instanceof Error ? error : new Error(reasonOf(error));
      return step;
    };
  };
  const next = telling(started);
  const iterate: unknown = Reflect.get(started, Symbol.asyncIterator);
  if (next === undefined || typeof iterate !== 'function') return started;
  // It hands out its messages by an object of its own.
  const iterating = (): unknown => {
    const messages = Reflect.apply(iterate, started, []) as object;
    return new Proxy(messages, {
      get: (target, name) => {
        if (name === 'next') return telling(target);
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
  };
  for (const [name, value] of [
    ['next', next],
    [Symbol.asyncIterator, iterating],
  ] as const)
    Object.defineProperty(started, name, { configurable: true, writable: true, value });
  return started;
}
