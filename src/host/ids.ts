/** The names under which VS Code knows our parts. A test holds package.json against them. */

export const COMMANDS = {
  verifyChain: 'aegis.verifyChain',
} as const;

/** `source` of our diagnostics. */
export const DIAGNOSTIC_SOURCE = 'Aegis';
