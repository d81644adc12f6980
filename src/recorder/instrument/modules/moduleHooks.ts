import nodeModule from 'node:module';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LibraryFile, LibraryFiles } from './libraryFiles';
import {
  declaresFunction,
  ORIGINAL,
  standIn,
  tellingCommonJs,
  tellingEsModule,
  tellingOfFunction,
} from './moduleSource';

/** As much of Node's hooks as is used: their types are not those of the oldest Node that this runs on. */
interface Loaded {
  readonly format?: string | null;
  readonly source?: string | ArrayBuffer | NodeJS.TypedArray | null;
}
type Load = (url: string, context: object) => Loaded;
type RegisterHooks = (hooks: { load: (url: string, context: object, next: Load) => Loaded }) => { deregister(): void };

/** Thrown in the place of a module that was only asked after. */
const NOT_LOADED = new Error('The module is not loaded.');

/**
 * Sees modules as Node loads them, `import` and `require` alike.
 *
 * Through `module.registerHooks` (Node 22.15, 23.5), not through `module.register`, which runs on a thread of its own and is deprecated
 * (DEP0205, https://nodejs.org/api/deprecations.html, read on 2026-12-01), and without import-in-the-middle and require-in-the-middle,
 * which give what is given here by one interface of Node's own.
 */
export class ModuleHooks {
  private readonly askedAfter = new Set<string>();
  private readonly hooks: { deregister(): void } | undefined;

  /** @param onOpaque gets the file of a library that is loaded in a way in which it cannot be attached to, and a sentence that says why. */
  constructor(
    private readonly files: LibraryFiles,
    private readonly onOpaque: (file: LibraryFile, reason: string) => void,
  ) {
    const { registerHooks } = nodeModule as unknown as { readonly registerHooks?: RegisterHooks };
    this.hooks = registerHooks?.({ load: (url, context, next) => this.load(url, context, next) });
  }

  /** Whether this Node has them. */
  get areThere(): boolean {
    return this.hooks !== undefined;
  }

  remove(): void {
    this.hooks?.deregister();
  }

  /** What an ES module exports that is loaded already. One that is not is not loaded for this, where Node has the hooks. */
  async exportsOf(url: string): Promise<Record<string, unknown> | undefined> {
    this.askedAfter.add(url);
    try {
      return (await import(url)) as Record<string, unknown>;
    } catch (error) {
      if (error === NOT_LOADED) return undefined;
      throw error;
    } finally {
      this.askedAfter.delete(url);
    }
  }

  private load(url: string, context: object, next: Load): Loaded {
    if (this.askedAfter.has(url)) throw NOT_LOADED;
    const file = this.fileAt(url);
    const loaded = next(url, context);
    return file === undefined ? loaded : this.changed(url, file, loaded);
  }

  private fileAt(url: string): LibraryFile | undefined {
    if (!url.startsWith('file:') || url.endsWith(ORIGINAL)) return undefined;
    try {
      return this.files.at(fileURLToPath(url));
    } catch {
      return undefined;
    }
  }

  private changed(url: string, file: LibraryFile, loaded: Loaded): Loaded {
    const { functions, innerFunction } = file.module;
    const source = textOf(loaded.source);
    if (source === undefined) {
      this.onOpaque(file, 'Node does not show its source.');
      return loaded;
    }
    // (What a package does not say to be either is found out later.)
    const isCommonJs = loaded.format === 'commonjs' || (loaded.format !== 'module' && isCommonJsFile(file));
    if (loaded.format === 'module') {
      if (functions !== undefined) return { ...loaded, source: standIn(url, functions) };
      if (innerFunction !== undefined && declaresFunction(source, innerFunction))
        return { ...loaded, source: tellingOfFunction(source, url, innerFunction) };
      return { ...loaded, source: tellingEsModule(source, url) };
    }
    if (isCommonJs && functions === undefined && innerFunction === undefined)
      return { ...loaded, source: tellingCommonJs(source, url) };
    this.onOpaque(file, 'Only its ES modules can be attached to.');
    return loaded;
  }
}

function isCommonJsFile({ module, folder, file }: LibraryFile): boolean {
  return module.commonJs.some((name) => path.join(folder, name) === file);
}

function textOf(source: Loaded['source']): string | undefined {
  if (typeof source === 'string') return source;
  return source === null || source === undefined ? undefined : new TextDecoder().decode(source);
}
