// An agent of the Vercel AI SDK with a model that says what is written here.
import { WISHES } from './scenes.mjs';

export async function load(load) {
  return { ...(await load('ai')), ...(await load('ai/test')), z: (await load('zod')).z };
}

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};

function toolsOf({ tool, z }, tools) {
  return {
    read_file: tool({ inputSchema: z.object({ path: z.string() }), execute: (input) => tools.read_file(input) }),
    send_mail: tool({
      inputSchema: z.object({ to: z.string(), text: z.string() }),
      execute: async (input) => tools.send_mail(input),
    }),
    delete_user: tool({ inputSchema: z.object({ user_id: z.string() }), execute: (input) => tools.delete_user(input) }),
  };
}

/** What the model says at each step. */
function contents(wishes) {
  return [
    ...wishes.map(({ id, name, input }) => ({
      content: [{ type: 'tool-call', toolCallId: id, toolName: name, input: JSON.stringify(input) }],
      finishReason: { unified: 'tool-calls', raw: undefined },
    })),
    { content: [{ type: 'text', text: 'That is all.' }], finishReason: { unified: 'stop', raw: undefined } },
  ];
}

export function modelOf({ MockLanguageModelV4 }, wishes = WISHES) {
  const steps = contents(wishes);
  let asked = 0;
  return new MockLanguageModelV4({
    doGenerate: async () => ({ ...steps[asked++], usage, warnings: [] }),
    doStream: async () => {
      const { content, finishReason } = steps[asked++];
      const [part] = content;
      const said =
        part.type === 'text'
          ? [
              { type: 'text-start', id: '1' },
              { type: 'text-delta', id: '1', delta: part.text },
              { type: 'text-end', id: '1' },
            ]
          : [part];
      const parts = [{ type: 'stream-start', warnings: [] }, ...said, { type: 'finish', finishReason, usage }];
      return { stream: ReadableStream.from(parts) };
    },
  });
}

function told(content, describe) {
  return content
    .filter(({ type }) => type === 'tool-result' || type === 'tool-error')
    .map(({ type, toolName, output, error }) => ({
      type,
      toolName,
      output,
      ...(error ? { error: describe(error) } : {}),
    }));
}

export async function agent(lib, tools, { describe }) {
  const { steps } = await lib.generateText({
    model: modelOf(lib),
    tools: toolsOf(lib, tools),
    prompt: 'go',
    stopWhen: lib.isStepCount(9),
  });
  return told(
    steps.flatMap(({ content }) => content),
    describe,
  );
}

export async function stream(lib, tools, { describe }) {
  const parts = [];
  const result = lib.streamText({
    model: modelOf(lib),
    tools: toolsOf(lib, tools),
    prompt: 'go',
    stopWhen: lib.isStepCount(9),
  });
  for await (const part of result.fullStream) parts.push(part);
  return told(parts, describe);
}

export async function loop(lib, tools, { describe }) {
  const made = new lib.ToolLoopAgent({ model: modelOf(lib), tools: toolsOf(lib, tools) });
  const { steps } = await made.generate({ prompt: 'go' });
  return told(
    steps.flatMap(({ content }) => content),
    describe,
  );
}

/** What a program can take from telemetry. */
export async function hidden(lib, tools, { describe }) {
  const { steps } = await lib.generateText({
    model: modelOf(lib),
    tools: toolsOf(lib, tools),
    prompt: 'go',
    stopWhen: lib.isStepCount(9),
    telemetry: { recordInputs: false },
  });
  return told(
    steps.flatMap(({ content }) => content),
    describe,
  );
}

export async function ownTelemetry(lib, tools, { describe }) {
  const { steps } = await lib.generateText({
    model: modelOf(lib),
    tools: toolsOf(lib, tools),
    prompt: 'go',
    stopWhen: lib.isStepCount(9),
    telemetry: { isEnabled: false },
  });
  return told(
    steps.flatMap(({ content }) => content),
    describe,
  );
}

/** A tool that produces bit by bit, one that throws, one that throws at once. */
export async function others(lib, tools, { describe }) {
  const { tool, z } = lib;
  const any = z.object({ path: z.string() });
  const wishes = ['slowly', 'plainly', 'failing'].map((name, i) => ({
    id: `call_${i}`,
    name: `read_${name}`,
    input: { path: name === 'failing' ? 'missing.txt' : 'a.txt' },
  }));
  const iterable = {
    async *[Symbol.asyncIterator]() {
      yield 1;
      yield 2;
    },
  };
  const result = lib.streamText({
    model: modelOf(lib, wishes),
    tools: {
      read_slowly: tool({
        inputSchema: any,
        execute: async function* () {
          yield 'one';
          yield 'two';
        },
      }),
      read_plainly: tool({ inputSchema: any, execute: () => iterable }),
      read_failing: tool({ inputSchema: any, execute: (input) => tools.read_file(input) }),
    },
    prompt: 'go',
    stopWhen: lib.isStepCount(9),
  });
  const parts = [];
  for await (const part of result.fullStream)
    if (part.type === 'tool-result') parts.push({ output: part.output, preliminary: part.preliminary === true });
    else if (part.type === 'tool-error') parts.push({ error: describe(part.error) });
  return parts;
}

/** A tool that asks a server of the Model Context Protocol for the same, and another that asks it for something else. */
export async function nested(lib, tools, { describe, load }) {
  const mcp = await import('./mcp.mjs');
  const client = await mcp.connected(await mcp.load(load), tools);
  const call = (name, input) => client.callTool({ name, arguments: input });
  const any = lib.z.looseObject({});
  const wishes = [
    { id: '1', name: 'read_file', input: { path: 'a.txt' } },
    { id: '2', name: 'office__read_file', input: { path: 'b.txt' } },
    { id: '3', name: 'read_all', input: {} },
    { id: '4', name: 'office__delete_user', input: { user_id: '42' } },
  ];
  const { steps } = await lib.generateText({
    model: modelOf(lib, wishes),
    tools: {
      read_file: lib.tool({ inputSchema: any, execute: (input) => call('read_file', input) }),
      office__read_file: lib.tool({ inputSchema: any, execute: (input) => call('read_file', input) }),
      read_all: lib.tool({
        inputSchema: any,
        execute: async () => [await call('read_file', { path: 'c.txt' }), await call('read_file', { path: 'd.txt' })],
      }),
      office__delete_user: lib.tool({ inputSchema: any, execute: (input) => call('delete_user', input) }),
    },
    prompt: 'go',
    stopWhen: lib.isStepCount(9),
  });
  await client.close();
  return told(
    steps.flatMap(({ content }) => content),
    describe,
  );
}
