import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Library, LibraryModule } from '../library';

/** A file of a copy of a library. */
export interface LibraryFile {
  readonly library: Library;
  readonly module: LibraryModule;
  /** The folder of the package. */
  readonly folder: string;
  /** Its path. */
  readonly file: string;
}

/** A copy of a library as it is installed, with those of its files that are known. */
export interface InstalledCopy {
  /** Its folder. */
  readonly itself: LibraryFile;
  readonly esModules: readonly LibraryFile[];
  readonly commonJs: readonly LibraryFile[];
}

/** Tells the files of libraries by where packages are: `…/node_modules/<package>/<file>`. */
export class LibraryFiles {
  private readonly modules: readonly { readonly library: Library; readonly module: LibraryModule }[];

  constructor(libraries: readonly Library[]) {
    this.modules = libraries.flatMap((library) => library.modules.map((module) => ({ library, module })));
  }

  /** The library's module that a file is; undefined for any other file. */
  at(file: string): LibraryFile | undefined {
    for (const { library, module } of this.modules) {
      const place = file.lastIndexOf(path.join('/', 'node_modules', module.package, '/'));
      if (place < 0) continue;
      const folder = path.join(file.slice(0, place), 'node_modules', module.package);
      const name = path.relative(folder, file).replaceAll(path.sep, '/');
      if ([...module.esModules, ...module.commonJs].includes(name)) return { library, module, folder, file };
    }
    return undefined;
  }

  /** The copies of libraries that a program finds which looks from these folders. */
  installedFor(folders: readonly string[]): InstalledCopy[] {
    return this.modules.flatMap(({ library, module }) => {
      const places = new Set(folders.flatMap((from) => this.foldersOf(module, from)));
      return [...places].map((folder) => {
        const there = (names: readonly string[]): LibraryFile[] =>
          names
            .map((name) => ({ library, module, folder, file: path.join(folder, name) }))
            .filter(({ file }) => fs.existsSync(file));
        const itself = { library, module, folder, file: folder };
        return { itself, esModules: there(module.esModules), commonJs: there(module.commonJs) };
      });
    });
  }

  private foldersOf({ package: name, via = [] }: LibraryModule, from: string): string[] {
    const starts = [from, ...via.map((other) => folderOf(other, from)).filter((folder) => folder !== undefined)];
    return starts.map((start) => folderOf(name, start)).filter((folder) => folder !== undefined);
  }
}

/** The folder in which Node finds a package, looking from another; its real place, as modules are told apart by that. */
function folderOf(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const place = path.join(folder, 'node_modules', name);
    if (fs.existsSync(path.join(place, 'package.json'))) return fs.realpathSync(place);
    if (path.dirname(folder) === folder) return undefined;
  }
}

/** As the package says of itself; "unknown" where it does not. */
export function versionOf({ folder }: Pick<LibraryFile, 'folder'>): string {
  try {
    const { version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? version : 'unknown';
  } catch {
    return 'unknown';
  }
}
