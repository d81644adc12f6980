import { parsePins, pinLine, pinsInForce, type Pin, type PinRecord } from './pin';

/** What an exported text of pins brings, or the sentence that says why nothing is taken over. */
export type ImportedPins = { readonly histories: ReadonlyMap<string, readonly Pin[]> } | { readonly refusal: string };

/** Reads an exported text of pins. A text of which a line is no pin is refused whole. */
export function readExport(text: string): ImportedPins {
  const { records, problems } = parsePins(text);
  const [problem] = problems;
  if (problem !== undefined)
    return { refusal: `Line ${problem.line} is no pin: ${problem.message}. Nothing was imported.` };
  const histories = pinsInForce(records);
  return histories.size === 0 ? { refusal: 'It holds no pins.' } : { histories };
}

/** The text that pins are exported as: the lines of those in force. */
export function writeExport(inForce: ReadonlyMap<string, readonly Pin[]>): string {
  return [...inForce.values()]
    .flat()
    .map((pin) => `${pinLine({ action: 'pin', pin })}\n`)
    .join('');
}

/** The records that importing adds: pins that are in force already are left out. */
export function recordsToAdd(pins: readonly Pin[], inForce: ReadonlyMap<string, readonly Pin[]>): PinRecord[] {
  const known = new Set([...inForce.values()].flat().map((pin) => pinLine({ action: 'pin', pin })));
  return pins.map((pin) => ({ action: 'pin', pin }) as const).filter((record) => !known.has(pinLine(record)));
}
