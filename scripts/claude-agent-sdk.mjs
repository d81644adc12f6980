// The Claude Agent SDK, for the tests of what records its agents. It is no package of the project's own, for with it npm installs Claude
// Code itself, a program of hundreds of megabytes; the tests put a program of their own in the place of that.

import { ensurePart } from './vscode/install.mjs';
import { npmCi } from './vscode/npm.mjs';

/**
 * Makes sure that it is installed.
 * @returns {Promise<string>} the folder with its `node_modules`
 */
export function ensureClaudeAgentSdk() {
  return ensurePart({
    name: 'claude-agent-sdk',
    title: 'the Claude Agent SDK',
    variant: '1',
    build: (folder) => npmCi(['--omit=optional', '--legacy-peer-deps'], { folder }),
  });
}
