import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'jsonc-parser';
import { objectOf } from '../agents/payload';
import { claudeHome } from '../agents/claudeHome';

/**
 * The settings that turn all hooks of Claude Code off in a workspace; undefined where they are not turned off. Of the files that have a word
 * on it the one nearest to the workspace counts. What an administrator manages is not looked at: it differs between systems, and cannot be
 * changed by the person.
 *
 * Source: "Claude Code settings", https://code.claude.com/docs/en/settings (`disableAllHooks`; local before project before user settings); read
 * on 2026-12-01.
 *
 * @param home of the person.
 */
export function disabledBy(workspace: string, env: NodeJS.ProcessEnv, home: string): string | undefined {
  const files = [
    path.join(workspace, '.claude', 'settings.local.json'),
    path.join(workspace, '.claude', 'settings.json'),
    path.join(claudeHome(env, home), 'settings.json'),
  ];
  for (const file of files) {
    const isDisabled = wordOf(file);
    if (isDisabled !== undefined) return isDisabled ? file : undefined;
  }
  return undefined;
}

function wordOf(file: string): boolean | undefined {
  try {
    const text = fs.readFileSync(file, 'utf8').replace(/^\ufeff/, '');
    const word = objectOf(parse(text, [], { allowTrailingComma: true }))?.disableAllHooks;
    return typeof word === 'boolean' ? word : undefined;
  } catch {
    // What cannot be read turns nothing off.
    return undefined;
  }
}
