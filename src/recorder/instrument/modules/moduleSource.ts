/** By this name a module that is loaded finds who wants to hear of it; where nobody does any more, it is as it was written. */
const LISTENER = Symbol.for('aegis-audit-trail.loaded');

/** Gets what a module exports when it has been evaluated, and what puts something in the place of an exported function. */
export type OnLoaded = (
  url: string,
  exports: Record<string, unknown>,
  replace?: (name: string, value: unknown) => void,
  inner?: unknown,
) => void;

export function listen(onLoaded: OnLoaded | undefined): void {
  if (onLoaded === undefined) Reflect.deleteProperty(globalThis, LISTENER);
  else Reflect.set(globalThis, LISTENER, onLoaded);
}

const LISTENER_SOURCE = `globalThis[Symbol.for(${JSON.stringify(LISTENER.description)})]`;

/** The same CommonJS module, which tells what it exports when it has been evaluated. */
export function tellingCommonJs(source: string, url: string): string {
  return `${source}\n;${LISTENER_SOURCE}?.(${JSON.stringify(url)}, module.exports);\n`;
}

/** The same for an ES module. It imports itself: its exports may have other names inside. */
export function tellingEsModule(source: string, url: string): string {
  const place = JSON.stringify(url);
  return `${source}\n;import * as aegisOwnExports from ${place};\n${LISTENER_SOURCE}?.(${place}, aegisOwnExports);\n`;
}

/** The same with a function that it declares and does not export: within the module, such a name can be given another value. */
export function tellingOfFunction(source: string, url: string, name: string): string {
  const place = JSON.stringify(url);
  const replace = `(_, value) => { ${name} = value; }`;
  return `${source}\n;import * as aegisOwnExports from ${place};\n${LISTENER_SOURCE}?.(${place}, aegisOwnExports, ${replace}, ${name});\n`;
}

export function declaresFunction(source: string, name: string): boolean {
  return new RegExp(`^(async )?function ${name}\\(`, 'm').test(source);
}

/** What tells the module behind the one that stands in its place. */
export const ORIGINAL = '?aegis-original';

/**
 * An ES module in the place of another, with the same exports, some of which can be replaced: what imports it gets whatever is in place
 * then. (The exports of a module itself nobody can change from outside.)
 */
export function standIn(url: string, functions: readonly string[]): string {
  const original = JSON.stringify(url + ORIGINAL);
  return [
    `export * from ${original};`,
    `import * as original from ${original};`,
    ...functions.map((name) => `let ${name} = original.${name}; export { ${name} };`),
    `${LISTENER_SOURCE}?.(${JSON.stringify(url)}, original, (name, value) => {`,
    ...functions.map((name) => `  if (name === ${JSON.stringify(name)}) ${name} = value;`),
    '});',
    '',
  ].join('\n');
}
