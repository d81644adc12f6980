import type { JSX } from 'preact';
import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import type { JsonNode } from '../../../shared/timeline';
import { Icon } from '../icons';
import { jsonRows, openAtFirst, parentOf, type JsonRow } from './jsonRows';
import { LogText } from '../logText';

interface JsonTreeViewProps {
  /** Name of the field, for a screen reader. */
  label: string;
  root: JsonNode;
}

const INDENT_PX = 14;
const DEEPEST = 20;
const MOST_CHARACTERS = 2000;

/** A field's JSON as a tree, walked with the arrow keys. */
export function JsonTreeView({ label, root }: JsonTreeViewProps): JSX.Element {
  const id = useId();
  const [open, setOpen] = useState(() => openAtFirst(root));
  const [active, setActive] = useState('');
  useEffect(() => {
    setOpen(openAtFirst(root));
    setActive('');
  }, [root]);
  const rows = useMemo(() => jsonRows(root, open), [root, open]);
  const at = Math.max(
    0,
    rows.findIndex(({ path }) => path === active),
  );

  const toggle = (path: string, isOpen: boolean): void => {
    const next = new Set(open);
    if (isOpen) next.add(path);
    else next.delete(path);
    setOpen(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || rows.length === 0) return;
    const target = keyTarget(event.key, rows, at, toggle);
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setActive(target);
    document.getElementById(id + target)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div
      class="json"
      role="tree"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={rows.length === 0 ? undefined : id + rows[at].path}
      onKeyDown={onKeyDown}
    >
      {rows.map((row, index) => (
        <div
          key={row.path}
          id={id + row.path}
          class={`member ${index === at ? 'active' : ''}`}
          role="treeitem"
          aria-level={row.level}
          aria-posinset={row.position}
          aria-setsize={row.siblings}
          aria-expanded={row.isContainer ? row.isOpen : undefined}
          aria-selected={index === at}
          style={{ paddingLeft: `${Math.min(row.level - 1, DEEPEST) * INDENT_PX}px` }}
          onClick={() => {
            setActive(row.path);
            // Whoever marks text to copy it does not mean to fold it.
            if (row.isContainer && document.getSelection()?.isCollapsed !== false) toggle(row.path, !row.isOpen);
          }}
        >
          <span class="twistie">{row.isContainer && <Icon name={row.isOpen ? 'twistieDown' : 'right'} />}</span>
          <Member node={row.node} />
        </div>
      ))}
    </div>
  );
}

function Member({ node }: { node: JsonNode }): JSX.Element {
  const { name, kind, text } = node;
  return (
    <span class="json-text">
      {name !== null && (
        <>
          <span class="json-name">
            <LogText text={name} limit={MOST_CHARACTERS} />
          </span>
          <span class="dim">: </span>
        </>
      )}
      <span class={`json-${kind}`}>
        {kind === 'string' && <span class="quote">"</span>}
        <LogText text={text} limit={MOST_CHARACTERS} />
        {kind === 'string' && <span class="quote">"</span>}
      </span>
    </span>
  );
}

/** Path of the row that the key goes to; undefined where the key means nothing here. */
function keyTarget(
  key: string,
  rows: readonly JsonRow[],
  at: number,
  toggle: (path: string, isOpen: boolean) => void,
): string | undefined {
  const row = rows[at];
  switch (key) {
    case 'ArrowDown':
      return rows[Math.min(rows.length - 1, at + 1)].path;
    case 'ArrowUp':
      return rows[Math.max(0, at - 1)].path;
    case 'Home':
      return rows[0].path;
    case 'End':
      return rows[rows.length - 1].path;
    case 'ArrowRight':
      if (row.isContainer && row.isOpen) return rows[at + 1].path;
      if (row.isContainer) toggle(row.path, true);
      return row.path;
    case 'ArrowLeft':
      if (row.isContainer && row.isOpen) toggle(row.path, false);
      else return parentOf(row.path) ?? row.path;
      return row.path;
    case 'Enter':
    case ' ':
      if (row.isContainer) toggle(row.path, !row.isOpen);
      return row.path;
    default:
      return undefined;
  }
}
