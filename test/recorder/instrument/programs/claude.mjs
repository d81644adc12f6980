// An agent of the Claude Agent SDK, with a stand-in for Claude Code that says and does what is written here.
import { WISHES } from './scenes.mjs';
import { standIn } from './claudeCode.mjs';

export const load = () => import(process.env.AEGIS_TEST_CLAUDE_SDK);

export async function agent(sdk, tools, { describe }, more = {}) {
  const claudeCode = standIn(tools, more.wishes ?? WISHES);
  const started = sdk.query({ prompt: 'go', options: { ...claudeCode.options, ...more.options } });
  const results = [];
  let error;
  try {
    for await (const message of started) if (message.type === 'user') results.push(...message.message.content);
  } catch (thrown) {
    error = describe(thrown);
  }
  return {
    results: results.map(({ content, is_error: isError }) => ({ content, isError })),
    answers: claudeCode.answers,
    error,
  };
}

/** A tool that fails, one that the program itself denies, and hooks of its own. */
export async function others(sdk, tools, context) {
  const own = [];
  const wishes = [
    { id: 'call_1', name: 'read_file', input: { path: 'missing.txt' } },
    { id: 'call_2', name: 'read_secret', input: { path: 'a.txt' } },
  ];
  const options = {
    hooks: { PreToolUse: [{ hooks: [async ({ tool_name: name }) => (own.push(name), {})] }] },
    canUseTool: async (name, input) =>
      name === 'read_secret' ? { behavior: 'deny', message: 'Not today.' } : { behavior: 'allow', updatedInput: input },
  };
  return { ...(await agent(sdk, tools, context, { wishes, options })), own };
}

/** What the program lets be made with other input than the model's. */
export async function changed(sdk, tools, context) {
  const wishes = [
    { id: 'call_1', name: 'read_file', input: { path: 'a.txt' } },
    { id: 'call_2', name: 'read_file', input: { path: 'b.txt' } },
  ];
  const canUseTool = async (_, { path }) => ({
    behavior: 'allow',
    updatedInput: { path: path === 'a.txt' ? 'a.txt' : 'secret.txt' },
  });
  return agent(sdk, tools, context, { wishes, options: { canUseTool } });
}

/** An agent that is started before anything is asked of it. */
export async function warm(sdk, tools, { describe }) {
  const claudeCode = standIn(tools, WISHES);
  const ready = await sdk.startup({ options: claudeCode.options });
  const results = [];
  for await (const message of ready.query('go')) if (message.type === 'user') results.push(...message.message.content);
  return {
    results: results.map(({ content, is_error: isError }) => ({ content, isError })),
    describe: typeof describe,
  };
}
