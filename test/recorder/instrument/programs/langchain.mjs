// An agent of LangGraph with tools of LangChain.js and a model that says what is written here.
import { WISHES } from './scenes.mjs';

export async function load(load) {
  return {
    ...(await load('@langchain/core/tools')),
    ...(await load('@langchain/core/messages')),
    ...(await load('@langchain/core/language_models/chat_models')),
    ...(await load('@langchain/langgraph/prebuilt')),
    z: (await load('zod')).z,
  };
}

function toolsOf({ tool, z }, tools) {
  const schemas = {
    read_file: z.object({ path: z.string() }),
    send_mail: z.object({ to: z.string(), text: z.string() }),
    delete_user: z.object({ user_id: z.string() }),
  };
  return Object.entries(schemas).map(([name, schema]) =>
    tool(async (input) => tools[name](input), { name, description: name, schema }),
  );
}

function modelOf({ BaseChatModel, AIMessage }) {
  let asked = 0;
  return new (class extends BaseChatModel {
    _llmType() {
      return 'scripted';
    }
    bindTools() {
      return this;
    }
    async _generate() {
      const wish = WISHES[asked++];
      const calls = wish && [{ id: wish.id, name: wish.name, args: wish.input, type: 'tool_call' }];
      const message = new AIMessage({ content: wish ? '' : 'That is all.', tool_calls: calls ?? [] });
      return { generations: [{ message, text: '' }] };
    }
  })({});
}

const config = (callbacks) => ({ configurable: { thread_id: 'thread-7' }, callbacks });

export async function agent(lib, tools, { describe }) {
  const failed = [];
  const callbacks = [{ handleToolError: (error) => void failed.push(describe(error)) }];
  const made = lib.createReactAgent({ llm: modelOf(lib), tools: toolsOf(lib, tools) });
  const input = { messages: [{ role: 'user', content: 'go' }] };
  const { messages } = await made.invoke(input, config(callbacks));
  return answers(messages, failed);
}

export async function stream(lib, tools, { describe }) {
  const failed = [];
  const callbacks = [{ handleToolError: (error) => void failed.push(describe(error)) }];
  const made = lib.createReactAgent({ llm: modelOf(lib), tools: toolsOf(lib, tools) });
  const input = { messages: [{ role: 'user', content: 'go' }] };
  const messages = [];
  for await (const step of await made.stream(input, { ...config(callbacks), streamMode: 'updates' }))
    messages.push(...Object.values(step).flatMap((each) => each.messages));
  return answers(messages, failed);
}

function answers(messages, failed) {
  const told = messages.filter((each) => each.getType() === 'tool');
  return { answers: told.map(({ name, content, status }) => ({ name, content, status })), failed };
}

/** A tool that is called by the program, one that throws, one that produces bit by bit, and one that is a class. */
export async function others(lib, tools, { describe }) {
  const { tool, z, StructuredTool } = lib;
  const [read] = toolsOf(lib, tools);
  const returned = await read.invoke({ path: 'a.txt' });
  const thrown = await read.invoke({ path: 'missing.txt' }).catch(describe);
  const events = [];
  const slowly = tool(
    async function* () {
      yield 'one';
      yield 'two';
      return 'three';
    },
    { name: 'read_slowly', description: 'x', schema: z.object({}) },
  );
  const bits = await slowly.invoke({}, { callbacks: [{ handleToolEvent: (chunk) => void events.push(chunk) }] });
  class Own extends StructuredTool {
    name = 'read_own';
    description = 'x';
    schema = z.object({ when: z.coerce.date() });
    #secret = 'kept';
    async _call({ when }) {
      return `${this.#secret} ${when instanceof Date}`;
    }
  }
  return { returned, thrown, bits, events, own: await new Own().invoke({ when: '2026-01-01' }) };
}
