/** F6 goes to the next region of the page, Shift F6 to the one before (UI §7). A page names its own by `data-region`. */

const SHELL = ['header', 'nav', 'main'];

/** In the order of the page; `main` counts as a whole only where the page has no regions of its own. */
export function regionsOf(shell: ParentNode): readonly HTMLElement[] {
  const found = [...shell.querySelectorAll<HTMLElement>([...SHELL.map((name) => `:scope > ${name}`), 'main [data-region]'].join())];
  const own = found.some((region) => region.dataset['region'] !== undefined);
  return found.filter((region) => region.getClientRects().length > 0 && !(own && region.localName === 'main'));
}

/** The region `by` steps from the one that holds the focus; the first or the last where none does. */
export function nextRegion(regions: readonly HTMLElement[], focused: Element | null, by: 1 | -1): HTMLElement | undefined {
  const at = regions.findIndex((region) => region.contains(focused));
  if (at < 0) return by === 1 ? regions[0] : regions.at(-1);
  return regions[(at + by + regions.length) % regions.length];
}

const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), [tabindex="0"]';

/** Enter the page's region of that name, where it is in sight. */
export function focusRegion(name: string): void {
  const region = document.querySelector<HTMLElement>(`[data-region="${name}"]`);
  if (region && region.getClientRects().length > 0) enterRegion(region);
}

/** Put the focus on the region where it is a stop itself, else on what it names by `data-first`, else on its first stop. */
export function enterRegion(region: HTMLElement): void {
  if (region.tabIndex === 0) {
    region.focus();
    return;
  }
  const inside = [...region.querySelectorAll<HTMLElement>('[data-first]'), ...region.querySelectorAll<HTMLElement>(FOCUSABLE)].find(
    (element) => element.tabIndex >= 0 && element.getClientRects().length > 0,
  );
  if (inside) inside.focus();
  else {
    region.tabIndex = -1;
    region.focus();
  }
}
