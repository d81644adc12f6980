import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SeenError } from './program';

export interface Framework {
  /** Of its program. */
  readonly name: string;
  readonly title: string;
  readonly package: string;
  /** Who acts where nobody says it. */
  readonly agent: string;
  /** What a call acts on where its input does not say it. */
  readonly server: string;
  /** The calls that were not made, as the library told of them: the tool and the reason. Checks that they are of its own kind. */
  readonly refusals: (seen: unknown) => readonly (readonly [string, string])[];
}

type Told = Readonly<Record<string, unknown>>;

export const FRAMEWORKS: readonly Framework[] = [
  {
    name: 'mcp',
    title: 'a Model Context Protocol client',
    package: '@modelcontextprotocol/sdk',
    agent: 'mcp-client',
    server: 'office',
    refusals: (seen) => protocolErrors(seen, 'McpError', 'MCP error -32600: '),
  },
  {
    name: 'mcp2',
    title: 'a Model Context Protocol client of version 2',
    package: '@modelcontextprotocol/client',
    agent: 'mcp-client',
    server: 'office',
    refusals: (seen) => protocolErrors(seen, 'ProtocolError', ''),
  },
  {
    name: 'langchain',
    title: 'LangChain.js',
    package: '@langchain/core',
    agent: 'langchain',
    server: '',
    refusals: (seen) => {
      const { answers, failed } = seen as { answers: Told[]; failed: SeenError[] };
      const errors = answers.filter(({ status }) => status === 'error');
      assert.ok(failed.every(isBlocked));
      assert.deepEqual(
        errors.map(({ content }) => content),
        failed.map(({ message }) => `Error: ${message}\n Please fix your mistakes.`),
      );
      return errors.map(({ name }, i) => [String(name), failed[i].message]);
    },
  },
  {
    name: 'ai',
    title: 'the Vercel AI SDK',
    package: 'ai',
    agent: 'ai-sdk',
    server: '',
    refusals: (seen) =>
      (seen as { type: string; toolName: string; error: SeenError }[])
        .filter(({ type }) => type === 'tool-error')
        .map(({ toolName, error }) => {
          assert.ok(isBlocked(error));
          return [toolName, error.message];
        }),
  },
  {
    name: 'openai',
    title: 'OpenAI Agents',
    package: '@openai/agents-core',
    agent: 'openai-agents',
    server: '',
    refusals: (seen) => {
      const { outputs, refused, final } = seen as { outputs: Told[]; refused: { error: SeenError }[]; final: string };
      assert.equal(final, 'That is all.');
      assert.ok(refused.every(({ error }) => isBlocked(error)));
      return refused.map(({ error }) => {
        const told = outputs.find(({ output }) => output === error.message);
        return [String(told?.name), error.message];
      });
    },
  },
  {
    name: 'claude',
    title: 'the Claude Agent SDK',
    package: '@anthropic-ai/claude-agent-sdk',
    agent: 'claude-agent-sdk',
    server: '',
    refusals: (seen) => {
      const { results, answers } = seen as { results: Told[]; answers: { hookSpecificOutput?: Told }[] };
      const denials = answers.flatMap(({ hookSpecificOutput: said }) => (said === undefined ? [] : [said]));
      assert.ok(denials.every((said) => said.permissionDecision === 'deny'));
      const errors = results
        .map(({ content, isError }, i) => ({ tool: WISHED[i], content, isError }))
        .filter(({ isError }) => isError);
      assert.deepEqual(
        errors.map(({ content }) => content),
        denials.map((said) => said.permissionDecisionReason),
      );
      return errors.map(({ tool, content }) => [tool, String(content)]);
    },
  },
];

const WISHED = ['read_file', 'send_mail', 'delete_user'];

function protocolErrors(seen: unknown, name: string, prefix: string): [string, string][] {
  const all = seen as { name: string; error?: SeenError; isTheirs?: boolean; code?: number }[];
  return all.flatMap(({ name: tool, error, isTheirs, code }) => {
    if (error === undefined) return [];
    assert.ok(isBlocked(error) && isTheirs === true);
    assert.deepEqual([error.name, code, error.message.startsWith(prefix)], [name, -32600, true]);
    return [[tool, error.message.slice(prefix.length)]];
  });
}

function isBlocked({ isBlocked: is, rule, status }: SeenError): boolean {
  return is && rule !== undefined && (status === 'blocked' || status === 'denied');
}

export function describedRefusals({ refusals }: Framework, seen: unknown): string[] {
  return refusals(seen).map(([tool, reason]) => `${tool}: ${reason}`);
}

/** For the programs. */
export async function ensureClaudeAgentSdkIsThere(): Promise<void> {
  const script = pathToFileURL(path.resolve('scripts/claude-agent-sdk.mjs')).href;
  const { ensureClaudeAgentSdk } = (await import(script)) as {
    readonly ensureClaudeAgentSdk: () => Promise<string>;
  };
  const file = path.join(await ensureClaudeAgentSdk(), 'node_modules/@anthropic-ai/claude-agent-sdk/sdk.mjs');
  process.env.AEGIS_TEST_CLAUDE_SDK = pathToFileURL(file).href;
}
