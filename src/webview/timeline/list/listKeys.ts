import type { PageModel } from '../model/pageModel';

export interface KeyTargets {
  /** To the detail. */
  onOpen: () => void;
  /** To the filter. */
  onFilter: () => void;
}

/** What the keys do while the list has the focus; what is left alone is the editor's. */
export function listKeyDown(event: KeyboardEvent, model: PageModel, targets: KeyTargets): void {
  if (event.altKey || event.metaKey) return;
  const action = event.ctrlKey ? undefined : actionOf(event, model, targets);
  if (action === undefined) return;
  event.preventDefault();
  action();
}

function actionOf(event: KeyboardEvent, model: PageModel, targets: KeyTargets): (() => void) | undefined {
  const { list } = model;
  const page = Math.max(1, Math.floor(list.fits) - 1);
  const isOnNothing = model.state?.selected === undefined && list.row(list.active)?.kind === 'entry';
  switch (event.key) {
    case 'ArrowDown':
      // The first key selects the entry that the cursor is on already.
      return () => model.moveTo(isOnNothing ? list.active : list.active + 1);
    case 'ArrowUp':
      return () => model.moveTo(isOnNothing ? list.active : list.active - 1);
    case 'PageDown':
      return () => model.moveTo(list.active + page);
    case 'PageUp':
      return () => model.moveTo(list.active - page);
    case 'Home':
      return () => model.moveTo(0);
    case 'End':
      return () => model.moveTo(list.count - 1);
    case 'ArrowLeft':
      return () => toGroup(model);
    case 'ArrowRight':
      return () => unfold(model);
    case 'Enter':
    case ' ':
      return () => open(model, targets.onOpen);
    case '/':
      return targets.onFilter;
    default:
      return undefined;
  }
}

function open(model: PageModel, onOpen: () => void): void {
  const row = model.list.row(model.list.active);
  if (row?.kind === 'group') model.choices.toggleGroup(row.id);
  else if (row?.kind === 'entry') {
    model.moveTo(model.list.active);
    onOpen();
  }
}

function unfold(model: PageModel): void {
  const row = model.list.row(model.list.active);
  if (row?.kind !== 'group') return;
  if (row.closed) model.choices.toggleGroup(row.id);
  else model.moveTo(model.list.active + 1);
}

/** From an entry to the head of its group, and from there it is closed. */
function toGroup(model: PageModel): void {
  const { list } = model;
  const row = list.row(list.active);
  if (row?.kind === 'group') {
    if (!row.closed) model.choices.toggleGroup(row.id);
    return;
  }
  for (let index = list.active - 1; index >= 0; index--) {
    const before = list.row(index);
    if (before === undefined) return;
    if (before.kind === 'group') return model.moveTo(index);
  }
}
