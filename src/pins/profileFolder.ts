import * as os from 'node:os';
import * as path from 'node:path';

/** The folder below the one that each system has for what programs remember of a person. */
const FOLDER = 'aegis-audit-trail';

/**
 * Where what is to be remembered of whoever runs this is kept, the same for the editor and the command line.
 *
 * Sources: XDG Base Directory Specification (`XDG_STATE_HOME`), Apple's File System Programming Guide, Microsoft's
 * known folder `RoamingAppData`.
 */
export function profileFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  return path.join(stateFolder(env, platform), FOLDER);
}

function stateFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const { APPDATA } = env;
  if (platform === 'win32' && APPDATA !== undefined && APPDATA !== '') return APPDATA;
  if (platform === 'win32') return path.join(os.homedir(), 'AppData', 'Roaming');
  if (platform === 'darwin') return path.join(os.homedir(), 'Library', 'Application Support');
  const state = env.XDG_STATE_HOME;
  return state && path.isAbsolute(state) ? state : path.join(os.homedir(), '.local', 'state');
}
