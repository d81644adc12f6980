// Runs Mocha tests inside the extension host of a VS Code from npm.

import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from './browser.mjs';
import { makeRelay, mark, markVariable } from './relay.mjs';
import { Trouble } from './say.mjs';
import { startServer } from './server.mjs';
import { copyWorkspace } from './temporary.mjs';
import { readResults, resultsName, resultsVariable } from './test-results.mjs';
import { workbenchAddress } from './workbench.mjs';

/**
 * @typedef {object} ExtensionTestOptions
 * @property {string} [version] of VS Code; a version of `hostVersions`
 * @property {string} extensionPath the extension under development
 * @property {string} testsPath a module that exports `run(): Promise<void>`
 * @property {string} workspace a folder; the tests get a copy of it
 * @property {'off' | 'restricted'} [trust] `restricted`: workspace trust is on and not granted; `off`, which is the default: there is none
 * @property {import('./settings.mjs').Settings} [settings]
 * @property {NodeJS.ProcessEnv} [env] for the extension host
 * @property {number} [timeout] milliseconds for the whole run; ten minutes where none is given
 */

/**
 * Runs the tests, printing what they print.
 * @param {ExtensionTestOptions} options
 * @returns {Promise<import('./test-results.mjs').TestResults>}
 */
export async function runExtensionTests(options) {
  const server = await startServer({
    version: options.version,
    settings: options.settings,
    restricted: options.trust === 'restricted',
    testDriver: true,
    env: (folder) => ({ ...options.env, [resultsVariable]: join(folder, resultsName), [markVariable]: mark }),
  });
  try {
    const relay = makeRelay((line) => process.stdout.write(`${line}\n`));
    const code = await runInPage(server, options, relay);
    const found = await readResults(join(server.folder, resultsName));
    if (found === undefined || (code !== 0 && found.failed === 0)) {
      throw new Trouble(`The tests in VS Code ${server.version} did not come to their end. What VS Code printed:`, {
        details: `${relay.rest()}\n${server.log()}`,
      });
    }
    return found;
  } finally {
    await server.stop();
  }
}

/**
 * @param {import('./server.mjs').Server} server
 * @param {ExtensionTestOptions} options
 * @param {import('./relay.mjs').Relay} relay
 * @returns {Promise<number>} 0 where the tests' `run` resolved
 */
async function runInPage(server, options, relay) {
  const workspace = await copyWorkspace(resolve(options.workspace), server.folder);
  const browser = await launchBrowser();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    const page = await browser.newPage();
    await page.exposeFunction('codeAutomationLog', relay.print);
    /** @type {(code: number) => void} */
    let done = () => {};
    /** @type {Promise<number>} */
    const exit = new Promise((resolve) => (done = resolve));
    await page.exposeFunction('codeAutomationExit', done);
    await page.goto(workbenchAddress(server, workspace, payload(server, options)), { timeout: 120_000 });
    const timeout = options.timeout ?? 600_000;
    return await Promise.race([
      exit,
      new Promise((_resolve, reject) => {
        page.on('crash', () =>
          reject(new Trouble('The page with VS Code crashed. Is there enough memory? It needs about 1.5 GB.')),
        );
        void server.ended.then(() =>
          reject(new Trouble("VS Code's server ended during the tests.", { details: server.log() })),
        );
        const message = `The tests in VS Code ${server.version} were not done after ${timeout / 1000} s.`;
        const details = () => `${relay.rest()}\n${server.log()}`;
        timer = setTimeout(() => reject(new Trouble(message, { details: details() })), timeout);
      }),
    ]);
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}

/**
 * @param {import('./server.mjs').Server} server
 * @param {ExtensionTestOptions} options
 * @returns {[string, string][]}
 */
function payload(server, options) {
  // The page's own host and port are the name of this remote machine.
  const address = (/** @type {string} */ path) =>
    `vscode-remote://${server.authority}${pathToFileURL(resolve(path)).pathname}`;
  return [
    ['extensionDevelopmentPath', address(options.extensionPath)],
    ['extensionTestsPath', address(options.testsPath)],
    ['skipWelcome', 'true'],
  ];
}
