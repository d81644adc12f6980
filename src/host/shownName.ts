import { visible } from '../core/text/visible';

/**
 * A text fit for a message or a list of VS Code: there, `[text](command:…)` would become a link that runs a command, and
 * `$(name)` an icon.
 */
export function shownText(text: string, limit = 1000): string {
  return visible(text, limit).replace(/\]\(/g, '] (').replace(/\$\(/g, '$ (');
}

/** A file's name, which can hold either. */
export function shownName(name: string): string {
  return shownText(name, 120);
}
