import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { MadeCall } from '../../core/capture/compareCapture';
import { transcriptCalls, transcriptResults } from '../../core/capture/transcriptCalls';
import { visible } from '../../core/text/visible';
import { claudeHome } from '../agents/claudeHome';
import { AppendFile } from '../files/appendFile';

/** A transcript cannot be read. The message is a sentence. */
export class TranscriptError extends Error {
  override readonly name = 'TranscriptError';
}

/** Of a folder's name; a longer one is cut, and ends with a hash. */
const MOST_NAME = 200;

/** What is not looked into any deeper: transcripts of an agent's agents lie three folders down. */
const DEEPEST = 4;

/**
 * The transcripts that Claude Code keeps of its sessions in a workspace, those of subagents among them, in the order of their names.
 * Source: see `transcriptCalls`; the folder has the workspace's path for its name, all but letters and digits a hyphen.
 */
export function claudeTranscripts(workspace: string, env: NodeJS.ProcessEnv = process.env): string[] {
  const projects = path.join(claudeHome(env, os.homedir()), 'projects');
  const name = path.resolve(workspace).replace(/[^a-zA-Z0-9]/g, '-');
  const isOf = (folder: string): boolean =>
    name.length <= MOST_NAME ? folder === name : folder.startsWith(`${name.slice(0, MOST_NAME)}-`);
  return namesIn(projects)
    .filter((entry) => entry.isDirectory() && isOf(entry.name))
    .flatMap((entry) => transcriptsIn(path.join(projects, entry.name), DEEPEST));
}

function transcriptsIn(folder: string, depth: number): string[] {
  return namesIn(folder).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return depth > 1 ? transcriptsIn(file, depth - 1) : [];
    return entry.isFile() && entry.name.endsWith('.jsonl') ? [file] : [];
  });
}

function namesIn(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw unread(folder, error);
  }
}

/** What transcripts tell. */
export interface TranscriptContent {
  readonly calls: readonly MadeCall[];
  /** The ids of calls of which the model was told that they were done. */
  readonly done: ReadonlySet<string>;
}

/** A line that is being written, or is none, tells nothing. @throws TranscriptError */
export function readTranscripts(files: readonly string[]): TranscriptContent {
  const content = { calls: [] as MadeCall[], done: new Set<string>() };
  for (const file of files)
    for (const { value, line } of linesOf(file)) {
      for (const call of transcriptCalls(value)) content.calls.push({ ...call, file, line });
      for (const { callId, isError } of transcriptResults(value)) if (!isError) content.done.add(callId);
    }
  return content;
}

function* linesOf(file: string): Generator<{ readonly value: unknown; readonly line: number }> {
  let transcript: AppendFile | undefined;
  try {
    transcript = AppendFile.openToRead(file);
    let line = 0;
    for (const { bytes } of transcript.lines(0)) {
      line++;
      const text = Buffer.from(bytes).toString('utf8');
      // Many lines, and the longest, hold neither a call nor what became of one.
      if (text.includes('"tool_use"') || text.includes('"tool_result"')) yield { value: parsed(text), line };
    }
  } catch (error) {
    throw unread(file, error);
  } finally {
    transcript?.close();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unread(place: string, error: unknown): TranscriptError {
  const why = (error as NodeJS.ErrnoException).code ?? String(error);
  return new TranscriptError(`The transcript ${visible(place, 300)} cannot be read (${why}).`, { cause: error });
}
