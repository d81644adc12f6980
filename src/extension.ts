import * as path from 'node:path';
import type * as vscode from 'vscode';
import { verdictWords } from './host/chain/chainState';
import { VerifiedChains } from './host/chain/verifiedChains';
import { registerChains } from './host/chains';
import { disposeLog } from './host/log';
import { registerPolicies } from './host/policies';
import { registerRecording } from './host/recording';
import { ActionDocuments } from './host/recording/actionDocuments';
import { EditorApproval, type RecordingApi } from './host/recording/editorApproval';
import { PolicyThread } from './policyfile/policyThread';
import { registerSessions, type Logs } from './host/sessions';
import { LogList } from './host/sessions/logList';
import { LogReader } from './host/sessions/logReader';

/** The desktop door: puts the parts together. What it returns is for other extensions, whose agents may have to ask. */
export function activate(context: vscode.ExtensionContext): RecordingApi {
  const chains = new VerifiedChains();
  const verdictOf = (uri: vscode.Uri): string | undefined => {
    const chain = chains.get(uri);
    return chain === undefined ? undefined : verdictWords(chain);
  };
  const logs: Logs = { list: new LogList(context.workspaceState), reader: new LogReader(context.extensionPath) };
  const policies = new PolicyThread(path.join(context.extensionPath, 'dist', 'policy-worker.js'));
  const documents = new ActionDocuments();
  const approval = new EditorApproval(documents);
  context.subscriptions.push(
    documents,
    registerChains(context, chains),
    logs.list,
    logs.reader,
    { dispose: () => policies.close() },
    registerPolicies(context, logs, policies),
    registerSessions(context, logs, policies, { verdictOf, onDidChange: chains.onDidChange }),
    registerRecording(context, logs.reader, documents),
    { dispose: disposeLog },
  );
  return { approvalHandler: approval.approvalHandler };
}
