import * as vscode from 'vscode';
import { readChainFile, verifyChainBytes, type ChainFileOptions, type ChainReading } from '../../chainfile/chainFile';
import { CancelledError, ChainFileError } from '../../chainfile/errors';
import type { ChainReport } from '../../core/chain/report';
import { reportOfGone } from '../../core/chain/report';
import { judgeGone } from '../../core/chain/pins/judgePin';
import type { Pin } from '../../core/chain/pins/pin';
import type { EditorPins } from '../pins/editorPins';
import { digestOf } from './documentDigest';
import { targetName, type ChainTarget } from './chainTarget';
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
    this.chains.setBusy(uri, true);
    try {
      const pinned = this.pins.of(uri);
      const pins = seen === undefined ? pinned : [...pinned, seen];
      const { report, checkpoint } = await this.read(target, pins, progress);
      if (report.entries === 0 && report.pin === null) {
        this.chains.forget(uri);
        return { report, chain: undefined };
      }
      const { document, isLarge } =
        target.kind === 'text' ? { document: target.document, isLarge: false } : await openDocument(uri);
      const isGone = report.pin?.state === 'gone';
      const chain: VerifiedChain = {
        uri,
        report,
        verifiedAt: new Date(),
        isText: target.kind === 'text',
        isLarge: isLarge && !isGone,
        freshness: 'fresh',
        marks: marksOf(report, document),
        digest: digestOf(document),
        stat: target.kind === 'text' ? undefined : await statOf(uri),
        checkpoint,
        following: undefined,
      };
      this.chains.set(chain);
      return { report, chain };
    } catch (error) {
      if (error instanceof ChainFileError) this.chains.set({ uri, failure: error.message });
      throw error;
    } finally {
      this.chains.setBusy(uri, false);
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
      return await inMemory(await vscode.workspace.fs.readFile(target.uri), options);
    } catch (error) {
      if (error instanceof CancelledError) throw error;
      // That a pinned file is gone is a finding.
      if (isMissing(error) && pins.length > 0) return { report: reportOfGone(judgeGone(pins)), checkpoint: undefined };
      if (error instanceof ChainFileError) throw new ChainFileError(`${targetName(target)}: ${error.message}`);
      if (error instanceof vscode.FileSystemError)
        throw new ChainFileError(`${targetName(target)} could not be read: ${error.message}`);
      throw error;
    }
  }
}

async function inMemory(bytes: Uint8Array, options: ChainFileOptions): Promise<ChainReading> {
  return { report: await verifyChainBytes(bytes, options), checkpoint: undefined };
}

function isMissing(error: unknown): boolean {
  if (error instanceof ChainFileError) return error.isMissing;
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}

export function isSameFile(before: VerifiedChain['stat'], now: VerifiedChain['stat']): boolean {
  return before !== undefined && before.size === now?.size && before.mtime === now.mtime;
}

export async function statOf(uri: vscode.Uri): Promise<{ size: number; mtime: number } | undefined> {
  try {
    const { size, mtime } = await vscode.workspace.fs.stat(uri);
    return { size, mtime };
  } catch {
    return undefined;
  }
}
