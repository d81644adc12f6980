import type { EntryNode, SessionNode, SessionsNode, SourceNode } from './sessionNodes';
import type { SessionsListing } from './sessionsListing';

/**
 * The entry below or above a node, as the view lists them; over the end of a session into its neighbour. Beside a session it is the
 * first of its own entries, or the last of the session above.
 *
 * @param sources the logs to walk over.
 * @returns undefined at the end of all that is listed.
 */
export async function neighbourOf(
  listing: SessionsListing,
  sources: readonly SourceNode[],
  selected: SessionsNode | undefined,
  by: 1 | -1,
): Promise<EntryNode | undefined> {
  const { entries, at } = await around(listing, sources, selected);
  return entries[by === 1 ? Math.floor(at) + 1 : Math.ceil(at) - 1];
}

/** The entries of a node's session and of its neighbours, and where among them the node is: between two for a session. */
async function around(
  listing: SessionsListing,
  sources: readonly SourceNode[],
  selected: SessionsNode | undefined,
): Promise<{ entries: EntryNode[]; at: number }> {
  const own = selected?.type === 'entry' ? selected.parent : selected;
  const sessions: SessionNode[] = [];
  for (const source of sources) {
    const children = await listedBeyond(listing, source, own, () => listing.sessions(source));
    for (const child of children) if (child.type === 'session') sessions.push(child);
  }
  const place = sessions.findIndex(({ id }) => id === own?.id);
  const entries: EntryNode[] = [];
  let at = -0.5;
  for (const session of sessions.slice(Math.max(0, place - 1), place + 2)) {
    if (session.id === own?.id) at = entries.length - 0.5;
    const children = await listedBeyond(listing, session, selected, () => listing.entries(session));
    for (const child of children) {
      if (child.type !== 'entry') continue;
      if (child.id === selected?.id) at = entries.length;
      entries.push(child);
    }
  }
  return { entries, at };
}

/** What stands below a node; where a child is the last that is listed, more of them. */
async function listedBeyond(
  listing: SessionsListing,
  node: SourceNode | SessionNode,
  child: SessionsNode | undefined,
  children: () => Promise<SessionsNode[]>,
): Promise<SessionsNode[]> {
  const listed = await children();
  const more = listed.at(-1);
  if (more?.type !== 'more' || !more.isListable || listed.at(-2)?.id !== child?.id) return listed;
  listing.showMore(node);
  return await children();
}
