import * as path from 'node:path';
import type { ToolGate } from './toolGate';
import { DoesNotFit, type LoadedModule } from './library';
import type { LibraryFile } from './modules/libraryFiles';
import { versionOf } from './modules/libraryFiles';
import type { Undoing } from './undoing';

/** What became of one copy of a library. */
export interface LibraryState {
  /** As its makers call it: "Vercel AI SDK". */
  readonly library: string;
  readonly package: string;
  /** As its package.json says. */
  readonly version: string;
  /** `waiting`: it is installed, and is attached to when the program loads it. */
  readonly state: 'attached' | 'waiting' | 'not captured';
  /** Where its calls are captured and which are not; why nothing of it is captured. */
  readonly how: string;
  /** The file of the copy; for one that waits, the folder of the package. */
  readonly file: string;
}

const WAITING = 'when the program loads it';

/** Attaches to each copy once, and keeps what became of it. */
export class Attachments {
  /** By file. */
  private readonly copies = new Map<string, LibraryState>();
  private readonly seen = new WeakSet();

  /** @param onMissed hears of each copy whose calls are not captured. */
  constructor(
    private readonly gate: ToolGate,
    private readonly undoing: Undoing,
    private readonly onMissed: (state: LibraryState) => void,
  ) {}

  get states(): readonly LibraryState[] {
    return [...this.copies.values()];
  }

  loaded(file: LibraryFile, { exports, replace, inner }: Pick<LoadedModule, 'exports' | 'replace' | 'inner'>): void {
    if (this.seen.has(exports)) return;
    this.seen.add(exports);
    const module: LoadedModule = { package: file.module.package, file: file.file, exports, replace, inner };
    try {
      const how = file.library.attach(module, this.gate, this.undoing);
      this.put(file, 'attached', how);
    } catch (error) {
      // A library that is not as expected must not keep the program from running.
      this.missed(file, error instanceof DoesNotFit ? error.message : `It cannot be attached to: ${String(error)}`);
    }
  }

  missed(file: LibraryFile, reason: string): void {
    this.onMissed(this.put(file, 'not captured', reason));
  }

  forget(): void {
    this.copies.clear();
  }

  /** It is installed, and not loaded yet. */
  waiting(file: LibraryFile): void {
    const isKnown = [...this.copies.keys()].some((known) => !path.relative(file.folder, known).startsWith('..'));
    if (!isKnown) this.put({ ...file, file: file.folder }, 'waiting', WAITING);
  }

  private put(file: LibraryFile, state: LibraryState['state'], how: string): LibraryState {
    const made = {
      library: file.library.title,
      package: file.module.package,
      version: versionOf(file),
      state,
      how,
      file: file.file,
    };
    this.copies.delete(file.folder);
    this.copies.set(file.file, made);
    return made;
  }
}
