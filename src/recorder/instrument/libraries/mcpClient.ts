import { objectOf } from '../../agents/payload';
import { ActionBlockedError, asBlocked } from '../actionBlockedError';
import { classIn, type Library, type LoadedModule } from '../library';
import type { ToolCall } from '../toolCall';
import { errorClassBeside } from './mcpError';

/** As much of a client as is used. */
interface Client {
  getServerVersion?(): { readonly name?: unknown } | undefined;
}
interface Parameters {
  readonly name?: unknown;
  readonly arguments?: unknown;
}

/**
 * Clients of the Model Context Protocol, by its own SDK: `@modelcontextprotocol/sdk` (its version 1) and `@modelcontextprotocol/client`
 * (its version 2).
 *
 * A call is captured at `callTool`, and at `request` and `requestStream` for whoever writes `tools/call` himself. One that is not made is
 * thrown as the SDK's own error of the protocol (`McpError`, `ProtocolError`) with the code of an invalid request, which is also an
 * ActionBlockedError. A result with `isError` is recorded as failed.
 */
export const mcpClient: Library = {
  title: 'Model Context Protocol client',
  modules: [
    {
      package: '@modelcontextprotocol/sdk',
      esModules: ['dist/esm/client/index.js'],
      commonJs: ['dist/cjs/client/index.js'],
      via: ['@openai/agents-core', '@openai/agents', '@langchain/mcp-adapters'],
    },
    {
      package: '@modelcontextprotocol/client',
      esModules: ['dist/index.mjs'],
      commonJs: ['dist/index.cjs'],
      via: ['@openai/agents-core', '@openai/agents'],
    },
  ],
  attach(module, gate, undoing) {
    const client = classIn(module, 'Client', 'callTool', 'request');
    undoing.method(
      client,
      'callTool',
      (original) =>
        async function (this: unknown, ...args) {
          const given = asSent(args[0]);
          const call = callOf(this as Client, objectOf(given) ?? {});
          const make = (): unknown => Reflect.apply(original, this, [given, ...args.slice(1)]);
          try {
            return await gate.run(call, make, { failureOf, maker: this });
          } catch (error) {
            throw await asTheirs(error, module);
          }
        },
    );
    undoing.method(
      client,
      'request',
      (original) =>
        async function (this: unknown, ...args) {
          if (toolCallIn(args[0]) === undefined || gate.isMaking(this)) return Reflect.apply(original, this, args);
          const given = asSent(args[0]);
          const make = (): unknown => Reflect.apply(original, this, [given, ...args.slice(1)]);
          try {
            const call = callOf(this as Client, toolCallIn(given) ?? {});
            return await gate.run(call, make, { failureOf, maker: this });
          } catch (error) {
            throw await asTheirs(error, module);
          }
        },
    );
    if (typeof client.requestStream === 'function')
      undoing.method(
        client,
        'requestStream',
        (original) =>
          async function* (this: unknown, ...args) {
            const isOurs = toolCallIn(args[0]) !== undefined && !gate.isMaking(this);
            const given = isOurs ? asSent(args[0]) : args[0];
            const make = (): AsyncGenerator<unknown, unknown, unknown> =>
              Reflect.apply(original, this, [given, ...args.slice(1)]) as AsyncGenerator<unknown, unknown, unknown>;
            if (!isOurs) return yield* make();
            try {
              return yield* gate.stream(callOf(this as Client, toolCallIn(given) ?? {}), make, this);
            } catch (error) {
              throw await asTheirs(error, module);
            }
          },
      );
    return 'at callTool, request and requestStream of its class Client';
  },
};

function callOf(client: Client, { name, arguments: input }: Parameters): ToolCall {
  const server = client.getServerVersion?.()?.name;
  return {
    framework: 'mcp-client',
    tool: String(name),
    input: input ?? {},
    otherwiseTarget: typeof server === 'string' ? server : undefined,
  };
}

/**
 * What the SDK would send now. The program's own object may be another one when the call has been judged: that would be sent, and not what
 * was judged.
 *
 * @throws TypeError where it cannot be sent.
 */
function asSent(given: unknown): unknown {
  return given === undefined ? undefined : JSON.parse(JSON.stringify(given));
}

function toolCallIn(request: unknown): Parameters | undefined {
  const asked = objectOf(request);
  return asked?.method === 'tools/call' ? (objectOf(asked.params) ?? {}) : undefined;
}

/** The protocol tells of a tool that failed in its result, for the model to read. */
function failureOf(result: unknown): string | undefined {
  const { isError, content } = objectOf(result) ?? {};
  if (isError !== true) return undefined;
  const texts = Array.isArray(content) ? content.map((each) => objectOf(each)?.text) : [];
  return texts.filter((text) => typeof text === 'string').join('\n') || 'The tool says that it failed.';
}

async function asTheirs(error: unknown, module: LoadedModule): Promise<unknown> {
  if (!(error instanceof ActionBlockedError)) return error;
  const Theirs = await errorClassBeside(module);
  return Theirs === undefined ? error : asBlocked(new Theirs(INVALID_REQUEST, error.message), error);
}

/** Of JSON-RPC: what the client asks for is not to be asked for. */
const INVALID_REQUEST = -32600;
