import * as path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { ChainFileError } from '../chainfile/errors';
import { verifyChainBytes, verifyChainFile, type ChainFileOptions } from '../chainfile/chainFile';
import type { Algorithm } from '../core/chain/hash';
import { judgeGone } from '../core/chain/pins/judgePin';
import { makePin } from '../core/chain/pins/makePin';
import type { Pin } from '../core/chain/pins/pin';
import { shownTime } from '../core/chain/pins/pinText';
import { reportOfGone, type ChainReport } from '../core/chain/report';
import { reportJson } from '../core/chain/reportJson';
import { reportSarif } from '../core/chain/reportSarif';
import { writeJson } from '../core/json/writeJson';
import { entries } from '../core/text/quantity';
import { UsageError } from './errors';
import { openPins, pinsOption, readPins, type PinsFlags } from './pinsFlags';
import { progressLine } from './progress';
import { readStandardInput } from './standardInput';
import { reportText } from './reportText';
import { shownPath, wrapped } from './terminal';

interface VerifyFlags extends PinsFlags {
  readonly algorithm: Algorithm | 'auto';
  readonly expectCount?: number;
  readonly expectLastHash?: string;
  readonly pin?: true;
  readonly againstPin?: true;
  readonly format: 'text' | 'json' | 'sarif';
}

declare const AEGIS_VERSION: string;

export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('verify a hash chain and name every break in it')
    .argument('<FILE>', 'the chain, one JSON entry a line; - for standard input')
    .addOption(
      new Option('--algorithm <NAME>', 'the hash of the chain; auto tells it from the entries')
        .choices(['auto', 'sha256', 'sha3_256'])
        .default('auto'),
    )
    .option(
      '--expect-count <N>',
      'number of entries that the chain had before: it must have at least as many',
      entryCount,
    )
    .option('--expect-last-hash <HEX>', 'hash of the last entry it had before, as it was kept elsewhere', hash)
    .option('--against-pin', 'hold the chain against its pin: what became of a head that was pinned before')
    .option('--pin', 'pin the head of the chain, if it is intact and as it was pinned before')
    .addOption(pinsOption())
    .addOption(new Option('--format <FORMAT>', 'how to print').choices(['text', 'json', 'sarif']).default('text'))
    .addHelpText(
      'after',
      '\nExit code: 0 where the chain is intact and what was expected, 1 where it is not, 2 where it could not be read.',
    )
    .action(async (file: string, flags: VerifyFlags) => {
      process.exitCode = await verify(file, flags);
    });
}

async function verify(file: string, flags: VerifyFlags): Promise<number> {
  checkFlags(file, flags);
  const pins = flags.pin || flags.againstPin ? pinsFor(file, flags) : [];
  const report = await read(file, flags, pins);
  const made = flags.pin ? pinHead(file, report, flags) : undefined;
  process.stdout.write(print(file, report, flags, made?.tail ?? pinNotAsked(file, flags, report)));
  made?.say();
  return report.valid && made?.isPinned !== false ? 0 : 1;
}

function checkFlags(file: string, flags: VerifyFlags): void {
  const isPinAsked = flags.pin ?? flags.againstPin;
  if (isPinAsked && file === '-')
    throw new UsageError('-: standard input has no path that could be pinned. Name the file of the chain.');
  if (isPinAsked && (flags.expectCount !== undefined || flags.expectLastHash !== undefined))
    throw new UsageError(
      '--expect-count and --expect-last-hash say what --pin and --against-pin take from the pin. Give one or the other.',
    );
  if (flags.pins !== undefined && !isPinAsked)
    throw new UsageError('--pins names the file of pins for --pin and --against-pin. Give one of them too.');
}

