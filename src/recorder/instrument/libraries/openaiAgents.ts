import { objectOf, unwrapped } from '../../agents/payload';
import { ActionBlockedError } from '../actionBlockedError';
import { classIn, type Library, type LoadedModule, type Method } from '../library';
import type { OpenCall, ToolGate } from '../toolGate';
import type { ToolCall } from '../toolCall';
import type { Undoing } from '../undoing';
import { guardEditor, guardShell } from './openaiLocalTools';

/** As much of a tool that is a function as is used. */
interface FunctionTool {
  readonly type: 'function';
  readonly name: string;
  readonly inputGuardrails?: readonly unknown[];
}

/**
 * OpenAI Agents.
 *
 * A run takes an agent's tools from its method `getAllTools`; the tools that it gives are guarded, once each. A
 * call is judged by a guardrail of the tool's input, the library's own way to refuse one: the run goes on, the model reads the reason, and
 * the program finds the ActionBlockedError as `outputInfo` in the run's `toolInputGuardrailResults`. Without a runner (`tool.invoke`) it is thrown.
 *
 * A function that throws is told to the model as a text; the record says that it failed where the library's span (its tracing) or its
 * usual text tells so.
 */
export const openaiAgents: Library = {
  title: 'OpenAI Agents',
  modules: [
    {
      package: '@openai/agents-core',
      esModules: ['dist/index.mjs'],
      commonJs: ['dist/index.js'],
      via: ['@openai/agents'],
    },
  ],
  attach(module, gate, undoing) {
    const guarded = new WeakSet();
    undoing.method(
      classIn(module, 'Agent', 'getAllTools'),
      'getAllTools',
      (original) =>
        async function (this: unknown, ...args) {
          const tools = (await Reflect.apply(original, this, args)) as readonly object[];
          for (const tool of tools) {
            if (guarded.has(tool)) continue;
            guarded.add(tool);
            guard(tool, module, gate, undoing);
          }
          return tools;
        },
    );
    return (
      'at the tools that an agent has: functions, tools of MCP servers, shell and apply_patch; what a computer tool does, and tools that OpenAI ' +
      'executes, are not captured'
    );
  },
};

function guard(tool: object, module: LoadedModule, gate: ToolGate, undoing: Undoing): void {
  const { type, invoke, shell, editor } = tool as Readonly<Record<string, unknown>>;
  if (type === 'function' && typeof invoke === 'function') guardFunction(tool as FunctionTool, module, gate, undoing);
  else if (type === 'shell' && objectOf(shell) !== undefined) guardShell(tool, gate, undoing);
  else if (type === 'apply_patch' && objectOf(editor) !== undefined) guardEditor(tool, gate, undoing);
}

function guardFunction(tool: FunctionTool, module: LoadedModule, gate: ToolGate, undoing: Undoing): void {
  /** By the model's call: what the guardrail let pass, and the function is about to do. */
  const opened = new WeakMap<object, OpenCall>();
  const { name } = tool;
  const guardrail = {
    type: 'tool_input',
    name: 'aegis',
    run: async ({ toolCall }: { readonly toolCall: { readonly arguments?: unknown } }) => {
      try {
        if (!undoing.isDone && !opened.has(toolCall))
          opened.set(toolCall, await gate.open(callOf(name, toolCall.arguments)));
        return { behavior: { type: 'allow' } };
      } catch (error) {
        if (!(error instanceof ActionBlockedError)) throw error;
        return { behavior: { type: 'rejectContent', message: error.message }, outputInfo: error };
      }
    },
  };
  undoing.method(
    tool,
    'invoke',
    (original) =>
      async function (this: unknown, ...args) {
        const [, input, details] = args;
        const toolCall = objectOf(objectOf(details)?.toolCall);
        const open = (toolCall && opened.get(toolCall)) ?? (await gate.open(callOf(name, input)));
        let value: unknown;
        try {
          value = await open.within(() => Reflect.apply(original, this, args));
        } catch (error) {
          await open.failed(error);
          throw error;
        }
        await open.succeeded(value, failureOf(value, module));
        return value;
      },
  );
  // Last, so that nothing is attempted that another guardrail refuses.
  undoing.member(tool, 'inputGuardrails', [...(tool.inputGuardrails ?? []), guardrail]);
}

/** What the library answers to the model where a function threw and the program did not say what to answer. */
const USUAL_FAILURE = 'An error occurred while running the tool. Please try again.';

function failureOf(value: unknown, { exports }: LoadedModule): string | undefined {
  const { getCurrentSpan } = exports as { readonly getCurrentSpan?: Method };
  const span = objectOf(getCurrentSpan?.())?.error;
  const told = objectOf(objectOf(span)?.data)?.error ?? objectOf(span)?.message;
  if (typeof told === 'string') return told;
  return value === USUAL_FAILURE ? USUAL_FAILURE : undefined;
}

/** @param input as the model wrote it: JSON in a text. */
function callOf(tool: string, input: unknown): ToolCall {
  return { framework: 'openai-agents', tool, input: unwrapped(input) };
}
