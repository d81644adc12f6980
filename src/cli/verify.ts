import * as path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { ChainFileError } from '../chainfile/errors';
import { verifyChainBytes, verifyChainFile, type ChainFileOptions } from '../chainfile/chainFile';
import type { Algorithm } from '../core/chain/hash';
import type { ChainReport } from '../core/chain/report';
import { reportJson } from '../core/chain/reportJson';
import { reportSarif } from '../core/chain/reportSarif';
import { writeJson } from '../core/json/writeJson';
import { UsageError } from './errors';
import { progressLine } from './progress';
import { readStandardInput } from './standardInput';
import { reportText } from './reportText';
import { shownPath } from './terminal';

interface VerifyFlags {
  readonly algorithm: Algorithm | 'auto';
  readonly expectCount?: number;
  readonly expectLastHash?: string;
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
    .addOption(new Option('--format <FORMAT>', 'how to print').choices(['text', 'json', 'sarif']).default('text'))
    .addHelpText('after', '\nExit code: 0 where the chain is intact, 1 where it is not, 2 where it could not be read.')
    .action(async (file: string, flags: VerifyFlags) => {
      process.exitCode = await verify(file, flags);
    });
}

async function verify(file: string, flags: VerifyFlags): Promise<number> {
  const progress = progressLine();
  const options: ChainFileOptions = {
    algorithm: flags.algorithm,
    expectation: { count: flags.expectCount, lastHash: flags.expectLastHash },
    workerScript: path.join(__dirname, 'chain-worker.js'),
    onProgress: progress.update,
  };
  let report: ChainReport;
  try {
    report = await (file === '-'
      ? verifyChainBytes(await readStandardInput(), options)
      : verifyChainFile(file, options));
  } catch (error) {
    if (error instanceof ChainFileError) throw new UsageError(`${shownPath(file)}: ${error.message}`);
    throw error;
  } finally {
    progress.clear();
  }
  process.stdout.write(print(file, report, flags));
  return report.valid ? 0 : 1;
}

function print(file: string, report: ChainReport, { format, algorithm }: VerifyFlags): string {
  const isAlgorithmGiven = algorithm !== 'auto';
  switch (format) {
    case 'json':
      return `${writeJson(reportJson(file, report))}\n`;
    case 'sarif':
      return `${writeJson(reportSarif(file, report, AEGIS_VERSION))}\n`;
    case 'text':
      return reportText(file, report, isAlgorithmGiven);
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
