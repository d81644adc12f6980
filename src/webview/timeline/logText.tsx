import type { ComponentChild, JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { textChunks, textRuns, type TextRun } from './textRuns';

interface LogTextProps {
  text: string;
  /** Characters; what is longer ends in `…`. */
  limit?: number;
  /** Whether a line feed ends a line, beside being shown. */
  hasLines?: boolean;
}

/** A text out of a log, as text: what would act is shown as an escape, which looks other than the same letters in the log. */
export function LogText({ text, limit = 300, hasLines = false }: LogTextProps): JSX.Element {
  return <>{textRuns(text, limit, hasLines).map(drawn)}</>;
}

/** The same for a text of any length, in blocks that cost nothing while they are out of sight. */
export function LongLogText({ text }: { text: string }): JSX.Element {
  const chunks = useMemo(() => textChunks(text), [text]);
  return (
    <>
      {chunks.map((runs, index) => (
        <span class="chunk" key={index}>
          {runs.map(drawn)}
        </span>
      ))}
    </>
  );
}

function drawn(run: TextRun): ComponentChild {
  if (run.kind === 'plain') return run.text;
  return run.kind === 'escape' ? <span class="escape">{run.text}</span> : <br />;
}
