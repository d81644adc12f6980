import type { ToolGate } from './toolGate';
import type { Undoing } from './undoing';

/** A library whose tool calls can be captured. */
export interface Library {
  /** As its makers write it. */
  readonly title: string;
  readonly modules: readonly LibraryModule[];
  /**
   * Lets the tool calls of one copy of it go through the gate.
   *
   * @returns how, in a few words, with what is not captured.
   * @throws DoesNotFit where the copy is not as it must be.
   */
  attach(module: LoadedModule, gate: ToolGate, undoing: Undoing): string;
}

/** A module of a library that has what is to be reached. */
export interface LibraryModule {
  readonly package: string;
  /** Where it is in the package, in the versions that are known. */
  readonly esModules: readonly string[];
  readonly commonJs: readonly string[];
  /** The packages by which programs get this one, where they do not name it themselves. */
  readonly via?: readonly string[];
  /** Exported functions in whose place others are put. That works only for an ES module that is loaded afterwards. */
  readonly functions?: readonly string[];
  /** The same for a function that it declares and does not export. */
  readonly innerFunction?: string;
}

/** A copy of a library's module. A process can have several: of several versions, as an ES module and as CommonJS. */
export interface LoadedModule {
  readonly package: string;
  readonly exports: Readonly<Record<string, unknown>>;
  /** Its path. */
  readonly file: string;
  /** The function that it declares and does not export; undefined where it was loaded before, or declares none of that name. */
  readonly inner: Method | undefined;
  /** Puts a function in the place of one of those two kinds, for all that call it; undefined where it was loaded before. */
  readonly replace: ((name: string, value: unknown) => void) | undefined;
}

/** A copy of a library is none that is known. The message is a sentence. */
export class DoesNotFit extends Error {
  override readonly name = 'DoesNotFit';
}

/** @throws DoesNotFit where a module does not export a class with these methods. */
export function classIn({ exports }: LoadedModule, name: string, ...methods: readonly string[]): Prototype {
  const prototype = (exports[name] as { readonly prototype?: unknown } | undefined)?.prototype;
  if (typeof prototype !== 'object' || prototype === null)
    throw new DoesNotFit(`It does not export a class ${name}, as the versions do that are known.`);
  for (const method of methods)
    if (typeof (prototype as Prototype)[method] !== 'function')
      throw new DoesNotFit(`Its class ${name} has no method ${method}, as in the versions that are known.`);
  return prototype as Prototype;
}

/** @throws DoesNotFit where a module does not export these functions. */
export function functionsIn<N extends string>({ exports }: LoadedModule, ...names: readonly N[]): Record<N, Method> {
  for (const name of names)
    if (typeof exports[name] !== 'function')
      throw new DoesNotFit(`It does not export a function ${name}, as the versions do that are known.`);
  return exports as Record<N, Method>;
}

export type Method = (this: unknown, ...args: unknown[]) => unknown;
export type Prototype = Record<string, Method>;
