// A stand-in for Claude Code that speaks with the SDK as the declarations of @anthropic-ai/claude-agent-sdk 0.3.332 tell (`SDKControlRequest`,
// `SDKHookCallbackRequest`, `can_use_tool`): it wants tools to be called, asks the hooks and the permission before, and tells the hooks afterwards.
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';

const SESSION = 'b3f0a6de-0000-4000-8000-000000000001';

/** @returns options for the SDK, and what the hooks answered. */
export function standIn(tools, wishes) {
  const answers = [];
  const options = {
    pathToClaudeCodeExecutable: process.execPath,
    spawnClaudeCodeProcess: ({ args }) => {
      const child = Object.assign(new EventEmitter(), {
        stdin: new PassThrough(),
        stdout: new PassThrough(),
        killed: false,
        exitCode: null,
        kill: () => true,
      });
      void serve(child, tools, wishes, answers, args.includes('--permission-prompt-tool=stdio'));
      return child;
    },
  };
  return { options, answers };
}

async function serve(child, tools, wishes, answers, asksPermission) {
  const say = (message) => child.stdout.write(`${JSON.stringify(message)}\n`);
  const waiting = new Map();
  let asked = 0;
  let setUp;
  const ask = (request) =>
    new Promise((resolve) => {
      const id = `ask_${asked++}`;
      waiting.set(id, resolve);
      say({ type: 'control_request', request_id: id, request });
    });
  /** All hooks of an event at once, as Claude Code calls them. */
  const callHooks = (event, more) =>
    Promise.all(
      (setUp.hooks?.[event] ?? []).flatMap(({ hookCallbackIds }) =>
        hookCallbackIds.map((id) =>
          ask({
            subtype: 'hook_callback',
            callback_id: id,
            tool_use_id: more.tool_use_id,
            input: {
              hook_event_name: event,
              session_id: SESSION,
              transcript_path: '',
              cwd: '/',
              permission_mode: 'default',
              ...more,
            },
          }),
        ),
      ),
    );
  const use = async ({ id, name, input }) => {
    const call = { tool_name: name, tool_input: input, tool_use_id: id };
    const before = await callHooks('PreToolUse', call);
    answers.push(...before.map((answer) => ({ event: 'PreToolUse', ...answer })));
    const denied = before.find((answer) => answer?.hookSpecificOutput?.permissionDecision === 'deny');
    if (denied) return [denied.hookSpecificOutput.permissionDecisionReason, true];
    if (asksPermission) {
      const answer = await ask({ subtype: 'can_use_tool', tool_name: name, input, tool_use_id: id });
      if (answer.behavior === 'deny') return [answer.message, true];
      Object.assign(call, { tool_input: answer.updatedInput ?? input });
    }
    try {
      const done = await tools[name](call.tool_input);
      answers.push(
        ...(await callHooks('PostToolUse', { ...call, tool_response: done })).map((each) => ({
          event: 'PostToolUse',
          ...each,
        })),
      );
      return [done, false];
    } catch (error) {
      await callHooks('PostToolUseFailure', { ...call, error: error.message });
      return [error.message, true];
    }
  };
  const work = async () => {
    for (const wish of wishes) {
      const [content, isError] = await use(wish);
      const result = { type: 'tool_result', tool_use_id: wish.id, content, is_error: isError };
      say({
        type: 'user',
        session_id: SESSION,
        parent_tool_use_id: null,
        message: { role: 'user', content: [result] },
      });
    }
    say({
      type: 'result',
      subtype: 'success',
      is_error: false,
      result: 'That is all.',
      session_id: SESSION,
      uuid: SESSION,
      duration_ms: 1,
      duration_api_ms: 1,
      num_turns: 1,
      total_cost_usd: 0,
      usage: {},
      permission_denials: [],
    });
  };
  for await (const line of createInterface({ input: child.stdin })) {
    const message = JSON.parse(line);
    if (message.type === 'control_request') {
      if (message.request.subtype === 'initialize') setUp = { hooks: message.request.hooks };
      const response = { commands: [], models: [], account: {}, output_style: 'default', available_output_styles: [] };
      say({ type: 'control_response', response: { subtype: 'success', request_id: message.request_id, response } });
    } else if (message.type === 'control_response')
      waiting.get(message.response.request_id)?.(message.response.response);
    else if (message.type === 'user') void work();
  }
  child.stdout.end();
  child.exitCode = 0;
  child.emit('exit', 0, null);
}
