import * as path from 'node:path';

/** Where Claude Code keeps a person's settings and transcripts. @param home of the person. */
export function claudeHome({ CLAUDE_CONFIG_DIR: named }: NodeJS.ProcessEnv, home: string): string {
  return named === undefined || named === '' ? path.join(home, '.claude') : named;
}
