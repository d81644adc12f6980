import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { reasonOf } from '../../core/record/reading';
import { visible } from '../../core/text/visible';
import { nodeSqlite } from '../../sqlite/nodeDatabase';
import { Attachments, type LibraryState } from './attachments';
import { approvalOf, judgingPolicy, type InstrumentOptions } from './instrumentOptions';
import { LastingTrail } from './lastingTrail';
import { LIBRARIES } from './libraries/libraries';
import type { LoadedModule, Method } from './library';
import { LibraryFiles, type LibraryFile } from './modules/libraryFiles';
import { ModuleHooks } from './modules/moduleHooks';
import { listen } from './modules/moduleSource';
import { ToolGate } from './toolGate';
import { Undoing } from './undoing';

/** What records the tool calls of a program. */
export interface Instrumentation {
  /** The copies of libraries that were found, as it stands now: what is loaded later comes later. */
  readonly libraries: readonly LibraryState[];
  /** Where the trail is written to; undefined where the program's own logger records. */
  readonly directory: string | undefined;
  /** Why nothing is recorded: a sentence; undefined where it is. */
  readonly problem: string | undefined;
  /** Takes everything back: the libraries are as they were, and the trail is closed. */
  undo(): Promise<void>;
}

/** In one place for all copies of this library in a process: a call that two of them captured would be recorded twice. */
const CURRENT = Symbol.for('aegis-audit-trail.instrumentation');

/**
 * Records the tool calls of this program: of Model Context Protocol clients, LangChain.js, the Vercel AI SDK, OpenAI Agents and the
 * Claude Agent SDK. Each call is judged by the policy, asked about where a person is needed, recorded as attempted, made, and recorded as ended before
 * its result is handed on. One that is not made throws an ActionBlockedError, which the library tells in its own way.
 *
 * What is loaded after the call is attached to as it is loaded (Node 22.15 or newer; before, all that is installed is loaded at once). What was
 * loaded before is attached to when the promise resolves, where its module system allows it: `libraries` says what was and why not. A program that was
 * bundled into one file holds no library that could be found.
 *
 * Where it is called twice, the second call returns what the first one did, and its options are not used.
 *
 * @throws TypeError for an option that is none.
 */
export async function autoInstrument(options: InstrumentOptions = {}): Promise<Instrumentation> {
  const place = globalThis as { [CURRENT]?: Instrumentation };
  const current = place[CURRENT];
  if (current !== undefined) return current;
  const say = (line: string): void => void process.stderr.write(`aegis: ${visible(line, Infinity)}\n`);
  if (nodeSqlite() === undefined) {
    const problem = `Recording needs Node 22.13 or newer, for its SQLite: this is Node ${process.versions.node}. No tool call is recorded, and none is blocked.`;
    say(problem);
    return { libraries: [], directory: undefined, problem, undo: () => Promise.resolve() };
  }
  const program = new Instrumented(options, say, () => Reflect.deleteProperty(place, CURRENT));
  place[CURRENT] = program;
  await program.attachToWhatIsLoaded();
  if (options.quiet !== true) program.introduce();
  return program;
}

class Instrumented implements Instrumentation {
  readonly directory: string | undefined;
  readonly problem: undefined;
  private readonly files = new LibraryFiles(LIBRARIES);
  private readonly undoing = new Undoing();
  private readonly trail: LastingTrail | undefined;
  private readonly attachments: Attachments;
  private readonly hooks: ModuleHooks;
  private readonly said: string;
  private readonly close = (): void => void this.trail?.close().catch(() => undefined);

