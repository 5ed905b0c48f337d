/** How much is new, in the title of the window: «(2) Nexus», beside whatever a page calls itself. */
import { useEffect } from 'react';

const COUNT = /^\(\d+\+?\) /;

export function withCount(title: string, unread: number): string {
  const plain = title.replace(COUNT, '');
  return unread > 0 ? `(${shownCount(unread)}) ${plain}` : plain;
}

export function shownCount(unread: number): string {
  return unread > 99 ? '99+' : String(unread);
}

/** Pages may rename themselves at any time, so the title is watched. */
export function useTitleCount(unread: number): void {
  useEffect(() => {
    const apply = () => {
      const wanted = withCount(document.title, unread);
      if (document.title !== wanted) document.title = wanted;
    };
    apply();
    const watcher = new MutationObserver(apply);
    watcher.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      watcher.disconnect();
      document.title = withCount(document.title, 0);
    };
  }, [unread]);
}
