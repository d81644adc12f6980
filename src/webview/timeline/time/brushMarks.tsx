import type { JSX } from 'preact';
import { binsOf, type Brush } from './brush';

interface BrushMarksProps {
  width: number;
  height: number;
  count: number;
  /** What the filter keeps. */
  selected: { x: number; width: number } | undefined;
  /** What is being chosen. */
  brush: Brush | undefined;
}

/** What lies over the bars: the time that the filter leaves out is covered, what is being chosen is framed. */
export function BrushMarks({ width, height, count, selected, brush }: BrushMarksProps): JSX.Element {
  return (
    <>
      {selected !== undefined && (
        <g class="selected-time">
          <rect class="outside" x={0} y={0} width={selected.x} height={height} />
          <rect
            class="outside"
            x={selected.x + selected.width}
            y={0}
            width={Math.max(0, width - selected.x - selected.width)}
            height={height}
          />
          <path class="edge" d={`M${selected.x} 0v${height}M${selected.x + selected.width} 0v${height}`} />
        </g>
      )}
      {brush !== undefined && count > 0 && <BrushFrame brush={brush} slot={width / count} height={height} />}
    </>
  );
}

function BrushFrame({ brush, slot, height }: { brush: Brush; slot: number; height: number }): JSX.Element {
  const [first, last] = binsOf(brush);
  return (
    <rect class="brush" x={first * slot} y={0.5} width={Math.max(1, (last - first + 1) * slot)} height={height - 1} />
  );
}
