/** A panel that the address names: opening it is a step that Back undoes, going on to another record in it is none. */
import { useRouter } from '@tanstack/react-router';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** This step only opened a panel: the one before shows the same page without it. */
    readonly panel?: true;
  }
}

/** How to navigate to an address with a panel, `open` telling whether one stands there already. */
export function panelStep(open: boolean) {
  return open ? ({ replace: true, state: true } as const) : ({ state: { panel: true } } as const);
}

/** Closes a panel: back where it was opened by a step of ours, else `instead` (somebody came by a link). */
export function useClosePanel(instead: () => void): () => void {
  const { history } = useRouter();
  return () => {
    if (history.location.state.panel) history.back();
    else instead();
  };
}
