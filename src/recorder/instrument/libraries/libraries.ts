import type { Library } from '../library';
import { aiSdk } from './aiSdk';
import { claudeAgentSdk } from './claudeAgentSdk';
import { langChain } from './langChain';
import { mcpClient } from './mcpClient';
import { openaiAgents } from './openaiAgents';

/** The libraries whose tool calls are captured. */
export const LIBRARIES: readonly Library[] = [mcpClient, langChain, aiSdk, openaiAgents, claudeAgentSdk];
