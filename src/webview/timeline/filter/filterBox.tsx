import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RefObject } from 'preact';
import { CompletionList, optionId } from './completionList';
import { FilterProblemBox, problemId } from './filterProblem';
import { Icon } from '../icons';
import type { PageModel } from '../model/pageModel';

interface FilterBoxProps {
  model: PageModel;
  input: RefObject<HTMLInputElement | null>;
  /** Escape was pressed, and there was nothing to close. */
  onLeave: () => void;
}

const LIST_ID = 'completions';
const CURSOR_KEYS: readonly string[] = ['ArrowLeft', 'ArrowRight', 'Home', 'End'];

/** The filter: a box to type in, what fits at its cursor, and what is wrong with it. */
export function FilterBox({ model, input, onLeave }: FilterBoxProps): JSX.Element {
  const { state, completion, shownProblem: problem } = model;
  const filter = state?.spec.filter ?? '';
  const { items, active } = completion;
  const cursor = useRef<number | undefined>(undefined);
  const isOpen = items.length > 0;

  useLayoutEffect(() => {
    if (cursor.current === undefined) return;
    input.current?.setSelectionRange(cursor.current, cursor.current);
    cursor.current = undefined;
  });

  const complete = (): void => {
    const element = input.current;
    if (element !== null) model.complete(element.value, element.selectionStart ?? element.value.length);
  };
  const moved = (): void => {
    const element = input.current;
    if (element !== null) model.cursorMoved(element.value, element.selectionStart ?? element.value.length);
  };
  const take = (index: number): void => {
    const after = completion.take(index);
    cursor.current = after.cursor;
    model.closeCompletion();
    model.choices.setFilter(after.filter);
    model.complete(after.filter, after.cursor);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = keyAction(event);
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  const keyAction = (event: KeyboardEvent): (() => void) | undefined => {
    if (event.isComposing) return undefined;
    if (event.key === ' ' && event.ctrlKey) return complete;
    if (event.altKey || event.ctrlKey || event.metaKey) return undefined;
    switch (event.key) {
      case 'ArrowDown':
        return isOpen ? () => model.moveCompletion(1) : complete;
      case 'ArrowUp':
        return isOpen ? () => model.moveCompletion(-1) : undefined;
      case 'Enter':
        if (isOpen && active >= 0) return () => take(active);
        return () => {
          model.closeCompletion();
          model.choices.applyFilter();
        };
      case 'Tab':
        return isOpen && !event.shiftKey ? () => take(Math.max(0, active)) : undefined;
      case 'Escape':
        return isOpen ? () => model.closeCompletion() : onLeave;
      default:
        return undefined;
    }
  };

  return (
    <div class="filter">
      <div class={`filter-box ${problem === null ? '' : 'wrong'}`}>
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label="Filter"
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={LIST_ID}
          aria-activedescendant={isOpen && active >= 0 ? optionId(active) : undefined}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : problemId}
          placeholder="Filter, e.g. risk:>=high status:blocked type:delete* text"
          spellcheck={false}
          autocomplete="off"
          value={filter}
          disabled={model.isFrozen}
          onInput={(event) => {
            model.choices.setFilter(event.currentTarget.value);
            complete();
          }}
          onKeyDown={onKeyDown}
          onKeyUp={(event) => CURSOR_KEYS.includes(event.key) && moved()}
          onClick={moved}
          onBlur={() => model.closeCompletion()}
        />
        {filter !== '' && !model.isFrozen && (
          <button
            type="button"
            class="icon-button"
            aria-label="Clear filter"
            title="Clear filter"
            onClick={() => {
              model.choices.clearFilter();
              input.current?.focus();
            }}
          >
            <Icon name="close" />
          </button>
        )}
      </div>
      {isOpen && <CompletionList id={LIST_ID} items={items} active={active} onTake={take} />}
      {problem !== null && <FilterProblemBox filter={filter} problem={problem} isHidden={isOpen} />}
    </div>
  );
}
