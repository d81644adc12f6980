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

/** @returns an empty text where nothing says it. */
export function callTarget(tool: string, input: unknown): string {
  if (typeof input === 'string') return patchedFiles(input) ?? input;
  const members = objectOf(input);
  const found = members && (textIn(members, ...TARGETS) ?? firstFile(members));
  if (found !== undefined) return patchedFiles(found) ?? found;
  // `mcp__server__tool`, as agents name the tools of the Model Context Protocol.
  return /^mcp__(.+?)__/.exec(tool)?.[1] ?? '';
}

function firstFile({ files, paths, file_paths, filePaths }: Payload): string | undefined {
  for (const list of [files, paths, file_paths, filePaths])
    if (Array.isArray(list) && list.length > 0) return list.filter((each) => typeof each === 'string').join(', ');
  return undefined;
}

/** A patch names its files in lines of its own; undefined for a text that is none. */
function patchedFiles(text: string): string | undefined {
  if (!text.startsWith('*** Begin Patch')) return undefined;
  const files = [...text.matchAll(/^\*\*\* (?:Add|Update|Delete) File: (.+)$/gm)].map(([, file]) => file.trim());
  return files.length === 0 ? undefined : files.join(', ');
}
