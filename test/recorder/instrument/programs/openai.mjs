// An agent of OpenAI Agents with a model that says what is written here.
import { WISHES } from './scenes.mjs';

export async function load(load) {
  const lib = {
    ...(await load('@openai/agents')),
    ...(await load('@openai/agents/testing')),
    z: (await load('zod')).z,
  };
  lib.setTracingDisabled(true);
  return lib;
}

function toolsOf({ tool, z }, tools) {
  const made = (name, parameters) =>
    tool({ name, description: name, parameters, execute: async (input) => tools[name](input) });
  return [
    made('read_file', z.object({ path: z.string() })),
    made('send_mail', z.object({ to: z.string(), text: z.string() })),
    made('delete_user', z.object({ user_id: z.string() })),
  ];
}

function modelOf({ ScriptedModel, functionCall, assistantMessage }, wishes = WISHES) {
  return new ScriptedModel([
    ...wishes.map(({ id, name, input }) => [functionCall(name, input, { callId: id })]),
    [assistantMessage('That is all.')],
  ]);
}

function told(result, describe) {
  const outputs = result.newItems.filter(({ type }) => type === 'tool_call_output_item');
  return {
    outputs: outputs.map(({ rawItem, output }) => ({ name: rawItem.name ?? rawItem.type, output })),
    refused: result.toolInputGuardrailResults
      .filter(({ output }) => output.behavior.type !== 'allow')
      .map(({ guardrail, output }) => ({ guardrail: guardrail.name, error: describe(output.outputInfo) })),
    final: result.finalOutput,
  };
}

export async function agent(lib, tools, { describe }) {
  const made = new lib.Agent({ name: 'clerk', model: modelOf(lib), tools: toolsOf(lib, tools) });
  return told(await lib.run(made, 'go'), describe);
}

export async function stream(lib, tools, { describe }) {
  const made = new lib.Agent({ name: 'clerk', model: modelOf(lib), tools: toolsOf(lib, tools) });
  const result = await lib.run(made, 'go', { stream: true });
  for await (const _ of result);
  await result.completed;
  return told(result, describe);
}

/** A tool that throws, one that the program calls, and the same tools in a second run. */
export async function others(lib, tools, { describe }) {
  const wishes = [{ id: '1', name: 'read_file', input: { path: 'missing.txt' } }];
  const [read, , remove] = toolsOf(lib, tools);
  const run = () => lib.run(new lib.Agent({ name: 'clerk', model: modelOf(lib, wishes), tools: [read, remove] }), 'go');
  const first = told(await run(), describe);
  await run();
  const direct = await remove.invoke(new lib.RunContext(), '{"user_id": "42"}').catch(describe);
  return { first, direct };
}

/** Commands and patches that the program carries out for the model. */
export async function local(lib, tools, { describe }) {
  const run = async ({ commands }) => {
    tools.made.push(...commands);
    return { output: [{ stdout: 'done', stderr: '', outcome: { type: 'exit', exitCode: 0 } }] };
  };
  const done = async ({ path }) => {
    tools.made.push(path);
    return { status: 'completed', output: path };
  };
  const made = new lib.Agent({
    name: 'clerk',
    model: new lib.ScriptedModel([
      [{ type: 'shell_call', callId: '1', status: 'completed', action: { commands: ['ls'] } }],
      [{ type: 'shell_call', callId: '2', status: 'completed', action: { commands: ['rm -rf /'] } }],
      [
        {
          type: 'apply_patch_call',
          callId: '3',
          status: 'completed',
          operation: { type: 'create_file', path: 'a.txt', diff: '+a' },
        },
      ],
      [
        {
          type: 'apply_patch_call',
          callId: '4',
          status: 'completed',
          operation: { type: 'delete_file', path: 'b.txt' },
        },
      ],
      [lib.assistantMessage('That is all.')],
    ]),
    tools: [
      lib.shellTool({ shell: { run } }),
      lib.applyPatchTool({ editor: { createFile: done, updateFile: done, deleteFile: done } }),
    ],
  });
  return told(await lib.run(made, 'go'), describe);
}

/** A tool of a server of the Model Context Protocol, which the library asks through the protocol's own client. */
export async function nested(lib, tools, { describe, load }) {
  const { connected } = await import('./mcp2.mjs');
  const session = await connected(await load('@modelcontextprotocol/client'), tools);
  const server = {
    name: 'office',
    cacheToolsList: true,
    connect: async () => {},
    close: async () => session.close(),
    invalidateToolsCache: async () => {},
    listTools: async () =>
      WISHES.map(({ name }) => ({
        name,
        inputSchema: { type: 'object', properties: {}, required: [], additionalProperties: true },
      })),
    callTool: async (name, input) => (await session.callTool({ name, arguments: input })).content,
  };
  const made = new lib.Agent({ name: 'clerk', model: modelOf(lib), mcpServers: [server] });
  const result = told(await lib.run(made, 'go'), describe);
  await session.close();
  return result;
}
