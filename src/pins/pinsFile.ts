import * as os from 'node:os';
import * as path from 'node:path';

/** The folder below the one that each system has for what programs remember of a person. */
const FOLDER = 'aegis-audit-trail';

/**
 * The file of pins of whoever runs this, the same for the editor and the command line; `AEGIS_PINS` names another.
 *
 * Sources: XDG Base Directory Specification (`XDG_STATE_HOME`), Apple's File System Programming Guide, Microsoft's
 * known folder `RoamingAppData`.
 */
export function defaultPinsFile(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env.AEGIS_PINS) return path.resolve(env.AEGIS_PINS);
  return path.join(stateFolder(env, platform), FOLDER, 'pins.jsonl');
}

function stateFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const { APPDATA } = env;
  if (platform === 'win32' && APPDATA !== undefined && APPDATA !== '') return APPDATA;
  if (platform === 'win32') return path.join(os.homedir(), 'AppData', 'Roaming');
  if (platform === 'darwin') return path.join(os.homedir(), 'Library', 'Application Support');
  const state = env.XDG_STATE_HOME;
  return state && path.isAbsolute(state) ? state : path.join(os.homedir(), '.local', 'state');
}
