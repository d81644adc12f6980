import { objectOf } from '../../agents/payload';
import type { Method } from '../library';
import type { ToolGate } from '../toolGate';
import type { Undoing } from '../undoing';

/** What an agent does with the methods of an object that the program gave to a tool. */
type Doing = Readonly<Record<string, string>>;

/** A shell that runs commands: an action for each list of them. What is not run throws, which the library tells the model as output of the commands. */
export function guardShell(tool: object, gate: ToolGate, undoing: Undoing): void {
  guardMethods(tool, 'shell', { run: 'shell' }, gate, undoing);
}

/** An editor that applies patches: an action for each file. What is not done throws, which the library tells the model as a patch that failed. */
export function guardEditor(tool: object, gate: ToolGate, undoing: Undoing): void {
  guardMethods(
    tool,
    'editor',
    { createFile: 'create_file', updateFile: 'update_file', deleteFile: 'delete_file' },
    gate,
    undoing,
  );
}

/** In the place of the program's object stands one with the same members, as the program may use its own for something else. */
function guardMethods(tool: object, name: string, doing: Doing, gate: ToolGate, undoing: Undoing): void {
  const theirs = Reflect.get(tool, name) as Readonly<Record<string, unknown>>;
  const ours = Object.create(theirs) as Record<string, unknown>;
  for (const [method, action] of Object.entries(doing)) {
    if (typeof theirs[method] !== 'function') continue;
    const original = theirs[method].bind(theirs) as Method;
    const guarded: Method = (...args) =>
      gate.run({ framework: 'openai-agents', tool: action, input: shownInput(args[0]) }, () => original(...args));
    ours[method] = undoing.whileAttached(original, guarded);
  }
  undoing.member(tool, name, ours);
}

/** Commands are a list, which is no text to hold a rule against. */
function shownInput(input: unknown): unknown {
  const { commands } = objectOf(input) ?? {};
  return Array.isArray(commands) ? { ...objectOf(input), command: commands.map(String).join('\n') } : input;
}
