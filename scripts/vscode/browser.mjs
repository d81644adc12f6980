// A Chromium without a window, and the workbench in it.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureChromium } from './chromium.mjs';
import { Trouble } from './say.mjs';
import { makeTemporary, removeTemporary } from './temporary.mjs';

/** @typedef {import('playwright-core').Page} Page */

/**
 * @typedef {object} Browser
 * @property {(options?: { width?: number, height?: number, scale?: number }) => Promise<Page>} newPage a page with nothing remembered
 * @property {() => Promise<void>} close
 */

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Letters of the same shape on every machine.
  '--font-render-hinting=none',
];

/**
 * Starts a browser, installing one first where the machine has none.
 * @returns {Promise<Browser>}
 */
export async function launchBrowser() {
  const found = await ensureChromium();
  const folder = await makeTemporary();
  const env = await environment(found, folder);
  try {
    const browser = await chromium.launch({ executablePath: found.program, args: flags, env, timeout: 120_000 });
    return {
      newPage: async ({ width = 1400, height = 900, scale = 1 } = {}) => {
        const context = await browser.newContext({
          viewport: { width, height },
          deviceScaleFactor: scale,
          reducedMotion: 'reduce',
        });
        context.setDefaultTimeout(60_000);
        return context.newPage();
      },
      close: async () => {
        await browser.close();
        removeTemporary(folder);
      },
    };
  } catch (cause) {
    removeTemporary(folder);
    throw new Trouble(
      `The browser ${found.program} cannot be started. CHROME_PATH can name another Chrome or Chromium.`,
      { cause, details: cause instanceof Error ? cause.message : String(cause) },
    );
  }
}

/**
 * @param {import('./chromium.mjs').Chromium} found
 * @param {string} folder
 * @returns {Promise<Record<string, string>>}
 */
async function environment(found, folder) {
  /** @type {Record<string, string>} */
  const env = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && name !== 'NODE_OPTIONS') {
      env[name] = value;
    }
  }
  env['TMPDIR'] = folder;
  if (found.libraries !== undefined) {
    env['LD_LIBRARY_PATH'] = [found.libraries, env['LD_LIBRARY_PATH']]
      .filter((part) => part !== undefined && part !== '')
      .join(':');
  }
  if (found.fonts.length > 0) {
    env['FONTCONFIG_FILE'] = join(folder, 'fonts.conf');
    await mkdir(join(folder, 'font-cache'));
    await writeFile(env['FONTCONFIG_FILE'], fontConfiguration(found.fonts, join(folder, 'font-cache')));
  }
  return env;
}

/**
 * @param {string[]} fonts
 * @param {string} cache
 */
function fontConfiguration(fonts, cache) {
  const escape = (/** @type {string} */ text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const prefer = (/** @type {string} */ family, /** @type {string} */ font) =>
    `<alias binding="same"><family>${family}</family><prefer><family>${font}</family></prefer></alias>`;
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...fonts.map((folder) => `<dir>${escape(folder)}</dir>`),
    `<cachedir>${escape(cache)}</cachedir>`,
    ...['system-ui', 'sans-serif'].map((family) => prefer(family, 'Open Sans')),
    prefer('monospace', 'DejaVu Sans Mono'),
    '</fontconfig>',
  ].join('\n');
}
