// Runs Mocha tests inside the extension host of a downloaded desktop VS Code. For machines with a display (or Xvfb) that
// can reach VS Code's download server; elsewhere there is `runExtensionTests`.

import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { desktopCacheFolder } from './paths.mjs';
import { Trouble } from './say.mjs';
import { quietSettings, restrictedSettings } from './settings.mjs';
import { copyWorkspace, makeTemporary, removeTemporary } from './temporary.mjs';
import { readResults, resultsName, resultsVariable } from './test-results.mjs';

/**
 * Runs the tests, printing what they print.
 * @param {import('./extension-tests.mjs').ExtensionTestOptions} options `version`: `stable`, or one such as `1.100.0`
 * @returns {Promise<import('./test-results.mjs').TestResults>}
 */
export async function runDesktopTests(options) {
  const { runTests } = await import('@vscode/test-electron');
  const version = options.version ?? 'stable';
  const folder = await makeTemporary();
  try {
    const workspace = await copyWorkspace(resolve(options.workspace), folder);
    const results = join(folder, resultsName);
    const userData = join(folder, 'data');
    const restricted = options.trust === 'restricted';
    await mkdir(join(userData, 'User'), { recursive: true });
    const settings = { ...quietSettings, ...(restricted ? restrictedSettings : {}), ...options.settings };
    await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(settings, null, 2));
    /** @type {unknown} */
    let failure;
    try {
      await runTests({
        version,
        cachePath: desktopCacheFolder,
        extensionDevelopmentPath: resolve(options.extensionPath),
        extensionTestsPath: resolve(options.testsPath),
        extensionTestsEnv: {
          ...options.env,
          HOME: folder,
          USERPROFILE: folder,
          // The profile's own place for pins is not below the home folder everywhere.
          AEGIS_PINS: join(folder, 'pins.jsonl'),
          [resultsVariable]: results,
        },
        launchArgs: [
          workspace,
          `--user-data-dir=${userData}`,
          `--extensions-dir=${join(folder, 'extensions')}`,
          '--disable-gpu',
          '--skip-welcome',
          ...(restricted ? [] : ['--disable-workspace-trust']),
        ],
      });
    } catch (error) {
      // Also when a test failed: the results tell.
      failure = error;
    }
    const found = await readResults(results);
    if (found === undefined || (failure !== undefined && found.failed === 0)) {
      throw new Trouble(`The tests in the desktop VS Code ${version} did not come to their end.`, {
        cause: failure,
        details: failure instanceof Error ? failure.message : String(failure),
      });
    }
    return found;
  } finally {
    removeTemporary(folder);
  }
}
