import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RefObject } from 'preact';
import { accept } from '../model/completionModel';
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

/** The filter: a box to type in, what fits at its cursor, and what is wrong with it. */
export function FilterBox({ model, input, onLeave }: FilterBoxProps): JSX.Element {
  const { state, completion, problem } = model;
  const filter = state?.spec.filter ?? '';
  const { items } = completion;
  /** The offered text that Enter takes; none until somebody goes to one. */
  const [chosen, choose] = useState(-1);
  const cursor = useRef<number | undefined>(undefined);
  const isOpen = items.length > 0;

  useEffect(() => choose(-1), [items]);
  useLayoutEffect(() => {
    if (cursor.current === undefined) return;
    input.current?.setSelectionRange(cursor.current, cursor.current);
    cursor.current = undefined;
  });

  const complete = (): void => {
    const element = input.current;
    if (element !== null) model.complete(element.value, element.selectionStart ?? element.value.length);
  };
  const take = (index: number): void => {
    const after = accept(filter, items[index]);
    cursor.current = after.cursor;
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
        return isOpen ? () => choose((chosen + 1) % items.length) : complete;
      case 'ArrowUp':
        return isOpen ? () => choose(chosen <= 0 ? items.length - 1 : chosen - 1) : undefined;
      case 'Enter':
        if (isOpen && chosen >= 0) return () => take(chosen);
        return () => {
          model.closeCompletion();
          model.choices.applyFilter();
        };
      case 'Tab':
        return isOpen && !event.shiftKey ? () => take(Math.max(0, chosen)) : undefined;
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
          aria-activedescendant={isOpen && chosen >= 0 ? optionId(chosen) : undefined}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : problemId}
          placeholder="Filter, e.g. risk:>=high status:blocked type:delete* text"
          spellcheck={false}
          autocomplete="off"
          value={filter}
          onInput={(event) => {
            model.choices.setFilter(event.currentTarget.value);
            complete();
          }}
          onKeyDown={onKeyDown}
          onClick={() => isOpen && complete()}
          onBlur={() => model.closeCompletion()}
        />
        {filter !== '' && (
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
      {isOpen && <CompletionList id={LIST_ID} items={items} chosen={chosen} onTake={take} />}
      {problem !== null && <FilterProblemBox filter={filter} problem={problem} isHidden={isOpen} />}
    </div>
  );
}
