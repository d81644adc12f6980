import { objectOf, textIn } from '../../agents/payload';
import { classIn, type Library, type Method } from '../library';
import type { ToolCall } from '../toolCall';

/** As much of a tool as is used. */
interface Tool {
  readonly name?: unknown;
  _call: Method;
}

/**
 * LangChain.js, and what is built on it: LangGraph, `createAgent`.
 *
 * A call is captured at the class StructuredTool, when its input has been held against the schema and its callbacks have heard of it: where
 * it is not made, the tool throws an ActionBlockedError, which LangChain tells its callbacks (`handleToolError`) and which a ToolNode answers
 * to the model with a ToolMessage of the status "error". The session is the configuration's `thread_id`.
 */
export const langChain: Library = {
  title: 'LangChain.js',
  modules: [
    {
      package: '@langchain/core',
      esModules: ['dist/tools/index.js'],
      commonJs: ['dist/tools/index.cjs'],
      via: ['langchain', '@langchain/langgraph', '@langchain/mcp-adapters'],
    },
  ],
  attach(module, gate, undoing) {
    undoing.method(
      classIn(module, 'StructuredTool', 'call', 'invoke'),
      'call',
      (original) =>
        function (this: unknown, ...args) {
          const tool = this as Tool;
          // The tool itself, but for what is called at last: that belongs to each tool, and has no place of its own in the class.
          const guarded: unknown = Object.create(tool, {
            _call: {
              value: (...given: unknown[]) =>
                gate.run(callOf(tool, given), () => Reflect.apply(tool._call, tool, given)),
            },
          });
          return Reflect.apply(original, guarded, args);
        },
    );
    return 'at its class StructuredTool; a runnable that was made a tool (asTool) is not captured';
  },
};

/** @param given input, run manager, configuration. */
function callOf({ name }: Tool, [input, , config]: readonly unknown[]): ToolCall {
  const thread = objectOf(objectOf(config)?.configurable);
  return {
    framework: 'langchain',
    tool: String(name),
    input,
    sessionId: thread && textIn(thread, 'thread_id'),
  };
}
