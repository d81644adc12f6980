// Whether everything is as it was when it is taken back. Prints what differs, before and after.
import { createRequire } from 'node:module';
import { autoInstrument } from 'aegis-audit-trail';
import { Agent, RunContext, tool } from '@openai/agents';
import * as esModule from '@modelcontextprotocol/sdk/client/index.js';
import * as langChain from '@langchain/core/tools';
import * as ai from 'ai';
import { z } from 'zod';

const commonJs = createRequire(import.meta.url)('@modelcontextprotocol/sdk/client/index.js');
const hello = tool({ name: 'hello', description: 'x', parameters: z.object({}), execute: async () => 'hello' });
const agent = new Agent({ name: 'clerk', tools: [hello] });
const watched = {
  'the client': esModule.Client.prototype,
  'the client as CommonJS': commonJs.Client.prototype,
  'the tools of LangChain': langChain.StructuredTool.prototype,
  'the agent': Agent.prototype,
  'the tool of the agent': hello,
};
const integrations = () => globalThis.AI_SDK_TELEMETRY_INTEGRATIONS?.length ?? 0;
const state = () => Object.entries(watched).map(([name, object]) => [name, Object.getOwnPropertyDescriptors(object)]);
const isSame = (one, other) =>
  Reflect.ownKeys(one).length === Reflect.ownKeys(other).length &&
  Reflect.ownKeys(one).every(
    (key) => Reflect.ownKeys(one[key]).every((each) => Object.is(one[key][each], other[key]?.[each])) && key in other,
  );
const differing = (before, after) => before.filter(([, one], i) => !isSame(one, after[i][1])).map(([name]) => name);

const before = state();
const handle = await autoInstrument({ quiet: true });
await agent.getAllTools(new RunContext());
const during = { differs: differing(before, state()), integrations: integrations() };
const attached = handle.libraries.filter(({ state }) => state === 'attached').length;
await handle.undo();
const afterwards = { differs: differing(before, state()), integrations: integrations() };
const rest = Object.getOwnPropertySymbols(globalThis).filter((each) =>
  String(each).includes('aegis-audit-trail'),
).length;
const again = await autoInstrument({ quiet: true });
console.log(
  JSON.stringify({
    attached,
    during,
    afterwards,
    rest,
    left: handle.libraries.length,
    isAnother: again !== handle,
    sdk: typeof ai.generateText,
    again: again.libraries.filter(({ state }) => state === 'attached').length,
  }),
);