  constructor(
    options: InstrumentOptions,
    private readonly say: (line: string) => void,
    private readonly forget: () => void,
  ) {
    const { policy, isJudged, description, said } = judgingPolicy(options.policy);
    const {
      auditLogger,
      directory = '.aegis',
      agentId,
      sessionId = randomUUID().replaceAll('-', '').slice(0, 12),
    } = options;
    this.trail = auditLogger === undefined ? new LastingTrail(path.resolve(directory)) : undefined;
    this.directory = this.trail?.directory;
    this.said = said;
    const gate = new ToolGate({
      policy,
      isJudged,
      description,
      log: auditLogger ?? this.trail!,
      approvalHandler: approvalOf(options),
      agentId,
      sessionId,
    });
    this.attachments = new Attachments(gate, this.undoing, (missed) => {
      this.say(`The tool calls of ${nameOf(missed)} are not recorded: ${missed.how}`);
    });
    this.hooks = new ModuleHooks(this.files, (file, reason) => this.attachments.missed(file, reason));
    listen((url, exports, replace, inner) => {
      const file = this.files.at(fileURLToPath(url));
      if (file !== undefined) this.loaded(file, exports, replace, inner);
    });
    process.on('beforeExit', this.close);
  }

  get libraries(): readonly LibraryState[] {
    return this.attachments.states;
  }

  async attachToWhatIsLoaded(): Promise<void> {
    const require = createRequire(path.join(process.cwd(), 'program.js'));
    for (const [name, module] of Object.entries(require.cache)) {
      const file = this.files.at(name);
      if (file !== undefined && module?.loaded === true) this.loaded(file, module.exports);
    }
    for (const { itself, esModules, commonJs } of this.files.installedFor(programFolders())) {
      for (const file of esModules) await this.find(file, () => this.hooks.exportsOf(pathToFileURL(file.file).href));
      // Without hooks nothing tells when the program loads it.
      if (!this.hooks.areThere) for (const file of commonJs) await this.find(file, () => require(file.file) as unknown);
      if (esModules.length + commonJs.length > 0) this.attachments.waiting(itself);
      else this.attachments.missed(itself, 'Its files are not where they are in the versions that are known.');
    }
  }

  introduce(): void {
    const names = (state: LibraryState['state']): string =>
      [...new Set(this.libraries.filter((each) => each.state === state).map(nameOf))].join(', ');
    const where = this.directory === undefined ? 'by the logger of the program' : `in ${shortest(this.directory)}`;
    const parts = [`The tool calls of this program are recorded ${where}, ${this.said}.`];
    if (names('attached') !== '') parts.push(`Attached to ${names('attached')}.`);
    if (names('waiting') !== '') parts.push(`Waiting for ${names('waiting')}.`);
    if (this.libraries.length === 0) parts.push('None of the libraries is installed here whose calls can be captured.');
    this.say(parts.join(' '));
  }

  async undo(): Promise<void> {
    this.forget();
    process.off('beforeExit', this.close);
    this.hooks.remove();
    listen(undefined);
    this.undoing.undo();
    this.attachments.forget();
    await this.trail?.close();
  }

  private async find(file: LibraryFile, look: () => unknown): Promise<void> {
    try {
      this.loaded(file, await look());
    } catch (error) {
      this.attachments.missed(file, `It cannot be loaded: ${reasonOf(error)}`);
    }
  }

  private loaded(file: LibraryFile, exports: unknown, replace?: LoadedModule['replace'], inner?: unknown): void {
    if (typeof exports !== 'object' || exports === null) return;
    const members = exports as LoadedModule['exports'];
    this.attachments.loaded(file, {
      exports: members,
      replace,
      inner: typeof inner === 'function' ? (inner as Method) : undefined,
    });
  }
}

/** From where the program looks for packages: the folder of its first file, and the current one. */
function programFolders(): string[] {
  const [, first] = process.argv;
  const folders = [process.cwd()];
  try {
    if (first !== undefined) folders.unshift(path.dirname(fs.realpathSync(first)));
  } catch {
    // A program that comes from the standard input has no file.
  }
  return [...new Set(folders)];
}

function nameOf({ library, version }: LibraryState): string {
  return `${library} ${version}`;
}

function shortest(folder: string): string {
  const relative = path.relative(process.cwd(), folder);
  return relative === '' || relative.startsWith('..') ? folder : relative;
}
