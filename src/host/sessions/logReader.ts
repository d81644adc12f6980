import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Telling } from '../../logfile/logService';
import type { LogSummary } from '../../logfile/logSummary';
import { LogError } from '../../logfile/logSource';
import { LogThread, type Death } from '../../logfile/logThread';
import { SETTINGS } from '../ids';
import { log } from '../log';

export interface LogFailure {
  readonly message: string;
  readonly code: string;
  /** The reading thread died of it: it is read again only where somebody asks for it. */
  readonly isDeadly?: boolean;
}

/** What is known of a log in this window. */
export interface LogState {
  readonly uri: vscode.Uri;
  readonly summary: LogSummary | undefined;
  /** Why it cannot be read, in a sentence. */
  readonly failure: LogFailure | undefined;
  readonly isBusy: boolean;
  /** When it was last seen to change, in milliseconds since 1970. */
  readonly changedAt: number | undefined;
}

/** A log that changed this recently is being written to. */
const LIVE_MS = 30_000;

/** How often logs that somebody looks at are held against the disk: a watcher does not tell of every write. */
const LOOK_MS = 1000;

/** The pause before a change is read, so that a burst is read once; and the least, as a multiple of what reading took. */
const REST_MS = 150;
const REST_FACTOR = 3;

const DEFAULT_LIMIT_MB = 512;

/** Reads logs on a thread of its own, once each, and again while they are written. Says when something changed. */
export class LogReader implements vscode.Disposable {
  readonly thread: LogThread;
  private readonly states = new Map<string, LogState>();
  private readonly reading = new Map<string, Promise<void>>();
  private readonly lasted = new Map<string, number>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly watched = new Map<string, number>();
  /** How often all was read anew: what a reading that was begun before then finds counts no more. */
  private anew = 0;
  private readonly calming = new Map<string, NodeJS.Timeout>();
  private readonly looking: NodeJS.Timeout;
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  /** What is known of a log changed. */
  readonly onDidChange = this.changed.event;
  private readonly toldImpact = new vscode.EventEmitter<Extract<Telling, { kind: 'impact' }>>();
  /** Holding a policy against a log goes on. */
  readonly onDidTellImpact = this.toldImpact.event;
  private readonly told = new vscode.EventEmitter<Extract<Telling, { kind: 'figures' }>>();
  /** A view of a search that goes on has more. */
  readonly onDidTellFigures = this.told.event;

  constructor(extensionPath: string) {
    const dist = (name: string): string => path.join(extensionPath, 'dist', name);
    this.thread = new LogThread(
      dist('log-worker.js'),
      () => ({ wasm: dist('sql-wasm.wasm'), memoryLimit: memoryLimit() }),
      (telling) => this.take(telling),
      (death) => this.readAnew(death),
    );
    this.looking = setInterval(() => this.look(), LOOK_MS);
  }

  /** What is known of a log; undefined where it has not been asked for. */
  known(uri: vscode.Uri): LogState | undefined {
    return this.states.get(uri.toString());
  }

  /** What is known of a log; reads it where nothing is. */
  state(uri: vscode.Uri): LogState {
    const known = this.states.get(uri.toString());
    if (known !== undefined) return known;
    void this.open(uri);
    return this.states.get(uri.toString())!;
  }

  /** The same once it has been read. */
  async whenRead(uri: vscode.Uri): Promise<LogState> {
    this.state(uri);
    await this.reading.get(uri.toString());
    return this.state(uri);
  }

  /** The same as soon as anything is known, such as the newest entries of a log that is still read. */
  async whenKnown(uri: vscode.Uri): Promise<LogState> {
    const first = new Promise<void>((resolve) => {
      const listening = this.onDidChange((changed) => {
        if (changed.toString() !== uri.toString()) return;
        listening.dispose();
        resolve();
      });
      void this.whenRead(uri).finally(() => {
        listening.dispose();
        resolve();
      });
    });
    if (this.state(uri).summary === undefined) await first;
    return this.state(uri);
  }

