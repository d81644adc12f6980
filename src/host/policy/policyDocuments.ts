import * as vscode from 'vscode';
import { PolicyThreadError, type PolicyThread } from '../../policyfile/policyThread';
import type { PolicyFindings } from '../../policyfile/policyService';
import { SETTINGS } from '../ids';
import { log } from '../log';
import { mayBePolicy } from './policyFiles';

/** The pause after a key before the text is looked through. */
const REST_MS = 100;

/** A policy is written by hand: what has more characters is not looked through. */
const MOST_CHARACTERS = 1 << 20;

/** What was found in a text. */
interface Found {
  readonly version: number;
  readonly findings: PolicyFindings;
}

/**
 * The policies that are open in this window, and what was found in each as it is now. What was found in a text that has changed since
 * is never handed out.
 */
export class PolicyDocuments implements vscode.Disposable {
  private readonly found = new Map<vscode.TextDocument, Found>();
  private readonly checking = new Map<vscode.TextDocument, Promise<void>>();
  private readonly timers = new Map<vscode.TextDocument, NodeJS.Timeout>();
  private readonly changed = new vscode.EventEmitter<vscode.TextDocument>();
  /** Something was found in the text as it is now, or nothing is looked for in it any more. */
  readonly onDidFind = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];

  constructor(readonly thread: PolicyThread) {
    this.subscriptions = [
      this.changed,
      vscode.workspace.onDidOpenTextDocument((document) => this.check(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.checkSoon(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      // Patterns may be about places in a folder.
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.checkAll()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${SETTINGS.section}.${SETTINGS.policyFiles}`)) this.checkAll();
      }),
    ];
    this.checkAll();
  }

  /** Those that are policies by what is known now. */
  all(): vscode.TextDocument[] {
    return [...this.found].filter(([, { findings }]) => findings.isPolicy).map(([document]) => document);
  }

  /** What was found in the text as it is now; undefined where that is not known yet, or it is no policy. */
  known(document: vscode.TextDocument): PolicyFindings | undefined {
    const found = this.found.get(document);
    return found?.version === document.version && found.findings.isPolicy ? found.findings : undefined;
  }

  /** The same, once it is known. */
  async findings(document: vscode.TextDocument): Promise<PolicyFindings | undefined> {
    while (!document.isClosed && mayBePolicy(document)) {
      if (this.found.get(document)?.version === document.version) return this.known(document);
      await this.check(document);
    }
    return undefined;
  }

  /** Whether it is one that is looked through, as far as is known: while somebody types, by what it was a moment ago. */
  async isChecked(document: vscode.TextDocument): Promise<boolean> {
    const findings = this.found.get(document)?.findings ?? (await this.findings(document));
    return findings !== undefined && findings.isPolicy && findings.isChecked;
  }

  private checkAll(): void {
    for (const document of vscode.workspace.textDocuments) {
      if (mayBePolicy(document)) void this.check(document);
      else this.forget(document);
    }
  }

  private checkSoon(document: vscode.TextDocument): void {
    if (!mayBePolicy(document)) return;
    clearTimeout(this.timers.get(document));
    this.timers.set(
      document,
      setTimeout(() => void this.check(document), REST_MS),
    );
  }

  /** Looks through the text as it is now, after what is being looked through already. */
  private async check(document: vscode.TextDocument): Promise<void> {
    clearTimeout(this.timers.get(document));
    this.timers.delete(document);
    const going = this.checking.get(document);
    if (going !== undefined) await going;
    if (document.isClosed || !mayBePolicy(document) || this.found.get(document)?.version === document.version) return;
    const checking = this.checking.get(document) ?? this.look(document);
    this.checking.set(document, checking);
    await checking;
    if (this.checking.get(document) === checking) this.checking.delete(document);
  }

  private async look(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const text = document.getText();
    const findings = text.length > MOST_CHARACTERS ? notChecked(TOO_LONG) : await this.ask(text);
    if (document.isClosed || document.version !== version) return;
    // What has no name is one by its content alone: any other YAML is begun in the same way.
    const isPolicy = findings.isPolicy && !(document.isUntitled && findings.isVague);
    this.found.set(document, { version, findings: { ...findings, isPolicy } });
    this.changed.fire(document);
  }

  private async ask(text: string, isAgain = false): Promise<PolicyFindings> {
    try {
      return await this.thread.ask('findings', text);
    } catch (error) {
      if (error instanceof PolicyThreadError && error.isOfAnother && !isAgain) return await this.ask(text, true);
      if (!(error instanceof PolicyThreadError)) log().error(error instanceof Error ? error : String(error));
      return notChecked(error instanceof PolicyThreadError ? error.message : 'This policy could not be checked.');
    }
  }

  private forget(document: vscode.TextDocument): void {
    clearTimeout(this.timers.get(document));
    this.timers.delete(document);
    if (this.found.delete(document)) this.changed.fire(document);
  }

  dispose(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

const TOO_LONG = 'This file has more than a million characters. It is not checked: a policy is written by hand.';

/** Said where nothing was looked for, so that silence is not taken for praise. */
function notChecked(sentence: string): PolicyFindings {
  return {
    isPolicy: true,
    isVague: false,
    isChecked: false,
    diagnostics: [
      {
        code: 'lint-limit',
        severity: 'information',
        message: sentence,
        span: { start: 0, end: 0 },
        related: [],
        fixes: [],
      },
    ],
    start: { start: 0, end: 0 },
    heads: [],
  };
}
