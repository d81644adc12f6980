import * as vscode from 'vscode';
import { readChainFile, verifyChainBytes, type ChainFileOptions, type ChainReading } from '../../chainfile/chainFile';
import { CancelledError, ChainFileError } from '../../chainfile/errors';
import type { ChainReport } from '../../core/chain/report';
import { reportOfGone } from '../../core/chain/report';
import { judgeGone } from '../../core/chain/pins/judgePin';
import type { Pin } from '../../core/chain/pins/pin';
import { shownText } from '../shownName';
import type { EditorPins } from '../pins/editorPins';
import { digestOf } from './documentDigest';
import { targetName, type ChainTarget } from './chainTarget';
import { freshnessOnDisk, stampOf } from './freshness';
import { marksOf } from './mark';
import { openDocument } from './openDocument';
import type { VerifiedChain, VerifiedChains } from './verifiedChains';

export type VerifyProgress = Pick<ChainFileOptions, 'signal' | 'onProgress'>;

/** Verifies chains off the main thread, holds them against their pins, and keeps what was found. */
export class ChainVerifier {
  constructor(
    private readonly chains: VerifiedChains,
    private readonly pins: EditorPins,
    readonly workerScript: string,
  ) {}

  /**
   * Verifies all of a target. What was known of it before is replaced; a file that is no chain is forgotten.
   *
   * @param seen a head that was seen though nobody pinned it, to hold the chain against.
   * @returns what is known of it now; only its report where it is no chain.
   * @throws ChainFileError with the target's name in its sentence; CancelledError; PinStoreError.
   */
  async verify(
    target: ChainTarget,
    progress: VerifyProgress,
    seen?: Pin,
  ): Promise<{ report: ChainReport; chain: VerifiedChain | undefined }> {
    const { uri } = target;
    const run = this.chains.begin(uri);
    try {
      const { inForce, problems } = this.pins.store.read();
      const pinned = inForce.size === 0 ? [] : this.pins.of(uri);
      const pins = seen === undefined ? pinned : [...pinned, seen];
      const version = target.kind === 'text' ? target.document.version : undefined;
      const digest = target.kind === 'text' ? digestOf(target.document) : undefined;
      const { report, checkpoint, stamp } = await this.read(target, pins, progress);
      // What a verification finds that began later counts, whichever ends last.
      const isNewest = (): boolean => this.chains.isNewest(uri, run);
      if (report.entries === 0 && report.pin === null) {
        if (isNewest()) this.chains.forget(uri);
        return { report, chain: undefined };
      }
      const { document, isLarge } =
        target.kind === 'text' ? { document: target.document, isLarge: false } : await openDocument(uri);
      const now = target.kind === 'text' ? undefined : await stampOf(uri);
      const isEdited =
        document !== undefined && (version === undefined ? document.isDirty : document.version !== version);
      const isGone = report.pin?.state === 'gone';
      const chain: VerifiedChain = {
        uri,
        report,
        verifiedAt: new Date(),
        isText: target.kind === 'text',
        isLarge: isLarge && !isGone,
        freshness: isEdited ? 'edited' : target.kind === 'text' ? 'fresh' : freshnessOnDisk({ stamp, report }, now),
        // On a text that was edited meanwhile nobody knows where the lines are now.
        marks: isEdited
          ? marksOf(report, undefined).map((mark) => ({ ...mark, isTouched: true }))
          : marksOf(report, document),
        digest: digest ?? (isEdited ? undefined : digestOf(document)),
        stamp,
        unreadPins: problems.length,
        checkpoint,
        following: undefined,
      };
      if (isNewest()) this.chains.set(chain);
      return { report, chain };
    } catch (error) {
      if (error instanceof ChainFileError && this.chains.isNewest(uri, run))
        this.chains.set({ uri, failure: error.message });
      throw error;
    } finally {
      this.chains.end(uri);
    }
  }

  private async read(target: ChainTarget, pins: readonly Pin[], progress: VerifyProgress): Promise<ChainReading> {
    const options: ChainFileOptions = {
      algorithm: 'auto',
      pins,
      workerScript: this.workerScript,
      offThread: true,
      ...progress,
    };
    try {
      if (target.kind === 'text') return await inMemory(new TextEncoder().encode(target.document.getText()), options);
      if (target.uri.scheme === 'file') return await readChainFile(target.uri.fsPath, options);
      const stamp = await stampOf(target.uri);
      return { ...(await inMemory(await vscode.workspace.fs.readFile(target.uri), options)), stamp };
    } catch (error) {
      if (error instanceof CancelledError) throw error;
      // That a pinned file is gone is a finding.
      if (isMissing(error) && pins.length > 0)
        return { report: reportOfGone(judgeGone(pins)), checkpoint: undefined, stamp: undefined };
      if (error instanceof ChainFileError) throw new ChainFileError(`${targetName(target)}: ${error.message}`);
      if (error instanceof vscode.FileSystemError)
        throw new ChainFileError(`${targetName(target)} could not be read: ${shownText(error.message)}`);
      throw error;
    }
  }
}

async function inMemory(bytes: Uint8Array, options: ChainFileOptions): Promise<ChainReading> {
  return { report: await verifyChainBytes(bytes, options), checkpoint: undefined, stamp: undefined };
}

function isMissing(error: unknown): boolean {
  if (error instanceof ChainFileError) return error.isMissing;
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
