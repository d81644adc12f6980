import * as vscode from 'vscode';
import type { Excerpt } from '../../core/chain/excerpt';
import { targetName } from '../chain/chainTarget';
import type { ChainVerifier } from '../chain/chainVerifier';
import type { VerifiedChain, VerifiedChains } from '../chain/verifiedChains';
import { breaksExcerpt, linesExcerpt } from './buildExcerpt';
import { readExcerptUri, type ExcerptRequest } from './excerptUri';

interface Built {
  readonly excerpt: Excerpt;
  readonly bytes: Uint8Array;
  readonly time: number;
}

/**
 * A file system of read-only documents that show parts of chain files. What a document shows follows from its name alone,
 * so that it is still there after the window was reloaded.
 */
export class ExcerptFiles implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly built = new Map<string, Built>();
  private readonly building = new Map<string, Promise<Built>>();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly rebuilt = new vscode.EventEmitter<vscode.Uri>();
  /** The marks of an excerpt are others now. */
  readonly onDidRebuild = this.rebuilt.event;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly chains: VerifiedChains,
    private readonly verifier: ChainVerifier,
  ) {
    this.subscriptions = [
      chains.onDidChange((uri) => this.refresh(uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri.toString())),
      // Its marks are for the text that comes with it, not for the one before.
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.built.has(document.uri.toString())) this.rebuilt.fire(document.uri);
      }),
    ];
  }

  /** The excerpt that a document shows, once it was read. */
  get(uri: vscode.Uri): Excerpt | undefined {
    return this.built.get(uri.toString())?.excerpt;
  }

  /** Reads an excerpt unless it was read already. */
  async read(uri: vscode.Uri): Promise<Excerpt> {
    return (await this.build(uri)).excerpt;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { bytes, time } = await this.build(uri);
    return {
      type: vscode.FileType.File,
      ctime: time,
      mtime: time,
      size: bytes.length,
      permissions: vscode.FilePermission.Readonly,
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.build(uri)).bytes;
  }

  private build(uri: vscode.Uri): Promise<Built> {
    const key = uri.toString();
    const known = this.building.get(key);
    if (known !== undefined) return known;
    const building = this.buildAnew(uri);
    this.building.set(key, building);
    // What failed is tried again when it is asked for again.
    building.catch(() => this.forget(key, building));
    return building;
  }

  private async buildAnew(uri: vscode.Uri): Promise<Built> {
    const request = readExcerptUri(uri);
    if (request === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    // What is verified while this is read is newer than what is read.
    const time = Date.now();
    const excerpt = await this.extract(request);
    const built = { excerpt, bytes: new TextEncoder().encode(excerpt.text), time };
    this.built.set(uri.toString(), built);
    this.rebuilt.fire(uri);
    return built;
  }

  private forget(key: string, building?: Promise<Built>): void {
    if (building !== undefined && this.building.get(key) !== building) return;
    this.building.delete(key);
    this.built.delete(key);
  }

  private async extract(request: ExcerptRequest): Promise<Excerpt> {
    const target = { kind: 'file', uri: request.source } as const;
    if (request.source.scheme !== 'file')
      throw vscode.FileSystemError.Unavailable('Only a file of this machine has parts.');
    const name = targetName(target);
    if (request.kind === 'lines') return linesExcerpt(request, this.chains.get(request.source), name);
    const chain = this.chains.get(request.source) ?? (await this.verifier.verify(target, {})).chain;
    if (chain === undefined) throw vscode.FileSystemError.Unavailable(`${name} is no audit chain.`);
    return breaksExcerpt(chain, name);
  }

  /** A chain was verified again: what is shown of it is read again. */
  private refresh(source: vscode.Uri): void {
    const chain: VerifiedChain | undefined = this.chains.get(source);
    for (const [key, { time }] of this.built) {
      const uri = vscode.Uri.parse(key);
      if (readExcerptUri(uri)?.source.toString() !== source.toString()) continue;
      if (chain !== undefined && chain.verifiedAt.getTime() <= time && chain.freshness === 'fresh') continue;
      this.forget(key);
      this.changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    }
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
    this.changed.dispose();
    this.rebuilt.dispose();
  }
}
