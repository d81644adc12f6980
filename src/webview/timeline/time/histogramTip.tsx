import type { JSX } from 'preact';
import type { Histogram } from '../../../shared/timeline';
import { binsOf, countsIn, rangeOf, type Brush } from './brush';
import { LogText } from '../logText';
import { seriesLook, seriesTitle } from '../outcome';
import { moment, type Zone } from './shownTime';

interface HistogramTipProps {
  histogram: Histogram;
  brush: Brush;
  width: number;
  zone: Zone;
}

/** What is in the bins under the pointer or the cursor. */
export function HistogramTip({ histogram, brush, width, zone }: HistogramTipProps): JSX.Element {
  const { from, to } = rangeOf(brush, histogram);
  const counts = countsIn(histogram, brush).filter(({ count }) => count > 0);
  const [first, last] = binsOf(brush);
  const centre = ((first + last + 1) / 2 / histogram.bins.length) * width;
  // On the side where there is room for it.
  const place = centre < width / 2 ? { left: `${centre + 8}px` } : { right: `${width - centre + 8}px` };
  return (
    <div class="tip" style={place} aria-hidden="true">
      <div>{moment(from, to, zone)}</div>
      {counts.length === 0 && <div class="dim">no entries</div>}
      {counts.map(({ name, count }) => (
        <div class="series" key={name}>
          <span class={`swatch ${seriesLook(name).tone}`} />
          <span class="name">
            <LogText text={seriesTitle(name)} limit={40} />
          </span>
          <span class="number">{count.toLocaleString('en-US')}</span>
        </div>
      ))}
    </div>
  );
}
