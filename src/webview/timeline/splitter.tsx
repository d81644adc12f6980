import type { JSX, RefObject } from 'preact';
import { useRef } from 'preact/hooks';

interface SplitterProps {
  /** What is divided. */
  frame: RefObject<HTMLElement | null>;
  /** Part of the second, from 0 to 1. */
  split: number;
  /** The two stand one above the other. */
  isStacked: boolean;
  onSplit: (split: number) => void;
}

const STEP = 0.02;
export const LEAST = 0.15;
export const MOST = 0.85;

/** Between the list and the detail; dragged, or moved by the arrow keys. */
export function Splitter({ frame, split, isStacked, onSplit }: SplitterProps): JSX.Element {
  const isDragged = useRef(false);
  const set = (part: number): void => onSplit(Math.min(MOST, Math.max(LEAST, part)));
  const onPointerMove = (event: PointerEvent): void => {
    const rect = frame.current?.getBoundingClientRect();
    if (!isDragged.current || rect === undefined) return;
    set(isStacked ? (rect.bottom - event.clientY) / rect.height : (rect.right - event.clientX) / rect.width);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const targets: Readonly<Record<string, number>> = {
      [isStacked ? 'ArrowUp' : 'ArrowLeft']: split + STEP,
      [isStacked ? 'ArrowDown' : 'ArrowRight']: split - STEP,
      Home: MOST,
      End: LEAST,
    };
    if (!Object.hasOwn(targets, event.key)) return;
    event.preventDefault();
    set(targets[event.key]);
  };
  return (
    <div
      class={`splitter ${isStacked ? 'stacked' : ''}`}
      role="separator"
      tabIndex={0}
      aria-label="Size of the detail"
      aria-orientation={isStacked ? 'horizontal' : 'vertical'}
      aria-valuemin={LEAST * 100}
      aria-valuemax={MOST * 100}
      aria-valuenow={Math.round(split * 100)}
      aria-controls="detail"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        isDragged.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => (isDragged.current = false)}
      onPointerCancel={() => (isDragged.current = false)}
      onKeyDown={onKeyDown}
    />
  );
}
