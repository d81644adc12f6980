import { SettingsError } from './settingsText';

/** Why settings were not changed, in a sentence. */
export function refusal(file: string, error: unknown): string {
  const { message } = error as Error;
  return error instanceof SettingsError
    ? `${file} is left as it is: ${message}. Mend it, and try again.`
    : `${file} could not be changed: ${message}.`;
}
