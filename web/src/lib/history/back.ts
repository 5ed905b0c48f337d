/** What covers the page without an address of its own is closed by Back, as on any phone; the page below stays. */
import { useBlocker } from '@tanstack/react-router';

export function useBackCloses(opened: boolean, close: () => void): void {
  useBlocker({
    disabled: !opened,
    enableBeforeUnload: false,
    shouldBlockFn: ({ action }) => {
      if (action !== 'BACK') return false;
      // The browser has gone back already and is fetched again: what closing writes into the address must wait for
      // that, or it replaces the step before this one.
      addEventListener('popstate', close, { once: true });
      return true;
    },
  });
}
