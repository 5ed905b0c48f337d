/** A lead's links, in words one can read: «instagram», «acme.example»; one added, one taken away. Pure. */
import type { Schemas } from '@/lib/api/client';

type Links = Schemas['SocialLinks'];
type Given = Readonly<Record<string, unknown>>;
type Kind = (typeof KINDS)[number];

export interface SocialLink {
  readonly name: string;
  readonly url: string;
}

const KINDS = ['instagram', 'linkedin', 'facebook', 'website'] as const;
const HOSTS: Readonly<Record<string, Kind>> = {
  'instagram.com': 'instagram',
  'linkedin.com': 'linkedin',
  'facebook.com': 'facebook',
  'fb.com': 'facebook',
};
const LONGEST = 2083;

/** Only what opens as a page: anything else is not shown. */
export function linksOf(links: Given): readonly SocialLink[] {
  return Object.entries(links).flatMap(([kind, value]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((url) => {
      if (typeof url !== 'string' || !url.startsWith('https://') || !URL.canParse(url)) return [];
      const { hostname, pathname } = new URL(url);
      const page = pathname === '/' ? '' : pathname;
      return [{ name: `${kind === 'other' ? '' : `${kind} · `}${hostname.replace(/^www\./, '')}${page}`, url }];
    }),
  );
}

/** The address as it will be kept, or null: what the API refuses (PRODUCT §3.4) is said before it is asked. */
export function addressOf(typed: string): string | null {
  const text = typed.trim();
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  if (whole.length > LONGEST || /\s/.test(whole) || !URL.canParse(whole)) return null;
  const { protocol, hostname, username, password, href } = new URL(whole);
  return protocol === 'https:' && hostname.includes('.') && username === '' && password === '' ? href : null;
}

/** With one more: where its host says it belongs, as long as that place is free; a page known already stays once. */
export function withLink(links: Given, url: string): Links {
  const known = plain(links);
  if (linksOf(links).some((link) => link.url === url)) return known;
  const host = new URL(url).hostname.split('.').slice(-2).join('.');
  const kind = HOSTS[host] ?? 'website';
  return known[kind] ? { ...known, other: [...known.other, url] } : { ...known, [kind]: url };
}

export function withoutLink(links: Given, url: string): Links {
  const known = plain(links);
  const kept = Object.fromEntries(KINDS.flatMap((kind) => (known[kind] && known[kind] !== url ? [[kind, known[kind]]] : [])));
  return { ...kept, other: known.other.filter((one) => one !== url) };
}

/** As the API keeps it; it leaves out what is empty. */
function plain(links: Given): Links {
  return { other: [], ...links };
}
