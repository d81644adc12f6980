import * as path from 'node:path';
import { Option, type Command } from 'commander';
import { writeJson, type Writable } from '../core/json/writeJson';
import { visible } from '../core/text/visible';
import { callTarget } from '../recorder/agents/callTarget';
import { captureHealth, type CaptureHealth } from '../recorder/health/captureHealth';
import { TranscriptError } from '../recorder/health/transcripts';
import { TRAIL_FOLDER } from '../recorder/hook/workspace';
import { UsageError } from './errors';
import { count, shownPath, style, table, wrapped } from './terminal';

interface HealthFlags {
  readonly dir: string;
  readonly session?: string;
  readonly transcript?: readonly string[];
  readonly format: 'text' | 'json';
}

/** Differences that are listed for people; the JSON has all. */
const MOST_LISTED = 50;

export function addRecordHealthCommand(record: Command): void {
  record
    .command('health')
    .description(
      'hold the transcripts that Claude Code keeps against the trail: was each call recorded, and was each recorded one made',
    )
    .option('--dir <DIR>', 'where the trail is', TRAIL_FOLDER)
    .option('--session <ID>', 'only this session')
    .option('--transcript <FILE...>', 'transcripts, in place of those that Claude Code keeps of this folder')
    .addOption(new Option('--format <FORMAT>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      '\nBoth are only read. Other agents keep no transcript that could be held against the trail. Exit code: 0, or 1 where something\ndiffers, or 2 where a file could not be read.',
    )
    .action((flags: HealthFlags) => {
      process.exitCode = health(flags);
    });
}

function health({ dir, session, transcript, format }: HealthFlags): number {
  let found: CaptureHealth;
  try {
    const trail = path.resolve(dir);
    found = captureHealth({ workspace: process.cwd(), trail, session, transcripts: transcript });
  } catch (error) {
    if (error instanceof TranscriptError) throw new UsageError(error.message);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`The trail in ${shownPath(dir)} cannot be read (${code}).`);
  }
  process.stdout.write(format === 'json' ? `${writeJson(healthJson(found))}\n` : healthText(found));
  return found.notRecorded.length + found.notMade.length > 0 ? 1 : 0;
}

function healthJson(found: CaptureHealth): Writable {
  return {
    made: found.made,
    captured: found.captured,
    before_recording: found.before,
    not_recorded: found.notRecorded.map(({ sessionId, callId, tool, input, at, file, line }) => ({
      session_id: sessionId,
      call_id: callId,
      action_type: tool,
      action_target: callTarget(tool, input),
      timestamp: at,
      transcript: file,
      line,
    })),
    not_made: found.notMade.map(({ sessionId, actionId, tool, target, at, file, line }) => ({
      session_id: sessionId,
      action_id: actionId,
      action_type: tool,
      action_target: target,
      timestamp: at,
      chain: file,
      line,
    })),
    sessions_without_transcript: [...found.withoutTranscript],
    transcripts: [...found.transcripts],
  };
}

function healthText(found: CaptureHealth): string {
  const { made, captured, before, notRecorded, notMade, withoutTranscript, transcripts } = found;
  const said = `${style(`${captured.toLocaleString('en-US')} of ${count(made, 'call')}`, 'bold')} that Claude Code made ${made === 1 ? 'is' : 'are'} recorded.`;
  const notes = [
    ...(before > 0
      ? [`${count(before, 'call')} of before the recording began ${before === 1 ? 'is' : 'are'} not counted.`]
      : []),
    ...(withoutTranscript.length > 0
      ? [
          `Of ${count(withoutTranscript.length, 'recorded session')} there is no transcript: what is recorded of ${withoutTranscript.length === 1 ? 'it' : 'them'} could not be checked.`,
        ]
      : []),
  ];
  const lines = [
    ...wrapped(
      transcripts.length === 0
        ? 'Claude Code has kept no transcript of this folder: there is nothing to hold the trail against.'
        : said,
    ),
    ...listed(
      'Not recorded',
      notRecorded.map(({ tool, input, at, file, line }) => [
        at ?? '',
        tool,
        callTarget(tool, input),
        `${file}:${line}`,
      ]),
    ),
    ...listed(
      'Recorded, and not in a transcript',
      notMade.map(({ tool, target, at, file, line }) => [at, tool, target, `${file}:${line}`]),
    ),
    ...(notes.length > 0 ? ['', ...notes.flatMap((note) => wrapped(note))] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** @param rows time, tool, target, place. */
function listed(title: string, rows: readonly (readonly [string, string, string, string])[]): string[] {
  if (rows.length === 0) return [];
  const shown = rows
    .slice(0, MOST_LISTED)
    .map((row) => ['', ...row.map((cell, i) => visible(cell, i === 3 ? 1000 : 60))]);
  const more = rows.length - shown.length;
  return [
    '',
    style(title, 'bold'),
    ...table(shown),
    ...(more > 0 ? [`  and ${more.toLocaleString('en-US')} more`] : []),
  ];
}
