import type { JSX } from 'preact';
import { OUTLINES, type IconName } from './iconOutlines';

/** Drawn for the eye only: the word beside it, or the button's name, says the same. */
export function Icon({ name, tone }: { name: IconName; tone?: string }): JSX.Element {
  return (
    <svg class={`icon ${tone ?? ''}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={OUTLINES[name]} />
    </svg>
  );
}
