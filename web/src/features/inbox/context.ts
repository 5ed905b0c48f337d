/** What the panes of the inbox share: the list as it is shown, and the way to the next conversation of it. */
import { createContext, useContext } from 'react';
import type { Conversation } from './queries';

export interface Inbox {
  readonly rows: readonly Conversation[];
  /** Open the one `by` places on from the open one; the first where none is open. */
  readonly step: (by: number) => void;
  /** Leave the open one for the next, or for the list where there is none. */
  readonly leave: () => void;
  readonly toList: () => void;
}

export const InboxContext = createContext<Inbox | null>(null);

export function useInbox(): Inbox {
  const inbox = useContext(InboxContext);
  if (!inbox) throw new Error('outside of the inbox');
  return inbox;
}