/** What was pinned of a file. @throws UsageError where something must be there and is not. */
function pinsFor(file: string, flags: VerifyFlags): readonly Pin[] {
  const store = openPins(flags);
  const { inForce } = readPins(store);
  const found = store.pinsOf(path.resolve(file));
  if (found.length > 0 || !flags.againstPin) return found;
  // A file of pins that was kept elsewhere may know the chain under another path.
  const all = [...inForce.values()];
  const elsewhere = flags.pins;
  if (elsewhere !== undefined && all.length === 1) return all[0];
  if (elsewhere !== undefined && all.length === 0)
    throw new UsageError(`${shownPath(file)}: it is not pinned: ${shownPath(elsewhere)} is missing, or holds no pins.`);
  throw new UsageError(
    elsewhere === undefined
      ? `${shownPath(file)}: it is not pinned. Pin it with --pin, or name a file of pins with --pins.`
      : `${shownPath(file)}: ${shownPath(elsewhere)} has no pin for its path, and more than one that it could be. Import the one that is meant: aegis pins import PINS --for FILE.`,
  );
}

async function read(file: string, flags: VerifyFlags, pins: readonly Pin[]): Promise<ChainReport> {
  const progress = progressLine();
  const options: ChainFileOptions = {
    algorithm: flags.algorithm,
    expectation: { count: flags.expectCount, lastHash: flags.expectLastHash },
    pins,
    workerScript: path.join(__dirname, 'chain-worker.js'),
    onProgress: progress.update,
  };
  try {
    return await (file === '-' ? verifyChainBytes(await readStandardInput(), options) : verifyChainFile(file, options));
  } catch (error) {
    // That a pinned file is gone is a finding.
    if (error instanceof ChainFileError && error.isMissing && pins.length > 0) return reportOfGone(judgeGone(pins));
    if (error instanceof ChainFileError) throw new UsageError(`${shownPath(file)}: ${error.message}`);
    throw error;
  } finally {
    progress.clear();
  }
}

/** Pins the head. @returns whether it is pinned now, what is to be said on stderr, and what is known of the tail then. */
function pinHead(
  file: string,
  report: ChainReport,
  flags: VerifyFlags,
): { isPinned: boolean; say: () => void; tail: string | undefined } {
  const made = makePin(path.resolve(file), report, new Date().toISOString());
  const saying = (text: string) => (): void => void process.stderr.write(`${wrapped(text).join('\n')}\n`);
  if ('refusal' in made)
    return { isPinned: report.valid && report.pin !== null, say: saying(made.refusal), tail: undefined };
  const store = openPins(flags);
  store.append([{ action: 'pin', pin: made.pin }]);
  const { count, lastHash } = made.pin;
  return {
    isPinned: true,
    say: saying(`Pinned: ${entries(count)}, last hash ${lastHash}, in ${shownPath(store.file)}.`),
    tail: `The chain is pinned at this head from now on (${entries(count)}).`,
  };
}

/** What is said of the tail where there is a pin that was not asked for: it is pinned, but was not compared. */
function pinNotAsked(file: string, flags: VerifyFlags, { entries: now }: ChainReport): string | undefined {
  const isAsked =
    flags.pin ?? flags.againstPin ?? (flags.expectCount !== undefined || flags.expectLastHash !== undefined);
  if (isAsked || file === '-' || flags.format !== 'text') return undefined;
  let pin: Pin | undefined;
  try {
    pin = openPins(flags).pinsOf(path.resolve(file)).at(-1);
  } catch {
    // It was not asked for, so that it cannot be read is no matter.
    return undefined;
  }
  if (pin === undefined) return undefined;
  const fewer = now < pin.count ? `, and has ${now.toLocaleString('en-US')} now` : '';
  return `The tail was not compared with its pin: this chain was pinned on ${shownTime(pin.time)} with ${entries(pin.count)}${fewer}. --against-pin holds it against that.`;
}

function print(
  file: string,
  report: ChainReport,
  { format, algorithm }: VerifyFlags,
  tail: string | undefined,
): string {
  const isAlgorithmGiven = algorithm !== 'auto';
  switch (format) {
    case 'json':
      return `${writeJson(reportJson(file, report))}\n`;
    case 'sarif':
      return `${writeJson(reportSarif(file, report, AEGIS_VERSION))}\n`;
    case 'text':
      return reportText(file, report, isAlgorithmGiven, tail);
  }
}

function entryCount(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError('It must be a whole number, such as 1204.');
  return Number(value);
}

function hash(value: string): string {
  if (!/^[0-9a-f]{64}$/i.test(value)) throw new InvalidArgumentError('It must be 64 hexadecimal digits.');
  return value.toLowerCase();
}
