import * as path from 'node:path';
import * as vscode from 'vscode';
import { registerCommand } from './commands/registerCommand';
import { COMMANDS } from './ids';
import type { ActionDocuments } from './recording/actionDocuments';
import { AgentSetup, SETTINGS_GLOBS } from './recording/agentSetup';
import { RecordingCommands } from './recording/recordingCommands';
import { RecordingView } from './recording/recordingView';
import type { LogReader } from './sessions/logReader';

/** Puts together all that the editor does about recording agents. */
export function registerRecording(
  { extensionPath }: vscode.ExtensionContext,
  reader: LogReader,
  documents: ActionDocuments,
): vscode.Disposable {
  const dist = (name: string): string => path.join(extensionPath, 'dist', name);
  const setup = new AgentSetup(dist('hook.js'));
  const view = new RecordingView(reader, (folder) => setup.recordingIn(folder), SETTINGS_GLOBS);
  const commands = new RecordingCommands(setup, reader, documents, dist('cli.js'), () => view.refresh());
  return vscode.Disposable.from(
    view,
    registerCommand(COMMANDS.recordOn, (argument?: unknown) => commands.turnOn(argument)),
    registerCommand(COMMANDS.recordOff, (argument?: unknown) => commands.turnOff(argument)),
    registerCommand(COMMANDS.recordTestAction, (argument?: unknown) => commands.recordTestAction(argument)),
    registerCommand(COMMANDS.checkCapture, (argument?: unknown) => commands.checkCapture(argument)),
    registerCommand(COMMANDS.refreshRecording, () => view.refresh()),
  );
}