  /**
   * The same, held against the disk just now.
   *
   * @param isSeen whether what was told to be gone of it was seen, and is to be told no more.
   */
  async upToDate(uri: vscode.Uri, isSeen = false): Promise<LogState> {
    await this.whenRead(uri);
    await this.refresh(uri, isSeen);
    return this.state(uri);
  }

  isLive(uri: vscode.Uri): boolean {
    const { changedAt } = this.states.get(uri.toString()) ?? {};
    return changedAt !== undefined && Date.now() - changedAt < LIVE_MS;
  }

  /** Somebody looks at a log: it is followed until the result is disposed of. */
  follow(uri: vscode.Uri): vscode.Disposable {
    const key = uri.toString();
    this.watched.set(key, (this.watched.get(key) ?? 0) + 1);
    return new vscode.Disposable(() => {
      const others = (this.watched.get(key) ?? 1) - 1;
      if (others > 0) this.watched.set(key, others);
      else this.watched.delete(key);
    });
  }

  /** A log may have changed: it is read again once it rests a moment, if it was read at all. */
  poke(uri: vscode.Uri): void {
    const key = uri.toString();
    if (!this.states.has(key) || this.timers.has(key)) return;
    const pause = Math.max(REST_MS, REST_FACTOR * (this.lasted.get(key) ?? 0));
    this.timers.set(
      key,
      setTimeout(() => {
        this.timers.delete(key);
        void this.refresh(uri);
      }, pause),
    );
  }

  /** Forgets a log that is listed no more. */
  forget(uri: vscode.Uri): void {
    this.states.delete(uri.toString());
    this.reading.delete(uri.toString());
    void this.thread.ask('close', uri.fsPath).catch(() => undefined);
  }

  /** Logs that the thread died of may be read again. */
  forgive(): void {
    for (const [key, { failure }] of this.states) if (failure?.isDeadly) this.states.delete(key);
  }

  /** Reads all logs anew that were read; but for what the thread died of, which is not read again unasked. */
  readAnew(death?: Death): void {
    const uris = [...this.states.values()].map(({ uri }) => uri);
    const culprits = death === undefined ? [] : uris.filter((uri) => this.isCulprit(uri, death));
    const failure = death?.error instanceof LogError && death.error.code === 'slow' ? deadly(death.error) : DEADLY;
    this.anew++;
    this.states.clear();
    this.reading.clear();
    this.thread.close();
    for (const uri of culprits) this.states.set(uri.toString(), { ...EMPTY, uri, isBusy: false, failure });
    for (const uri of uris) this.changed.fire(uri);
  }

  /** Where it is not known what the thread was at, it may have died of anything that was being read. */
  private isCulprit(uri: vscode.Uri, { file }: Death): boolean {
    return file === undefined ? this.reading.has(uri.toString()) : uri.fsPath === file;
  }

  private open(uri: vscode.Uri): Promise<void> {
    return this.run(uri, async (file) => await this.thread.ask('open', file));
  }

  private refresh(uri: vscode.Uri, isSeen = false): Promise<void> {
    const state = this.states.get(uri.toString());
    if (state?.failure?.isDeadly) return Promise.resolve();
    // The thread reads it again only where it is another one now.
    if (state?.failure !== undefined) return this.open(uri);
    return this.run(uri, async (file) => {
      const started = performance.now();
      const summary = await this.thread.ask('refresh', file, isSeen);
      if (summary !== undefined) this.lasted.set(uri.toString(), performance.now() - started);
      return summary;
    });
  }

