// Calls a tool many times through a library, as an agent's loop does, and prints the milliseconds, and the memory at the end as JSON. Started by
// bench/instrument.mjs with --expose-gc, with and without --import aegis-audit-trail/auto.
//   instrumentedLoop.mjs langchain|mcp CALLS
import process from 'node:process';

const [way, count] = process.argv.slice(2);

async function langchain() {
  const { tool } = await import('@langchain/core/tools');
  const { z } = await import('zod');
  const read = tool(async ({ path }) => `text of ${path}`, {
    name: 'read_file',
    description: 'reads a file',
    schema: z.object({ path: z.string() }),
  });
  return (/** @type {number} */ i) => read.invoke({ path: `src/module${i % 50}.ts` });
}

async function mcp() {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  const { Server } = await import('@modelcontextprotocol/sdk/server/index.js');
  const { InMemoryTransport } = await import('@modelcontextprotocol/sdk/inMemory.js');
  const { CallToolRequestSchema } = await import('@modelcontextprotocol/sdk/types.js');
  const server = new Server({ name: 'files', version: '1' }, { capabilities: { tools: {} } });
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => ({
    content: [{ type: 'text', text: `text of ${params.arguments?.path}` }],
  }));
  const client = new Client({ name: 'bench', version: '1' });
  const [one, other] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(one), client.connect(other)]);
  return (/** @type {number} */ i) =>
    client.callTool({ name: 'read_file', arguments: { path: `src/module${i % 50}.ts` } });
}

const call = await (way === 'mcp' ? mcp() : langchain());
const heap = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
await call(0);
const before = heap();
const start = performance.now();
for (let i = 1; i <= Number(count); i++) await call(i);
const milliseconds = performance.now() - start;
console.log(
  JSON.stringify({ milliseconds, grown: heap() - before, heap: heap(), peak: process.resourceUsage().maxRSS * 1024 }),
);
process.exit(0);
