// Opens VS Code with the extension and a sample workspace: npm start

import { parseArgs } from 'node:util';
import { setUp } from './setup.mjs';
import { runScript, say, Trouble } from './vscode/say.mjs';

const help = `Opens VS Code with the extension and a copy of the sample workspace.

  npm start                           in your own VS Code where there is one, else in a downloaded
                                      one, else (no display, no download) in VS Code's server from npm,
                                      for a browser on this machine
  npm start -- --server [--port N]    in VS Code's server
  npm start -- --screenshot FILE      without a window: verifies the sample's tampered chain, writes a
                                      picture (PNG) of what VS Code shows, and ends
`;

await runScript(async () => {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(help);
    return;
  }
  await setUp();
  // Imported only now: they need the packages.
  if (options.screenshot !== undefined) {
    const { takePicture } = await import('./start/picture.mjs');
    await takePicture(options.screenshot);
    return;
  }
  const { openOnDesktop } = await import('./start/desktop.mjs');
  if (!options.server && options.port === undefined && (await openOnDesktop())) {
    return;
  }
  const { serve } = await import('./start/serve.mjs');
  await serve(options.port);
});

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        server: { type: 'boolean', default: false },
        port: { type: 'string' },
        screenshot: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return { ...values, port: values.port === undefined ? undefined : readPort(values.port) };
  } catch (error) {
    if (error instanceof Trouble) {
      throw error;
    }
    say(help);
    throw new Trouble(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string} text */
function readPort(text) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new Trouble(`"${text}" is not a port: it is a number from 1 to 65535.`);
  }
  return port;
}
