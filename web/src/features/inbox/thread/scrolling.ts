/** Where the thread stands: at its end it follows, elsewhere it stays; and what was seen of it is noted as read. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Conversation } from '@/features/inbox/queries';
import { noteRead } from './reading';

const END_PX = 48;
const OLDER_PX = 300;
const ABOVE_NEW_PX = 56;

interface Wanted {
  readonly conversation: Conversation;
  /** The id of the oldest message that is loaded. */
  readonly first: number;
  /** How many messages of one's own are on their way: whoever sends one wants to see it. */
  readonly sending: number;
  /** Another text whenever something was added at the end. */
  readonly end: string;
  /** Whether the messages are there, and the line above the new ones with them. */
  readonly ready: boolean;
  readonly older: () => void;
  /** The message that is looked for, once it is there. */
  readonly at: number | undefined;
  /** Only where the end of what is loaded is not the conversation's: reads on, and the end is not followed. */
  readonly newer?: () => void;
}

export interface ThreadScroll {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly behind: boolean;
  readonly toEnd: () => void;
  readonly onScroll: () => void;
}

export function useThreadScroll({ conversation, first, sending, end, ready, older, at, newer }: Wanted): ThreadScroll {
  const cache = useQueryClient();
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const place = useRef({ opened: false, atEnd: true, first: 0, top: 0, height: 0, at: 0, far: false, sending: 0 });
  const [behind, setBehind] = useState(false);
  const { id } = conversation;
  const far = newer !== undefined;
  const see = useCallback(() => {
    const seen = box.current && lastSeen(box.current);
    if (seen) noteRead(cache, id, seen);
  }, [cache, id]);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !ready) return;
    const { opened, atEnd, first: wasFirst, height, at: wasAt, far: wasFar, sending: wasSending } = place.current;
    const fresh = opened ? null : element.querySelector<HTMLElement>('[data-new]');
    const sought = at !== undefined && at !== wasAt ? element.querySelector<HTMLElement>(`[data-message="${at}"]`) : null;
    if (sought) element.scrollTop = sought.offsetTop - element.clientHeight / 3;
    else if (wasFar && !far) element.scrollTop = element.scrollHeight; // back to the newest
    else if (fresh) element.scrollTop = fresh.offsetTop - ABOVE_NEW_PX;
    else if (!opened || ((atEnd || sending > wasSending) && !far)) element.scrollTop = element.scrollHeight;
    else if (first < wasFirst) element.scrollTop += element.scrollHeight - height;
    else setBehind(true);
    const reached = sought ? at : at === undefined ? 0 : wasAt;
    const { scrollTop: top, scrollHeight } = element;
    place.current = { opened: true, atEnd: isAtEnd(element), first, top, height: scrollHeight, at: reached ?? 0, far, sending };
    see();
  }, [first, sending, end, ready, see, at, far]);

  useEffect(() => {
    const element = box.current;
    if (!element || !ready) return undefined;
    // The box changes with the composer and the phone's keyboard, what is in it when a draft comes: the end stays in sight.
    const resized = new ResizeObserver(() => {
      if (place.current.atEnd && !place.current.far) element.scrollTop = element.scrollHeight;
    });
    resized.observe(element);
    if (content.current) resized.observe(content.current);
    document.addEventListener('visibilitychange', see);
    return () => {
      resized.disconnect();
      document.removeEventListener('visibilitychange', see);
    };
  }, [ready, see]);

  return {
    box,
    content,
    behind,
    toEnd: () => box.current?.scrollTo({ top: box.current.scrollHeight }),
    onScroll: () => {
      const element = box.current;
      if (!element) return;
      const { scrollTop: top, scrollHeight: height } = element;
      // Told late: a picture may have grown since the end was reached. Only going up leaves it.
      const atEnd = isAtEnd(element) || (place.current.atEnd && top >= place.current.top);
      place.current = { ...place.current, atEnd, top, height };
      if (atEnd) setBehind(false);
      if (element.scrollTop < OLDER_PX) older();
      if (element.scrollHeight - element.scrollTop - element.clientHeight < OLDER_PX) newer?.();
      see();
    },
  };
}

function isAtEnd(element: HTMLElement): boolean {
  return element.scrollHeight - element.scrollTop - element.clientHeight < END_PX;
}

/** The newest message of which the end has been in sight; a tall one counts once its beginning was. */
function lastSeen(element: HTMLElement): number | null {
  const edge = element.scrollTop + element.clientHeight;
  const seen = [...element.querySelectorAll<HTMLElement>('[data-message]')].findLast(
    ({ offsetTop, offsetHeight }) => offsetTop + Math.min(offsetHeight, element.clientHeight / 2) <= edge,
  );
  return seen ? Number(seen.dataset['message']) : null;
}
