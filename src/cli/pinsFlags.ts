import { Option } from 'commander';
import { defaultPinsFile } from '../pins/pinsFile';
import { PinStore } from '../pins/pinStore';

export interface PinsFlags {
  readonly pins?: string;
}

export function pinsOption(): Option {
  return new Option('--pins <PINS>', "the file of pins, where it is not your profile's (AEGIS_PINS does the same)");
}

export function openPins({ pins }: PinsFlags): PinStore {
  return new PinStore(pins ?? defaultPinsFile());
}
