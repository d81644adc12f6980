import * as path from 'node:path';
import { Option, type Command } from 'commander';
import { writeJson, type Writable } from '../core/json/writeJson';
import type { CaptureDifference } from '../core/capture/captureDifferences';
import type { MadeCall, RecordedCall } from '../core/capture/compareCapture';
import { visible } from '../core/text/visible';
import { callTarget } from '../recorder/agents/callTarget';
import { captureHealth, type CaptureHealth } from '../recorder/health/captureHealth';
import { TranscriptError } from '../recorder/health/transcripts';
import { TRAIL_FOLDER } from '../recorder/hook/workspace';
import { trailOf } from '../recorder/setup/hookSetup';
import { PLACES } from '../recorder/setup/settingsPlace';
import { UsageError } from './errors';
import { count, shownPath, style, table, wrapped } from './terminal';

interface HealthFlags {
  readonly dir?: string;
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
      'hold the transcripts that Claude Code keeps against the trail: was each call recorded as it was made, and was each recorded one made',
    )
    .option('--dir <DIR>', `where the trail is; default: where the hook of Claude Code records, else ${TRAIL_FOLDER}`)
    .option('--session <ID>', 'only this session')
    .option('--transcript <FILE...>', 'transcripts, in place of those that Claude Code keeps of this folder')
    .addOption(new Option('--format <FORMAT>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      '\nBoth are only read. Other agents keep no transcript that could be held against the trail. Exit code: 0, or 1 where something\ndiffers, or 2 where nothing could be checked, or a file could not be read.',
    )
    .action((flags: HealthFlags) => {
      process.exitCode = health(flags);
    });
}

function health({ dir, session, transcript, format }: HealthFlags): number {
  const workspace = process.cwd();
  const trail = dir === undefined ? trailOf(workspace, PLACES.claude) : path.resolve(dir);
  let found: CaptureHealth;
  try {
    found = captureHealth({ workspace, trail, session, transcripts: transcript });
  } catch (error) {
    if (error instanceof TranscriptError) throw new UsageError(error.message);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`The trail in ${shownPath(trail)} cannot be read (${code}).`);
  }
  process.stdout.write(format === 'json' ? `${writeJson(healthJson(found))}\n` : healthText(found, session));
  if (found.notRecorded.length + found.notMade.length + otherwise(found) > 0) return 1;
  return found.made === 0 ? 2 : 0;
}

/** How many calls are recorded otherwise than they were made. */
function otherwise({ ranAlthoughBlocked, inputDiffers, outcomeNotRecorded }: CaptureHealth): number {
  const differences = [...ranAlthoughBlocked, ...inputDiffers, ...outcomeNotRecorded];
  return new Set(differences.map(({ call }) => call.callId)).size;
}

function healthJson(found: CaptureHealth): Writable {
  return {
    made: found.made,
    captured: found.captured,
    before_recording: found.before,
    not_recorded: found.notRecorded.map(madeJson),
    not_made: found.notMade.map(recordedJson),
    ran_although_blocked: found.ranAlthoughBlocked.map(differenceJson),
    input_differs: found.inputDiffers.map(differenceJson),
    outcome_not_recorded: found.outcomeNotRecorded.map(differenceJson),
    sessions_without_transcript: [...found.withoutTranscript],
    transcripts: [...found.transcripts],
  };
}

function madeJson({ sessionId, callId, tool, input, at, file, line }: MadeCall) {
  return {
    session_id: sessionId,
    call_id: callId,
    action_type: tool,
    action_target: callTarget(tool, input),
    timestamp: at,
    transcript: file,
    line,
  };
}

function recordedJson({ sessionId, actionId, tool, target, at, file, line }: RecordedCall) {
  return {
    session_id: sessionId,
    action_id: actionId,
    action_type: tool,
    action_target: target,
    timestamp: at,
    chain: file,
    line,
  };
}

