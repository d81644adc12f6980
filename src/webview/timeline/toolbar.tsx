import type { JSX, RefObject } from 'preact';
import { FilterBox } from './filter/filterBox';
import { Icon } from './icons';
import type { PageModel } from './model/pageModel';

interface ToolbarProps {
  model: PageModel;
  input: RefObject<HTMLInputElement | null>;
  onList: () => void;
}

/** The filter, what came of it, and how the list is shown. */
export function Toolbar({ model, input, onList }: ToolbarProps): JSX.Element {
  const { state, list, shownProblem: problem } = model;
  const isEmpty = list.count === 0;
  return (
    <div class="toolbar" role="group" aria-label="Filter and view">
      <FilterBox model={model} input={input} onLeave={onList} />
      <span class={problem === null ? 'count' : 'count dimmed'}>{countOf(model)}</span>
      <span class="buttons">
        <button
          type="button"
          class="icon-button"
          aria-label="Previous entry (Shift+F3)"
          title="Previous entry (Shift+F3)"
          disabled={isEmpty}
          onClick={() => model.step(-1)}
        >
          <Icon name="up" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Next entry (F3)"
          title="Next entry (F3)"
          disabled={isEmpty}
          onClick={() => model.step(1)}
        >
          <Icon name="down" />
        </button>
      </span>
      <Choice
        label="Group"
        value={state?.spec.group ?? 'none'}
        isDisabled={model.isFrozen}
        options={[
          ['none', 'None'],
          ['agent', 'Agent'],
        ]}
        onChange={(group) => model.choices.group(group)}
      />
      <Choice
        label="Time"
        value={state?.zone ?? 'local'}
        options={[
          ['local', 'Local'],
          ['utc', 'UTC'],
        ]}
        onChange={(zone) => model.setZone(zone)}
      />
      {!model.isFrozen && <LiveButton model={model} />}
    </div>
  );
}

/** Whether the list follows the end of a log that is written to. */
function LiveButton({ model }: { model: PageModel }): JSX.Element {
  const isOn = model.state?.live === true;
  const isGrowing = model.facts?.live === true;
  const isFollowing = isOn && model.list.isAtEnd;
  const isPaused = isOn && isGrowing && !isFollowing;
  const title = isFollowing
    ? 'Following the end as entries are added. Press to stop.'
    : isPaused
      ? 'Scrolled away from the end, so not following. Press to go to the end and follow.'
      : 'Go to the end, and follow it as entries are added';
  return (
    <button
      type="button"
      class={`live ${isOn ? 'on' : ''} ${isFollowing ? 'following' : ''} ${isGrowing ? 'growing' : ''}`}
      aria-pressed={isFollowing}
      aria-label="Live"
      title={title}
      onClick={() => model.toggleLive()}
    >
      <span class="dot" aria-hidden="true" />
      {isPaused ? 'Paused' : 'Live'}
    </button>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly (readonly [Value, string])[];
  isDisabled?: boolean;
  onChange: (value: Value) => void;
}

export function Choice<Value extends string>({
  label,
  value,
  options,
  isDisabled = false,
  onChange,
}: ChoiceProps<Value>): JSX.Element {
  return (
    <label class="choice">
      <span>{label}</span>
      <select
        value={value}
        disabled={isDisabled}
        onChange={(event) => {
          const chosen = options.find(([option]) => option === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen[0]);
        }}
      >
        {options.map(([option, title]) => (
          <option key={option} value={option}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

function countOf({ findings, state }: PageModel): string {
  if (findings === undefined) return '';
  const { matched, total, searched } = findings;
  const isAll = matched === total && state?.spec.filter.trim() === '';
  const text = isAll
    ? `${number(total)} ${total === 1 ? 'entry' : 'entries'}`
    : `${number(matched)} of ${number(total)}`;
  return searched < 1 ? `${text}, ${Math.floor(searched * 100)}% searched` : text;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
