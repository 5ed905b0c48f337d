/** The demo's door: the token behind `#` of the printed address opens the list of logins, in this tab alone. */
import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schemas } from '@/lib/api/client';

export type DemoLogin = Schemas['DemoLoginView'];

const KEPT = 'nexus.demo';
const FRAGMENT = /^#?demo=([\w-]{1,200})$/;

/** Whether the server says that this is a demo installation. */
export function isDemo(): boolean {
  return document.querySelector('meta[name="nexus-demo"]') !== null;
}

/** Take the token out of the address bar, where shoulders and screenshots would see it, and keep it for this tab. */
export function takeDoorToken(): string | null {
  const found = FRAGMENT.exec(location.hash)?.[1];
  try {
    if (found) {
      sessionStorage.setItem(KEPT, found);
      history.replaceState(history.state, '', location.pathname + location.search);
    }
    return found ?? sessionStorage.getItem(KEPT);
  } catch {
    return found ?? null; // storage is switched off: it works until the page is left
  }
}

export const demoLoginsQuery = (token: string) =>
  queryOptions({
    queryKey: ['demo logins', token],
    queryFn: async ({ signal }): Promise<readonly DemoLogin[]> =>
      bodyOf(await api.POST('/demo/logins', { body: { token }, signal })).items,
    staleTime: Infinity,
  });
