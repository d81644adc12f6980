import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Completion } from '../../../shared/timeline';
import { LogText } from '../logText';

interface CompletionListProps {
  id: string;
  items: readonly Completion[];
  active: number;
  onTake: (index: number) => void;
}

/** What fits at the filter's cursor. */
export function CompletionList({ id, items, active, onTake }: CompletionListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [items, active]);
  return (
    <div class="completions" id={id} role="listbox" aria-label="Completions" ref={list}>
      {items.map((item, index) => (
        <div
          key={index}
          id={optionId(index)}
          class={`completion ${index === active ? 'active' : ''}`}
          role="option"
          aria-selected={index === active}
          // The box keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(index)}
        >
          <span class="label">
            <LogText text={item.label} />
          </span>
          <span class="dim">
            <LogText text={item.detail} />
          </span>
        </div>
      ))}
    </div>
  );
}

export function optionId(index: number): string {
  return `completion-${index}`;
}
