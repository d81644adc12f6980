import * as vscode from 'vscode';
import type { Pin, PinRecord } from '../../core/chain/pins/pin';
import type { PinStore } from '../../pins/pinStore';

/** The pins as the editor uses them: by URI. */
export class EditorPins implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(readonly store: PinStore) {}

  /** Oldest first; empty where it is not pinned. @throws PinStoreError */
  of(uri: vscode.Uri): readonly Pin[] {
    return this.store.pinsOf(pinPath(uri));
  }

  /** Reads the pins once, to look up many chains. @throws PinStoreError */
  lookup(): (uri: vscode.Uri) => readonly Pin[] {
    const pinsOf = this.store.lookup();
    return (uri) => pinsOf(pinPath(uri));
  }

  /** The newest pin of each pinned chain. @throws PinStoreError */
  current(): Pin[] {
    return [...this.store.read().inForce.values()].map((history) => history.at(-1)!);
  }

  /** @throws PinStoreError */
  append(records: readonly PinRecord[]): void {
    this.store.append(records);
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** The path by which a chain is pinned: the same as the command line's for a file, a URI for what is none. */
export function pinPath(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString();
}

/** The file that a pin is of; undefined where its path is neither that of a file nor a URI. */
export function pinnedUri({ path }: Pin): vscode.Uri | undefined {
  const isUri = /^[a-z][a-z0-9+.-]+:/i.test(path) && !/^[a-z]:[\\/]/i.test(path);
  try {
    return isUri ? vscode.Uri.parse(path, true) : vscode.Uri.file(path);
  } catch {
    return undefined;
  }
}
