// `npm start -- --screenshot FILE`: the sample's tampered chain, verified, in a picture.

import { resolve } from 'node:path';
import { sampleFolder, verifyTamperedChain } from '../sample.mjs';
import { show } from '../show.mjs';
import { say } from '../vscode/say.mjs';
import { screenshot } from '../vscode/workbench.mjs';

/** @param {string} file */
export async function takePicture(file) {
  say('Opening VS Code without a window, and verifying the tampered chain…');
  await show({ workspace: sampleFolder, width: 1400, height: 900 }, async (page) => {
    await verifyTamperedChain(page);
    await screenshot(page, resolve(file));
  });
  say(`Wrote ${file}.`);
}
