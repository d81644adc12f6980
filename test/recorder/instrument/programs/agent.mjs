// A program whose agent calls three tools, through one of the libraries, as a process of its own: which modules a process has loaded cannot
// be taken back.
//   agent.mjs LIBRARY WHEN [SETTINGS]
// WHEN is how it is instrumented: `auto` (by --import), `before` or `after` the library is loaded, `undone`, `twice`, `never`. SETTINGS is JSON: `format`
// ("cjs"), `stream`, `approve`, `scene`, and options of autoInstrument. Prints what the program saw as JSON on its last line.
import { createRequire } from 'node:module';
import { ActionBlockedError, autoInstrument, RecordError } from 'aegis-audit-trail';
import * as scenes from './scenes.mjs';

const [name, when, settings = '{}'] = process.argv.slice(2);
const { format = 'esm', approve, scene = 'agent', failAt, exit = false, ...options } = JSON.parse(settings);
const library = await import(`./${name}.mjs`);
const require = createRequire(import.meta.url);
const load = (specifier) => (format === 'cjs' ? require(specifier) : import(specifier));

const given = {
  ...options,
  ...(approve === undefined ? {} : { approvalHandler: () => approve }),
  ...(failAt === undefined ? {} : { auditLogger: scenes.failingLogger(failAt) }),
};
let handle;
const instrument = async () => (handle = await autoInstrument(given));
if (when === 'auto') handle = await autoInstrument();
if (['before', 'twice', 'undone'].includes(when)) await instrument();
const loaded = await library.load(load);
if (when === 'after') await instrument();
const isSame = when === 'twice' ? (await autoInstrument()) === handle : undefined;
if (when === 'undone') await handle.undo();

/** The tools, and which of them were called. */
const made = [];
const tools = scenes.tools(made);
const describe = (error) =>
  error instanceof Error
    ? {
        name: error.name,
        message: error.message,
        isBlocked: error instanceof ActionBlockedError,
        isRecordError: [error, error.error].some((each) => each instanceof RecordError),
        rule: error.rule,
        status: error.status,
        executed: (error.error ?? error).executed,
      }
    : { value: error };
let seen;
let thrown;
try {
  seen = await library[scene](loaded, tools, { describe, load });
} catch (error) {
  thrown = describe(error);
}
console.log(
  JSON.stringify({ seen, thrown, made, isSame, problem: handle?.problem, libraries: handle?.libraries ?? [] }),
);
if (exit) process.exit(0);
