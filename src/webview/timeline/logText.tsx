import type { JSX } from 'preact';
import { textRuns } from './textRuns';

interface LogTextProps {
  text: string;
  /** Characters; what is longer ends in `…`. */
  limit?: number;
  /** Whether a line feed ends a line, beside being shown. */
  hasLines?: boolean;
}

/** A text out of a log, as text: what would act is shown as an escape, which looks other than the same letters in the log. */
export function LogText({ text, limit = 300, hasLines = false }: LogTextProps): JSX.Element {
  return (
    <>
      {textRuns(text, limit, hasLines).map((run) => {
        if (run.kind === 'plain') return run.text;
        return run.kind === 'escape' ? <span class="escape">{run.text}</span> : <br />;
      })}
    </>
  );
}
