import { createRequire } from 'node:module';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LoadedModule } from '../library';

/** The SDK's error for what the protocol calls an error. */
export type ProtocolErrorClass = new (code: number, message: string) => Error;

/**
 * Of the same copy of the SDK. Version 2 exports it beside the client; version 1 has it in a module of its own, which the client has loaded.
 * Undefined where it is not there.
 */
export async function errorClassBeside({ exports, file }: LoadedModule): Promise<ProtocolErrorClass | undefined> {
  if (typeof exports.ProtocolError === 'function') return exports.ProtocolError as ProtocolErrorClass;
  const types = path.join(path.dirname(file), '..', 'types.js');
  try {
    const isCommonJs = file.split(path.sep).includes('cjs');
    const loaded: unknown = isCommonJs ? createRequire(file)(types) : await import(pathToFileURL(types).href);
    const { McpError } = loaded as { readonly McpError?: unknown };
    return typeof McpError === 'function' ? (McpError as ProtocolErrorClass) : undefined;
  } catch {
    return undefined;
  }
}
