/** A lead's links, in words one can read: «instagram», «acme.example». Pure. */
export interface SocialLink {
  readonly name: string;
  readonly url: string;
}

/** Only what opens as a page: anything else is not shown. */
export function linksOf(links: Readonly<Record<string, unknown>>): readonly SocialLink[] {
  return Object.entries(links).flatMap(([kind, value]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((url) => {
      if (typeof url !== 'string' || !url.startsWith('https://') || !URL.canParse(url)) return [];
      const { hostname, pathname } = new URL(url);
      const page = pathname === '/' ? '' : pathname;
      return [{ name: `${kind === 'other' ? '' : `${kind} · `}${hostname.replace(/^www\./, '')}${page}`, url }];
    }),
  );
}
