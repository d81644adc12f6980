import type { JSX } from 'preact';
import { Icon } from './icons';
import { LogText } from './logText';
import type { Failure } from './model/failureList';

/** What could not be done, until it is put away. */
export function Failures({
  failures,
  onDismiss,
}: {
  failures: readonly Failure[];
  onDismiss: (id: number) => void;
}): JSX.Element {
  return (
    <div class="failures" role="alert">
      {failures.map(({ id, message }) => (
        <div class="failure" key={id}>
          <Icon name="error" tone="tone-blocked" />
          <span class="sentence">
            <LogText text={message} limit={600} />
          </span>
          <button
            type="button"
            class="icon-button"
            aria-label="Dismiss message"
            title="Dismiss"
            onClick={() => onDismiss(id)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
