import { Option } from 'commander';

export type TextFormat = 'text' | 'table' | 'json';

/** `--format` of commands that the reference has too: what is for people is a table there, and here a text. */
export function textFormat(): Option {
  return new Option('--format <FORMAT>', 'how to print; table is another name for text')
    .choices(['text', 'table', 'json'])
    .default('text');
}
