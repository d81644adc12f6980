import { DoesNotFit, functionsIn, type Library, type Method } from '../library';
import type { OpenCall, ToolGate } from '../toolGate';
import { isAsyncIterable, recordedAtItsEnd } from '../recordedGenerator';
import type { ToolCall } from '../toolCall';
import type { Undoing } from '../undoing';

/** As much of the arguments of the SDK's own function as is used. */
interface ExecuteToolCall {
  readonly toolCall: { readonly toolName: string; readonly input: unknown };
  readonly tools: Readonly<Record<string, { readonly execute?: Method }>> | undefined;
}
/** What the SDK hands to an integration of telemetry. */
interface TelemetryCall {
  readonly toolCall: { readonly toolName: string; readonly input: unknown };
  readonly execute: () => Promise<unknown>;
}

/**
 * The Vercel AI SDK (`ai`).
 *
 * Its functions cannot be reached from outside. Where it is loaded afterwards, the one that executes a tool is replaced within its
 * module, whatever is generated: text, a stream, by an agent. Where it was loaded before, there is its interface for telemetry, which a program can
 * turn off or take for itself with each call.
 *
 * A tool that is not called throws an ActionBlockedError: the SDK makes a `tool-error` of it, for the model and for the program.
 */
export const aiSdk: Library = {
  title: 'Vercel AI SDK',
  modules: [
    { package: 'ai', esModules: ['dist/index.js', 'dist/index.mjs'], commonJs: [], innerFunction: 'executeToolCall' },
  ],
  attach(module, gate, undoing) {
    functionsIn(module, 'generateText', 'streamText');
    const { inner, replace } = module;
    if (inner !== undefined && replace !== undefined) {
      replace('executeToolCall', undoing.whileAttached(inner, guarded(inner, gate)));
      undoing.add(replace, () => replace('executeToolCall', inner));
      return 'at the function that executes a tool';
    }
    if (typeof module.exports.registerTelemetry !== 'function')
      throw new DoesNotFit('It has neither the function nor the interface of the versions that are known.');
    registerTelemetry(gate, undoing);
    return (
      'by its telemetry, because it was loaded before, or has no function executeToolCall: a call that sets `telemetry` itself ' +
      '(integrations, or isEnabled: false) is not captured, and results are not recorded'
    );
  },
};

function guarded(original: Method, gate: ToolGate): Method {
  return async function (this: unknown, ...args) {
    const [given] = args as [ExecuteToolCall];
    const { toolCall, tools } = given;
    const { toolName } = toolCall;
    const tool = tools && Object.hasOwn(tools, toolName) ? tools[toolName] : undefined;
    if (typeof tool?.execute !== 'function') return Reflect.apply(original, this, args);
    let open: OpenCall | undefined;
    let execute: Method;
    let isExecuted = false;
    try {
      const opened = (open = await gate.open(callOf(toolCall)));
      execute = (...given) => {
        isExecuted = true;
        return recorded(opened, () => Reflect.apply(tool.execute!, tool, given));
      };
    } catch (error) {
      execute = () => {
        throw error;
      };
    }
    const own = Object.create(tool, { execute: { value: execute, enumerable: true } }) as object;
    const ended: unknown = await Reflect.apply(original, this, [{ ...given, tools: { ...tools, [toolName]: own } }]);
    // Such as where the context of the tool is none.
    if (open !== undefined && !isExecuted) await open.failed(new Error('The SDK did not execute it.'));
    return ended;
  };
}

/** The SDK tells by what comes back at once whether a tool produces bit by bit. */
function recorded(open: OpenCall, make: () => unknown): unknown {
  let made: unknown;
  try {
    made = open.within(make);
  } catch (error) {
    return open.failed(error).then(() => Promise.reject(error as Error));
  }
  if (isAsyncIterable(made)) return recordedAtItsEnd(open, made[Symbol.asyncIterator]());
  return Promise.resolve(made).then(
    async (value) => {
      await open.succeeded(value);
      return value;
    },
    async (error: unknown) => {
      await open.failed(error);
      throw error;
    },
  );
}

const HIDDEN = 'The program hides the input from telemetry (recordInputs: false), by which it would have to be judged.';

function registerTelemetry(gate: ToolGate, undoing: Undoing): void {
  const place = globalThis as { AI_SDK_TELEMETRY_INTEGRATIONS?: unknown[] };
  const integration = {
    executeTool: ({ toolCall, execute }: TelemetryCall): Promise<unknown> =>
      gate.run(
        {
          ...callOf(toolCall),
          hiddenInput: toolCall.input === undefined ? HIDDEN : undefined,
        },
        execute,
      ),
  };
  const integrations = (place.AI_SDK_TELEMETRY_INTEGRATIONS ??= []);
  if (integrations.some((each) => REGISTERED.has(each as object))) return;
  REGISTERED.add(integration);
  integrations.push(integration);
  undoing.add(integration, (own) => {
    const at = integrations.indexOf(own);
    if (at >= 0) integrations.splice(at, 1);
    REGISTERED.delete(own);
  });
}

/** All copies of the SDK share the list of integrations: one is enough for all. */
const REGISTERED = new WeakSet();

function callOf({ toolName, input }: ExecuteToolCall['toolCall']): ToolCall {
  return { framework: 'ai-sdk', tool: toolName, input };
}
