/** The nonce of this page, which the server wrote into it; style elements carry it (strict policy). */
import { setNonce } from 'get-nonce';

export function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** Tell the library behind scroll locks, which asks nobody. */
export function installNonce(): void {
  setNonce(pageNonce());
}
