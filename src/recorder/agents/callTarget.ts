import { objectOf, textIn, type Payload } from './payload';

/**
 * What a call acts on: a file, a command, an address. Agents have no member for that; these are the names that their tools give it, the
 * one that tells most first.
 */
const TARGETS = [
  'command',
  'cmd',
  'file_path',
  'filePath',
  'notebook_path',
  'absolute_path',
  'path',
  'target_file',
  'file',
  'filename',
  'dir_path',
  'directory',
  'url',
  'uri',
  'pattern',
  'query',
  'subagent_type',
  'skill',
  'name',
  'description',
] as const;

/** @returns an empty text where nothing says it; of several, all, with commas between. */
export function callTarget(tool: string, input: unknown): string {
  return callTargets(tool, input).join(', ');
}

/**
 * The same one by one: a call that acts on several files must be judged by each of them, for a pattern of a policy speaks of one.
 *
 * @returns none where nothing says it.
 */
export function callTargets(tool: string, input: unknown): readonly string[] {
  if (typeof input === 'string') return patchedFiles(input) ?? (input === '' ? [] : [input]);
  const members = objectOf(input);
  const found = members && textIn(members, ...TARGETS);
  if (found !== undefined) return patchedFiles(found) ?? withBothEnds(members!, found);
  const files = members && filesIn(members);
  if (files !== undefined) return files;
  // `mcp__server__tool`, as agents name the tools of the Model Context Protocol.
  const server = /^mcp__(.+?)__/.exec(tool)?.[1];
  return server === undefined ? [] : [server];
}

function filesIn(members: Payload): readonly string[] | undefined {
  const both = textsIn(members, ...ENDS);
  if (both.length > 0) return both;
  for (const name of ['files', 'paths', 'file_paths', 'filePaths', 'include', 'command']) {
    const list = members[name];
    const texts = Array.isArray(list) ? list.filter((each): each is string => typeof each === 'string') : [];
    // The words of one command are one.
    if (texts.length > 0) return name === 'command' ? [texts.join(' ')] : texts;
  }
  return undefined;
}

/** What is moved or copied, and where to. */
const ENDS = ['source', 'destination', 'old_path', 'new_path', 'oldPath', 'newPath'] as const;

function withBothEnds(members: Payload, found: string): readonly string[] {
  return [found, ...textsIn(members, 'destination', 'new_path', 'newPath').filter((each) => each !== found)];
}

function textsIn(members: Payload, ...names: readonly string[]): string[] {
  return names.map((name) => members[name]).filter((each): each is string => typeof each === 'string' && each !== '');
}

/** A patch names its files in lines of its own; undefined for a text that is none. */
function patchedFiles(text: string): readonly string[] | undefined {
  if (!text.startsWith('*** Begin Patch')) return undefined;
  const lines = text.matchAll(/^\*\*\* (?:(?:Add|Update|Delete) File|Move to): (.+)$/gm);
  const files = [...lines].map(([, file]) => file.trim());
  return files.length === 0 ? undefined : files;
}
