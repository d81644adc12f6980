// A client of the Model Context Protocol, by version 1 of its SDK, with a server in the same process.
import { WISHES } from './scenes.mjs';

export async function load(load) {
  return {
    ...(await load('@modelcontextprotocol/sdk/client/index.js')),
    ...(await load('@modelcontextprotocol/sdk/inMemory.js')),
    ...(await load('@modelcontextprotocol/sdk/types.js')),
    ...(await load('@modelcontextprotocol/sdk/server/index.js')),
  };
}

/** @returns a client that is connected with a server that has the tools. */
export async function connected(sdk, tools) {
  const server = new sdk.Server({ name: 'office', version: '1' }, { capabilities: { tools: {} } });
  server.setRequestHandler(sdk.CallToolRequestSchema, async ({ params }) => {
    try {
      return { content: [{ type: 'text', text: await tools[params.name](params.arguments ?? {}) }] };
    } catch (error) {
      return { isError: true, content: [{ type: 'text', text: error.message }] };
    }
  });
  const client = new sdk.Client({ name: 'agent', version: '1' });
  const [one, other] = sdk.InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(one), client.connect(other)]);
  return client;
}

export async function agent(sdk, tools, { describe }) {
  const client = await connected(sdk, tools);
  const seen = [];
  for (const { name, input } of WISHES) {
    try {
      const { content, isError = false } = await client.callTool({ name, arguments: input });
      seen.push({ name, text: content[0].text, isError });
    } catch (error) {
      seen.push({ name, error: describe(error), isTheirs: error instanceof sdk.McpError, code: error.code });
    }
  }
  await client.close();
  return seen;
}

/** A tool that fails, and a request that the program writes itself. */
export async function others(sdk, tools) {
  const client = await connected(sdk, tools);
  const failed = await client.callTool({ name: 'read_file', arguments: { path: 'missing.txt' } });
  const params = { name: 'read_file', arguments: { path: 'b.txt' } };
  const asked = await client.request({ method: 'tools/call', params }, sdk.CallToolResultSchema);
  const both = await Promise.all(
    ['c.txt', 'd.txt'].map((path) => client.callTool({ name: 'read_file', arguments: { path } })),
  );
  await client.ping();
  return { isError: failed.isError, asked: asked.content[0].text, both: both.length };
}

/** A call on several files, of which a policy blocks one. */
export async function several(sdk, tools, { describe }) {
  const client = await connected(sdk, { ...tools, move_file: async () => 'moved' });
  const call = (input) => client.callTool({ name: 'move_file', arguments: input }).then(() => 'made', describe);
  return [
    await call({ source: 'a.txt', destination: 'b.txt' }),
    await call({ source: 'a.txt', destination: 'secret/b.txt' }),
  ];
}

/** One object for several calls, as a loop has it that does not wait. */
export async function reused(sdk, tools) {
  const client = await connected(sdk, tools);
  const asked = { name: '', arguments: {} };
  const calls = ['a.txt', 'b.txt'].map((path) => {
    Object.assign(asked, { name: 'read_file', arguments: { path } });
    return client.callTool(asked);
  });
  asked.name = 'delete_user';
  return (await Promise.all(calls)).map(({ content }) => content[0].text);
}
