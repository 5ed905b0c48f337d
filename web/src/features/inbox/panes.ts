/** `F6` goes from pane to pane: list, header, messages, composer, panel (UI §7); typing does not hold it back. */
import { useEffect } from 'react';

const ORDER = ['list', 'head', 'messages', 'composer', 'panel'] as const;
export type Pane = (typeof ORDER)[number];

const FOCUSABLE = 'textarea:not([disabled]), a[href]:not([tabindex="-1"]), button:not([disabled]), [tabindex="0"]';

/** Put `data-pane` on each pane. */
export function usePanes(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      cycle(event.shiftKey ? -1 : 1);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

export function focusPane(pane: Pane): boolean {
  const element = document.querySelector<HTMLElement>(`[data-pane="${pane}"]`);
  if (!element || element.offsetParent === null) return false;
  const inside =
    element.querySelector<HTMLElement>('[data-first]') ??
    [...element.querySelectorAll<HTMLElement>(FOCUSABLE)].find(({ offsetParent }) => offsetParent !== null);
  (element.tabIndex === 0 ? element : (inside ?? element)).focus();
  return element.contains(document.activeElement);
}

function cycle(by: 1 | -1): void {
  const here = document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane'];
  const at = ORDER.findIndex((pane) => pane === here);
  for (let step = 1; step <= ORDER.length; step += 1) {
    const next = ORDER[(at + by * step + ORDER.length * 2) % ORDER.length];
    if (next && focusPane(next)) return;
  }
}
