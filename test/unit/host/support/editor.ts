/**
 * As much of VS Code as the parts need that know which documents are open, for tests in plain Node. Import it before what imports
 * `vscode`.
 */
import Module from 'node:module';
import * as path from 'node:path';

type Listener<T> = (event: T) => unknown;

class Disposable {
  static from(...all: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((each) => each.dispose()));
  }

  constructor(private readonly end: () => unknown) {}

  dispose(): void {
    this.end();
  }
}

class EventEmitter<T> {
  private readonly listeners = new Set<Listener<T>>();

  readonly event = (listener: Listener<T>): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };

  fire(event: T): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

const nothing = (): Disposable => new Disposable(() => undefined);

export class FakeUri {
  readonly scheme: string;
  readonly fsPath: string;

  constructor(readonly path: string) {
    this.scheme = path.startsWith('untitled:') ? 'untitled' : 'file';
    this.fsPath = path;
  }

  toString(): string {
    return this.path;
  }
}

export class FakeDocument {
  readonly uri: FakeUri;
  version = 1;
  isClosed = false;
  isDirty = false;
  languageId = 'yaml';

  constructor(
    file: string,
    private text: string,
  ) {
    this.uri = new FakeUri(file);
  }

  get isUntitled(): boolean {
    return this.uri.scheme === 'untitled';
  }

  getText(): string {
    return this.text;
  }

  positionAt(offset: number): { line: number; character: number } {
    const before = this.text.slice(0, offset).split('\n');
    return { line: before.length - 1, character: before.at(-1)!.length };
  }

  /** @param isDirty whether it is an edit, and not what somebody else wrote to the file. */
  write(text: string, isDirty: boolean): void {
    this.text = text;
    this.version++;
    this.isDirty = isDirty;
    editor.changed.fire({ document: this, contentChanges: [text] });
  }

  save(): void {
    this.isDirty = false;
    editor.files.set(this.uri.path, this.text);
    editor.saved.fire(this);
  }
}

interface PickItem {
  readonly label: string;
  readonly detail?: string;
}

/** A list to choose from that is on the screen. */
export class FakePick {
  items: readonly PickItem[] = [];
  activeItems: readonly PickItem[] = [];
  selectedItems: readonly PickItem[] = [];
  value = '';
  busy = false;
  private readonly accepted = new EventEmitter<void>();
  private readonly hidden = new EventEmitter<void>();
  private readonly typed = new EventEmitter<void>();
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;
  readonly onDidChangeValue = this.typed.event;
  readonly onDidTriggerItemButton = nothing;

  choose(item: PickItem): void {
    this.activeItems = this.selectedItems = [item];
    this.accepted.fire();
  }

  type(value: string): void {
    this.value = value;
    this.typed.fire();
  }

  show(): void {
    editor.pick = this;
  }

  dispose(): void {
    if (editor.pick !== this) return;
    editor.pick = undefined;
    this.hidden.fire();
  }
}

/** What a person does in this editor. */
class Editor {
  readonly opened = new EventEmitter<FakeDocument>();
  readonly changed = new EventEmitter<{ document: FakeDocument; contentChanges: unknown[] }>();
  readonly closed = new EventEmitter<FakeDocument>();
  readonly saved = new EventEmitter<FakeDocument>();
  readonly configured = new EventEmitter<{ affectsConfiguration: () => boolean }>();
  readonly looked = new EventEmitter<void>();
  readonly files = new Map<string, string | Uint8Array>();
  readonly documents: FakeDocument[] = [];
  readonly settings = new Map<string, unknown>();
  /** What was last to be chosen from; the first is taken. */
  offered: readonly unknown[] = [];
  pick: FakePick | undefined;
  /** Where somebody was led last: the line, from 0. */
  line: number | undefined;
  /** What is in sight. */
  visible: FakeDocument[] = [];

  open(file: string, text: string): FakeDocument {
    const document = new FakeDocument(file, text);
    this.documents.push(document);
    this.files.set(file, text);
    this.opened.fire(document);
    return document;
  }

  close(document: FakeDocument): void {
    this.documents.splice(this.documents.indexOf(document), 1);
    document.isClosed = true;
    this.closed.fire(document);
  }

  lookAt(...documents: FakeDocument[]): void {
    this.visible = documents;
    this.looked.fire();
  }

  set(name: string, value: unknown): void {
    this.settings.set(name, value);
    this.configured.fire({ affectsConfiguration: () => true });
  }
}

export const editor = new Editor();

class Place {
  constructor(
    readonly start: { line: number },
    readonly end: { line: number },
  ) {}
}

class CodeLens {
  constructor(
    readonly range: unknown,
    readonly command: unknown,
  ) {}
}

/** The tests have patterns that ask for a part of the name. */
function matches(pattern: string, { uri }: FakeDocument): boolean {
  return path.posix.basename(uri.path).includes(pattern.replace(/[*/]/g, ''));
}

const vscode = {
  Disposable,
  EventEmitter,
  Range: Place,
  RelativePattern: class {},
  ThemeIcon: class {},
  QuickPickItemKind: { Separator: -1, Default: 0 },
  CodeLens,
  workspace: {
    get textDocuments() {
      return editor.documents;
    },
    workspaceFolders: [],
    onDidOpenTextDocument: editor.opened.event,
    onDidChangeTextDocument: editor.changed.event,
    onDidCloseTextDocument: editor.closed.event,
    onDidSaveTextDocument: editor.saved.event,
    onDidChangeConfiguration: editor.configured.event,
    onDidChangeWorkspaceFolders: nothing,
    getConfiguration: () => ({
      get: (name: string, otherwise?: unknown) => editor.settings.get(name) ?? otherwise,
    }),
    getWorkspaceFolder: () => undefined,
    findFiles: () => Promise.resolve([...editor.files.keys()].map((file) => new FakeUri(file))),
    openTextDocument: (uri: FakeUri) => {
      const open = editor.documents.find((document) => document.uri.path === uri.path);
      const file = editor.files.get(uri.path);
      if (open === undefined && typeof file !== 'string') return Promise.reject(new Error('It is no text.'));
      return Promise.resolve(open ?? editor.open(uri.path, String(file)));
    },
    asRelativePath: (uri: FakeUri) => path.posix.basename(uri.path),
    fs: {
      isWritableFileSystem: () => true,
      readFile: (uri: FakeUri) => {
        const file = editor.files.get(uri.path);
        if (file === undefined) return Promise.reject(new Error('There is no such file.'));
        return Promise.resolve(typeof file === 'string' ? Buffer.from(file) : file);
      },
    },
  },
  window: {
    get visibleTextEditors() {
      return editor.visible.map((document) => ({ document }));
    },
    activeTextEditor: undefined,
    createQuickPick: () => new FakePick(),
    showTextDocument: (_: FakeDocument, { selection }: { selection: Place }) => {
      editor.line = selection.start.line;
      return Promise.resolve();
    },
    showQuickPick: (picks: readonly unknown[]) => {
      editor.offered = picks;
      return Promise.resolve(picks[0]);
    },
    onDidChangeVisibleTextEditors: editor.looked.event,
    createOutputChannel: () => ({ error: (error: unknown) => console.error(error), dispose: nothing }),
  },
  languages: {
    match: ({ pattern }: { pattern: string }, document: FakeDocument) => (matches(pattern, document) ? 10 : 0),
  },
};

const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
const load = loader._load.bind(loader);
loader._load = (request, ...rest) => (request === 'vscode' ? vscode : load(request, ...rest));
