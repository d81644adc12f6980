// A client of the Model Context Protocol, by version 2 of its SDK, with a server of a few lines.
import { WISHES } from './scenes.mjs';

export const load = (load) => load('@modelcontextprotocol/client');

/** @returns a client that is connected with a server that has the tools. */
export async function connected(sdk, tools) {
  const [ours, theirs] = sdk.InMemoryTransport.createLinkedPair();
  ours.onmessage = async ({ id, method, params }) => {
    if (id === undefined) return;
    const answer = async () => {
      if (method === 'initialize')
        return {
          protocolVersion: params.protocolVersion,
          capabilities: { tools: {} },
          serverInfo: { name: 'office', version: '1' },
        };
      if (method === 'tools/call')
        return { content: [{ type: 'text', text: await tools[params.name](params.arguments) }] };
      if (method === 'tools/list')
        return { tools: WISHES.map(({ name }) => ({ name, inputSchema: { type: 'object' } })) };
      throw Object.assign(new Error(`no ${method}`), { code: -32601 });
    };
    try {
      await ours.send({ jsonrpc: '2.0', id, result: await answer() });
    } catch (error) {
      await ours.send({ jsonrpc: '2.0', id, error: { code: error.code ?? -32603, message: error.message } });
    }
  };
  await ours.start();
  const client = new sdk.Client({ name: 'agent', version: '1' });
  await client.connect(theirs);
  return client;
}

export async function agent(sdk, tools, { describe }) {
  const client = await connected(sdk, tools);
  const seen = [];
  for (const { name, input } of WISHES) {
    try {
      const { content } = await client.callTool({ name, arguments: input });
      seen.push({ name, text: content[0].text });
    } catch (error) {
      seen.push({ name, error: describe(error), isTheirs: error instanceof sdk.ProtocolError, code: error.code });
    }
  }
  await client.close();
  return seen;
}