function differenceJson({ call, recorded }: CaptureDifference) {
  return { ...madeJson(call), recorded: { ...recordedJson(recorded), result_status: recorded.status } };
}

function healthText(found: CaptureHealth, session: string | undefined): string {
  const { before, notRecorded, notMade, withoutTranscript, ranAlthoughBlocked, inputDiffers, outcomeNotRecorded } =
    found;
  const notes = [
    ...(before > 0 && found.made + notMade.length > 0
      ? [`${count(before, 'call')} of before the recording began ${before === 1 ? 'is' : 'are'} not counted.`]
      : []),
    ...(withoutTranscript.length > 0
      ? [
          `Of ${count(withoutTranscript.length, 'recorded session')} there is no transcript: what is recorded of ${withoutTranscript.length === 1 ? 'it' : 'them'} could not be checked.`,
        ]
      : []),
  ];
  const lines = [
    ...wrapped(found.made + notMade.length > 0 ? resultOf(found) : nothingChecked(found, session)),
    ...listed('Not recorded', notRecorded.map(rowOfCall)),
    ...listed('Ran although blocked', ranAlthoughBlocked.map(rowOfDifference)),
    ...listed('Input differs', inputDiffers.map(rowOfDifference)),
    ...listed('Outcome not recorded', outcomeNotRecorded.map(rowOfDifference)),
    ...listed(
      'Recorded, and not in a transcript',
      notMade.map(({ tool, target, at, file, line }) => [at, tool, target, `${file}:${line}`]),
    ),
    ...(notes.length > 0 ? ['', ...notes.flatMap((note) => wrapped(note))] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function resultOf(found: CaptureHealth): string {
  const { made, captured } = found;
  const different = otherwise(found);
  const said = `${style(`${captured.toLocaleString('en-US')} of ${count(made, 'call')}`, 'bold')} that Claude Code made ${made === 1 ? 'is' : 'are'} recorded.`;
  if (different === 0) return said;
  return `${said} ${different.toLocaleString('en-US')} ${different === 1 ? 'is recorded otherwise than it was' : 'are recorded otherwise than they were'} made.`;
}

/** Why, and what to do. */
function nothingChecked({ transcripts, before }: CaptureHealth, session: string | undefined): string {
  const here = 'Run this in the folder in which Claude Code was started, or name transcripts with --transcript.';
  if (transcripts.length === 0)
    return `Nothing was checked: Claude Code has kept no transcript of this folder. ${here}`;
  if (before > 0)
    return `Nothing was checked: ${count(before, 'call')} ${before === 1 ? 'was' : 'were'} made before the recording began. Calls from now on can be.`;
  const of = session === undefined ? '' : ` of the session ${visible(session, 100)}`;
  return `Nothing was checked: no call${of} stands in the ${count(transcripts.length, 'transcript')} that ${transcripts.length === 1 ? 'was' : 'were'} read.`;
}

type Row = readonly [at: string, tool: string, target: string, place: string];

function rowOfCall({ tool, input, at, file, line }: MadeCall): Row {
  return [at ?? '', tool, callTarget(tool, input), `${file}:${line}`];
}

function rowOfDifference({ call, recorded }: CaptureDifference): Row {
  const [at, tool, target, place] = rowOfCall(call);
  const other = target === recorded.target ? '' : `, recorded: ${visible(recorded.target, 30)}`;
  return [at, tool, visible(target, 30) + other, `${place}, ${path.basename(recorded.file)}:${recorded.line}`];
}

function listed(title: string, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const shown = rows
    .slice(0, MOST_LISTED)
    .map((row) => ['', ...row.map((cell, i) => visible(cell, i === 3 ? 1000 : 80))]);
  const more = rows.length - shown.length;
  return [
    '',
    style(title, 'bold'),
    ...table(shown),
    ...(more > 0 ? [`  and ${more.toLocaleString('en-US')} more`] : []),
  ];
}
