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
 * @property {(page: import('playwright-core').Page, workspace: string) => Promise<void>} act what is done before the picture is taken
 * @property {(workspace: string) => void} [prepare] what is done to the workspace before it is opened
 * @property {import('./vscode/settings.mjs').Settings} [settings]
 */

const folder = join(projectRoot, 'media', 'readme');

await runScript(async () => {
  await setUp();
  // Imported only now: they need the packages.
  const { sampleFolder, showChains, showCutPin, showHover, showLargeChain, showPolicy, showTimeline } =
    await import('./sample.mjs');
  const { show } = await import('./show.mjs');
  const { screenshot } = await import('./vscode/workbench.mjs');
  const { writeLargeChain } = await import('./large-chain.mjs');

  const large = (/** @type {string} */ workspace) => writeLargeChain(join(workspace, 'large.jsonl'));
  /** @type {Shot[]} */
  const shots = [
    { name: 'chains-light', theme: 'Default Light Modern', act: showChains },
    { name: 'chains-dark', theme: 'Default Dark Modern', act: showChains },
    { name: 'chains-high-contrast', theme: 'Default High Contrast', act: showChains },
    { name: 'chains-high-contrast-light', theme: 'Default High Contrast Light', act: showChains },
    { name: 'timeline-light', theme: 'Default Light Modern', act: showTimeline },
    { name: 'timeline-dark', theme: 'Default Dark Modern', act: showTimeline },
    { name: 'timeline-high-contrast', theme: 'Default High Contrast', act: showTimeline },
    { name: 'timeline-high-contrast-light', theme: 'Default High Contrast Light', act: showTimeline },
    { name: 'policy-light', theme: 'Default Light Modern', act: showPolicy },
    { name: 'policy-dark', theme: 'Default Dark Modern', act: showPolicy },
    { name: 'policy-high-contrast', theme: 'Default High Contrast', act: showPolicy },
    { name: 'policy-high-contrast-light', theme: 'Default High Contrast Light', act: showPolicy },
    { name: 'hover-dark', theme: 'Default Dark Modern', act: showHover },
    { name: 'pin-light', theme: 'Default Light Modern', act: showCutPin },
    { name: 'large-dark', theme: 'Default Dark Modern', act: showLargeChain, prepare: large },
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
    const settings = {
      'workbench.colorTheme': shot.theme,
      'editor.minimap.enabled': false,
      'files.autoSave': 'off',
      ...shot.settings,
    };
    const stage = { workspace: sampleFolder, width: 1400, height: 800, settings, prepare: shot.prepare };
    await show(stage, async (page, workspace) => {
      await shot.act(page, workspace);
      await screenshot(page, join(folder, `${shot.name}.png`));
    });
  }
});
