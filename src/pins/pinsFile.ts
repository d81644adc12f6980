import * as path from 'node:path';
import { profileFolder } from './profileFolder';

/** The file of pins of whoever runs this, the same for the editor and the command line; `AEGIS_PINS` names another. */
export function defaultPinsFile(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env.AEGIS_PINS) return path.resolve(env.AEGIS_PINS);
  return path.join(profileFolder(env, platform), 'pins.jsonl');
}
