// Makes the pictures of the README from the real product: npm run screenshots
// With names (without .png) only those: npm run screenshots -- verify-dark

import { join } from 'node:path';
import { setUp } from './setup.mjs';
import { projectRoot } from './vscode/paths.mjs';
import { runScript, say, Trouble } from './vscode/say.mjs';

/**
 * @typedef {object} Shot
 * @property {string} name of the picture
 * @property {string} theme
 * @property {(page: import('playwright-core').Page) => Promise<void>} act what is done before the picture is taken
 * @property {import('./vscode/settings.mjs').Settings} [settings]
 */

const folder = join(projectRoot, 'media', 'readme');

await runScript(async () => {
  await setUp();
  // Imported only now: they need the packages.
  const { sampleFolder, verifyTamperedChain } = await import('./sample.mjs');
  const { show } = await import('./show.mjs');
  const { screenshot } = await import('./vscode/workbench.mjs');

  /** @type {Shot[]} */
  const shots = [
    { name: 'verify-light', theme: 'Default Light Modern', act: verifyTamperedChain },
    { name: 'verify-dark', theme: 'Default Dark Modern', act: verifyTamperedChain },
    { name: 'verify-high-contrast', theme: 'Default High Contrast', act: verifyTamperedChain },
    { name: 'verify-high-contrast-light', theme: 'Default High Contrast Light', act: verifyTamperedChain },
  ];

  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !shots.some((shot) => shot.name === name));
  if (unknown.length > 0) {
    throw new Trouble(
      `There is no picture "${unknown[0]}": the pictures are ${shots.map((shot) => shot.name).join(', ')}.`,
    );
  }
  for (const shot of shots.filter((shot) => wanted.length === 0 || wanted.includes(shot.name))) {
    say(`Taking ${shot.name}.png…`);
    const settings = { 'workbench.colorTheme': shot.theme, 'editor.minimap.enabled': false, ...shot.settings };
    await show({ workspace: sampleFolder, width: 1400, height: 900, settings }, async (page) => {
      await shot.act(page);
      await screenshot(page, join(folder, `${shot.name}.png`));
    });
  }
});
