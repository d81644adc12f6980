import * as fs from 'node:fs';
import * as path from 'node:path';
import { AGENT_NAMES, type AgentName } from '../agents/agent';

/** What an agent leaves in a workspace, and in the home of a person who uses it. */
const TRACES: Readonly<Record<AgentName, { readonly workspace: readonly string[]; readonly home: readonly string[] }>> =
  {
    claude: { workspace: ['.claude', 'CLAUDE.md'], home: ['.claude', '.claude.json'] },
    vscode: { workspace: ['.vscode', '.github/hooks'], home: ['.vscode', '.vscode-server', '.vscode-insiders'] },
    copilot: { workspace: ['.github/copilot'], home: ['.copilot'] },
    cursor: { workspace: ['.cursor'], home: ['.cursor'] },
    codex: { workspace: ['.codex'], home: ['.codex'] },
    gemini: { workspace: ['.gemini', 'GEMINI.md'], home: ['.gemini'] },
  };

/** The agents that are used in a workspace, or by this person. */
export function foundAgents(workspace: string, home: string): AgentName[] {
  return AGENT_NAMES.filter((name) => {
    const { workspace: here, home: there } = TRACES[name];
    return (
      here.some((trace) => fs.existsSync(path.join(workspace, trace))) ||
      there.some((trace) => fs.existsSync(path.join(home, trace)))
    );
  });
}