  /** One reading of a log at a time. A summary of undefined: nothing changed. */
  private run(uri: vscode.Uri, read: (file: string) => Promise<LogSummary | undefined>): Promise<void> {
    const key = uri.toString();
    const going = this.reading.get(key);
    if (going !== undefined) return going;
    const before = this.states.get(key);
    const isFirst = before?.summary === undefined;
    this.states.set(key, { ...(before ?? EMPTY), uri, isBusy: isFirst });
    const reading = this.finish(uri, before, read).finally(() => {
      if (this.reading.get(key) === reading) this.reading.delete(key);
    });
    this.reading.set(key, reading);
    return reading;
  }

  private async finish(
    uri: vscode.Uri,
    before: LogState | undefined,
    read: (file: string) => Promise<LogSummary | undefined>,
  ): Promise<void> {
    const key = uri.toString();
    const begun = this.anew;
    try {
      const summary = await read(uri.fsPath);
      const state = this.states.get(key);
      // It was taken off the list meanwhile, or is read anew.
      if (state === undefined || this.anew !== begun) return;
      if (summary === undefined) {
        this.states.set(key, { ...state, isBusy: false });
        return;
      }
      const changedAt = before === undefined ? undefined : Date.now();
      this.states.set(key, { uri, summary, failure: undefined, isBusy: false, changedAt });
      // That nobody writes any more is seen by nothing happening.
      if (changedAt !== undefined) this.calm(uri);
    } catch (error) {
      if (!this.states.has(key) || this.anew !== begun) return;
      const isTold = error instanceof LogError;
      if (before?.summary !== undefined && isTold && error.code === 'unstable') {
        // Its writer was too busy this time: what was read of it before is as good as it was.
        this.states.set(key, { ...before, isBusy: false });
        this.poke(uri);
        return;
      }
      if (!isTold) log().error(error instanceof Error ? error : String(error));
      const message = isTold ? error.message : 'It could not be read. The log of Aegis tells more.';
      const failure = { message, code: isTold ? error.code : 'unknown' };
      const isSame = before?.failure?.message === message;
      this.states.set(key, { uri, summary: undefined, failure, isBusy: false, changedAt: before?.changedAt });
      if (isSame) return;
    }
    this.changed.fire(uri);
  }

  private calm(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.calming.get(key));
    this.calming.set(
      key,
      setTimeout(() => {
        this.calming.delete(key);
        if (this.states.has(key)) this.changed.fire(uri);
      }, LIVE_MS + 100),
    );
  }

  private take(telling: Telling): void {
    if (telling.kind === 'figures') return this.told.fire(telling);
    if (telling.kind === 'impact') return this.toldImpact.fire(telling);
    const uri = vscode.Uri.file(telling.file);
    const state = this.states.get(uri.toString());
    if (!state?.isBusy) return;
    this.states.set(uri.toString(), { ...state, summary: telling.summary });
    this.changed.fire(uri);
  }

  private look(): void {
    for (const key of this.watched.keys()) {
      const state = this.states.get(key);
      if (state !== undefined && !this.reading.has(key)) this.poke(state.uri);
    }
  }

  dispose(): void {
    clearInterval(this.looking);
    for (const timer of [...this.timers.values(), ...this.calming.values()]) clearTimeout(timer);
    this.thread.close();
    vscode.Disposable.from(this.changed, this.told, this.toldImpact).dispose();
  }
}

function deadly({ message, code }: LogError): LogFailure {
  return { message, code, isDeadly: true };
}

/** Said of a log that the reading thread died of. */
const DEADLY: LogFailure = {
  message: 'Reading it ended unexpectedly: it may take more memory than there is. Refresh to try again.',
  code: 'ended',
  isDeadly: true,
};

const EMPTY = { summary: undefined, failure: undefined, changedAt: undefined } as const;

/** Bytes up to which a database is read into memory. */
function memoryLimit(): number {
  const set = vscode.workspace.getConfiguration(SETTINGS.section).get<number>(SETTINGS.memoryLimit);
  return (typeof set === 'number' && set > 0 ? set : DEFAULT_LIMIT_MB) * 1024 * 1024;
}
