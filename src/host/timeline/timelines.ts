import * as v from 'valibot';
import * as vscode from 'vscode';
import { pageState } from '../../shared/timeline';
import { TIMELINE } from '../ids';
import type { LogReader } from '../sessions/logReader';
import { TimelinePanel, subjectOf, type TimelineActions, type TimelineSubject } from './timelinePanel';

/** The timelines that are open, one for each log and session. They come back when the window is reloaded. */
export class Timelines implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly open = new Map<string, TimelinePanel>();
  private readonly registration: vscode.Disposable;

  constructor(
    private readonly reader: LogReader,
    private readonly actions: TimelineActions,
    private readonly extensionUri: vscode.Uri,
  ) {
    this.registration = vscode.window.registerWebviewPanelSerializer(TIMELINE, this);
  }

  /**
   * Shows the timeline of a log or a session.
   *
   * @param key the entry to be selected in it.
   */
  show(subject: TimelineSubject, key?: string): void {
    const known = this.open.get(nameOf(subject));
    if (known !== undefined) known.panel.reveal();
    const timeline =
      known ??
      this.add(
        vscode.window.createWebviewPanel(TIMELINE, 'Timeline', vscode.ViewColumn.Active, { enableFindWidget: false }),
        subject,
      );
    if (key !== undefined) timeline.select(key);
    timeline.focus();
  }

  /** The one in front. */
  active(): TimelinePanel | undefined {
    return [...this.open.values()].find(({ panel }) => panel.active);
  }

  /** The verdict on a chain is known. */
  verified(uri: vscode.Uri): void {
    for (const timeline of this.open.values()) timeline.verified(uri);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const remembered = v.safeParse(pageState, state);
    const subject = remembered.success ? subjectOf(remembered.output) : undefined;
    if (!remembered.success || subject === undefined || this.open.has(nameOf(subject))) panel.dispose();
    else this.add(panel, subject, remembered.output);
    return Promise.resolve();
  }

  private add(
    panel: vscode.WebviewPanel,
    subject: TimelineSubject,
    remembered?: ConstructorParameters<typeof TimelinePanel>[5],
  ): TimelinePanel {
    const timeline = new TimelinePanel(panel, subject, this.reader, this.actions, this.extensionUri, remembered);
    const name = nameOf(subject);
    this.open.set(name, timeline);
    panel.onDidDispose(() => {
      this.open.delete(name);
      timeline.dispose();
    });
    return timeline;
  }

  dispose(): void {
    this.registration.dispose();
    for (const { panel } of this.open.values()) panel.dispose();
  }
}

function nameOf({ uri, scope }: TimelineSubject): string {
  return `${uri.toString()}#${scope === undefined ? '' : JSON.stringify(scope.session)}`;
}
