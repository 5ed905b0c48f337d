import { expect, it } from 'vitest';
import { linksOf } from './links';

it('shows pages by their names and nothing that is none', () => {
  const links = { instagram: 'https://www.instagram.com/ana', website: 'https://ana.example/', other: ['https://x.example/a', 5] };
  expect(linksOf(links)).toEqual([
    { name: 'instagram · instagram.com/ana', url: 'https://www.instagram.com/ana' },
    { name: 'website · ana.example', url: 'https://ana.example/' },
    { name: 'x.example/a', url: 'https://x.example/a' },
  ]);
  expect(linksOf({ website: 'javascript:alert(1)', facebook: null, linkedin: 'https://' })).toEqual([]);
});
