import * as fs from 'node:fs';
import { Option } from 'commander';
import { quantity } from '../core/text/quantity';
import { visible } from '../core/text/visible';
import { defaultPinsFile } from '../pins/pinsFile';
import { PinStore, type Pins } from '../pins/pinStore';
import { UsageError } from './errors';
import { shownPath } from './terminal';

export interface PinsFlags {
  readonly pins?: string;
}

export function pinsOption(): Option {
  return new Option(
    '--pins <PINS>',
    "the file of pins, where it is not your profile's (for all commands, AEGIS_PINS names another file)",
  );
}

export function openPins({ pins }: PinsFlags): PinStore {
  return new PinStore(pins ?? defaultPinsFile());
}

/** What stands in a file of pins. Lines that are none are told on stderr: one of them may be the pin that is looked for. */
export function readPins(store: PinStore): Pins {
  const pins = store.read();
  for (const { line, message } of pins.problems.slice(0, 10))
    process.stderr.write(
      `aegis: ${shownPath(store.file)}: line ${line} is no pin and was passed over: ${visible(message)}.\n`,
    );
  const more = pins.problems.length - 10;
  if (more > 0) process.stderr.write(`aegis: and ${quantity(more, 'more line')}.\n`);
  return pins;
}

/** Opens a file of pins that must be there where it was named: a name that is mistyped must not look as if nothing were pinned. */
export function openNamedPins(flags: PinsFlags): PinStore {
  const store = openPins(flags);
  if (flags.pins !== undefined && !fs.existsSync(store.file))
    throw new UsageError(`${shownPath(store.file)}: There is no such file.`);
  return store;
}
