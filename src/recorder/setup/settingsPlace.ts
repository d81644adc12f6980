import * as path from 'node:path';
import type { AgentName } from '../agents/agent';

/** The settings of a workspace in which hooks are set up, and how. What an agent reads, and why it is set up there, is said with each. */
export interface SettingsPlace {
  /** Below the workspace, with `/`. */
  readonly file: string;
  /** As whom its hook is set up; the hook sees for itself which of the agents that read this file calls. */
  readonly hookAgent: AgentName;
  readonly events: readonly string[];
  /** What a new file must have besides hooks. */
  readonly base: Readonly<Record<string, unknown>>;
  /** What stands in the list of an event. @param command one line for a shell. */
  entry(command: string, isFailClosed: boolean): unknown;
  /** Whether `||` can say something where the hook could not even be started, which the agent would hide or take for a denial. */
  readonly saysWhereMissing: boolean;
  /** What the person should know, where the agent is set up there. */
  readonly remark: string | undefined;
}

/** Seconds: longer than a hook ever takes, and what most agents give one that says nothing. */
const TIMEOUT = 30;

/**
 * Claude Code's own settings of one person in one workspace. VS Code and GitHub Copilot CLI read them too (see src/recorder/agents), and
 * have no other place for them that is personal: in `.github/hooks`, paths of this machine would come to others, whose Copilot then denies
 * every call. So the three have one entry: a second one would only be called for the same.
 */
const claudeSettings: SettingsPlace = {
  file: '.claude/settings.local.json',
  hookAgent: 'claude',
  events: ['PreToolUse', 'PostToolUse', 'PostToolUseFailure', 'PermissionDenied'],
  base: {},
  entry: (command) => ({ hooks: [{ type: 'command', command, timeout: TIMEOUT }] }),
  // Copilot denies every call where a command ends with anything but 0.
  saysWhereMissing: true,
  remark: 'Claude Code, VS Code and GitHub Copilot CLI all read this file: the entry is for the three of them.',
};

/** Cursor has no settings that are personal and of one workspace. */
const cursorSettings: SettingsPlace = {
  file: '.cursor/hooks.json',
  hookAgent: 'cursor',
  events: ['preToolUse', 'postToolUse', 'postToolUseFailure'],
  base: { version: 1 },
  entry: (command, failClosed) => ({ command, timeout: TIMEOUT, ...(failClosed ? { failClosed } : {}) }),
  saysWhereMissing: false,
  remark: 'This file has paths of this machine now: do not commit the entry.',
};

const codexSettings: SettingsPlace = {
  file: '.codex/hooks.json',
  hookAgent: 'codex',
  events: ['PreToolUse', 'PostToolUse'],
  base: {},
  entry: (command) => ({ hooks: [{ type: 'command', command, timeout: TIMEOUT }] }),
  saysWhereMissing: false,
  remark:
    'Codex skips the hook until you have trusted the project and reviewed the hook with /hooks. The file has paths of this machine now: do not commit the entry.',
};

const geminiSettings: SettingsPlace = {
  file: '.gemini/settings.json',
  hookAgent: 'gemini',
  events: ['BeforeTool', 'AfterTool'],
  base: {},
  entry: (command) => ({
    matcher: '*',
    hooks: [{ name: 'aegis', type: 'command', command, timeout: TIMEOUT * 1000 }],
  }),
  saysWhereMissing: false,
  remark: 'This file has paths of this machine now: do not commit the entry.',
};

export const PLACES: Readonly<Record<AgentName, SettingsPlace>> = {
  claude: claudeSettings,
  vscode: claudeSettings,
  copilot: claudeSettings,
  cursor: cursorSettings,
  codex: codexSettings,
  gemini: geminiSettings,
};

export function settingsFile(place: SettingsPlace, workspace: string): string {
  return path.join(workspace, ...place.file.split('/'));
}
