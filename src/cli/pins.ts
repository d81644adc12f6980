import * as fs from 'node:fs';
import * as path from 'node:path';
import { Option, type Command } from 'commander';
import { readFailure } from '../chainfile/errors';
import { readExport, recordsToAdd, writeExport } from '../core/chain/pins/importPins';
import { pinJson, type Pin } from '../core/chain/pins/pin';
import { shownTime } from '../core/chain/pins/pinText';
import { writeJson } from '../core/json/writeJson';
import { quantity } from '../core/text/quantity';
import { UsageError } from './errors';
import { writeNewFile } from './newFile';
import { openNamedPins, openPins, pinsOption, readPins, type PinsFlags } from './pinsFlags';
import { shownPath, style, table } from './terminal';

export function addPinsCommand(program: Command): void {
  const pins = program.command('pins').description('list, give up, export and import the pinned heads of chains');
  pins
    .command('list')
    .description('list the pins in force')
    .addOption(pinsOption())
    .addOption(new Option('--format <FORMAT>', 'how to print').choices(['text', 'json']).default('text'))
    .action(list);
  pins
    .command('remove')
    .description('give up the pin of a chain; the file of pins keeps what was pinned before')
    .argument('<FILE>', 'the chain')
    .addOption(pinsOption())
    .action(remove);
  pins
    .command('export')
    .description('write the pins in force as text, to be kept where an agent cannot write')
    .option('-o, --output <FILE>', 'a new file to write to; standard output where none is given')
    .addOption(pinsOption())
    .action(exportPins);
  pins
    .command('import')
    .description('take over pins that were exported')
    .argument('<FILE>', 'the exported pins')
    .option('--for <CHAIN>', 'the chain they are of, where its path here is another one')
    .addOption(pinsOption())
    .action(importPins);
}

function list(flags: PinsFlags & { format: 'text' | 'json' }): void {
  const store = openNamedPins(flags);
  const { inForce } = readPins(store);
  const current = [...inForce.values()].map((history) => history.at(-1)!);
  if (flags.format === 'json') {
    const pins = current.map(pinJson);
    process.stdout.write(`${writeJson({ file: store.file, pins })}\n`);
  } else if (current.length === 0) {
    process.stdout.write('No chain is pinned.\n');
  } else {
    const rows = current.map(({ path, count, time, lastHash }) => [
      count.toLocaleString('en-US'),
      shownTime(time),
      lastHash.slice(0, 12),
      shownPath(path),
    ]);
    const [head, ...body] = table([['Entries', 'Pinned on', 'Last hash', 'Chain'], ...rows]);
    process.stdout.write(`${[style(head, 'bold'), ...body].join('\n')}\n`);
  }
}

function remove(file: string, flags: PinsFlags): void {
  const store = openNamedPins(flags);
  const pin = store.pinsOf(path.resolve(file)).at(-1);
  if (pin === undefined) throw new UsageError(`${shownPath(file)}: it is not pinned. aegis pins list shows what is.`);
  store.append([{ action: 'unpin', path: pin.path, time: new Date().toISOString() }]);
  process.stdout.write(`No longer pinned: ${shownPath(pin.path)}\n`);
}

function exportPins(flags: PinsFlags & { output?: string }): void {
  const { inForce } = readPins(openNamedPins(flags));
  const text = writeExport(inForce);
  if (flags.output === undefined) {
    process.stdout.write(text);
    return;
  }
  // What is kept of other chains in that place is not written over.
  writeNewFile(flags.output, text);
  process.stdout.write(`Exported the pins of ${quantity(inForce.size, 'chain')} to ${shownPath(flags.output)}\n`);
}

function importPins(file: string, flags: PinsFlags & { for?: string }): void {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${shownPath(file)}: ${(readFailure(error) as Error).message}`);
  }
  const read = readExport(text);
  if ('refusal' in read) throw new UsageError(`${shownPath(file)}: ${read.refusal}`);
  const { histories } = read;
  if (flags.for !== undefined && histories.size !== 1)
    throw new UsageError(
      `${shownPath(file)}: it holds pins of ${quantity(histories.size, 'chain')}, and --for goes with those of one.`,
    );
  const pins = [...histories.values()].flat().map((pin) => (flags.for === undefined ? pin : moved(pin, flags.for)));
  const store = openPins(flags);
  const added = recordsToAdd(pins, readPins(store).inForce);
  if (added.length > 0) store.append(added);
  process.stdout.write(
    `Imported ${quantity(added.length, 'pin')}; ${quantity(pins.length - added.length, 'was', 'were')} there already.\n`,
  );
}

function moved(pin: Pin, file: string): Pin {
  return { ...pin, path: path.resolve(file) };
}
