import type { JSX } from 'preact';
import type { FilterProblem } from '../../../shared/timeline';
import { Icon } from '../icons';
import { LogText } from '../logText';

export const problemId = 'filter-problem';
/** Of the filter before and after what is wrong in it. */
const AROUND = 24;

interface FilterProblemBoxProps {
  filter: string;
  problem: FilterProblem;
  /** Something else is shown in its place; it still can be read out. */
  isHidden: boolean;
}

/** What is wrong with the filter, and where. */
export function FilterProblemBox({ filter, problem, isHidden }: FilterProblemBoxProps): JSX.Element {
  const { message, from, to } = problem;
  const wrong = filter.slice(from, to);
  return (
    <div class={`problem ${isHidden ? 'unseen' : ''}`} id={problemId}>
      <div class="sentence">
        <Icon name="error" />
        <span>
          <LogText text={message} />
        </span>
      </div>
      {wrong !== '' && (
        <code>
          {from > AROUND && '…'}
          <LogText text={filter.slice(Math.max(0, from - AROUND), from)} />
          <span class="wrong-part">
            <LogText text={wrong} />
          </span>
          <LogText text={filter.slice(to, to + AROUND)} />
          {to + AROUND < filter.length && '…'}
        </code>
      )}
    </div>
  );
}
