// Where things are: the project, its cache of downloaded parts, and the recipes they are installed from.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** The root of the project. */
export const projectRoot = join(here, '..', '..');

/** The recipes: one folder a part, each with a `package.json` and its lock. */
export const recipesFolder = join(here, 'hosts');

/** What goes into a host in the place of its native modules. */
export const standInsFolder = join(here, 'stand-ins');

/** Where installed parts are kept. Ignored by git; may be deleted at any time when nothing runs from it. */
export const cacheFolder = join(projectRoot, '.vscode-host');

/** Where `@vscode/test-electron` keeps a downloaded desktop VS Code. Ignored by git. */
export const desktopCacheFolder = join(projectRoot, '.vscode-test');
