import { visible } from '../core/text/visible';

/**
 * A file's name, fit for a message or a list of VS Code: there, `[text](command:…)` would become a link that runs a
 * command, and `$(name)` an icon. A name can hold either.
 */
export function shownName(name: string): string {
  return visible(name, 120).replace(/\]\(/g, '] (').replace(/\$\(/g, '$ (');
}
