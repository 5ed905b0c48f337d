import { expect, it } from 'vitest';
import { addressOf, linksOf, withLink, withoutLink } from './links';

it('takes an address as people write it, and no other scheme, login or word', () => {
  expect(addressOf(' instagram.com/ana ')).toBe('https://instagram.com/ana');
  expect(addressOf('https://acme.example')).toBe('https://acme.example/');
  for (const bad of ['http://acme.example', 'javascript:alert(1)', 'https://ana:secret@acme.example', 'acme', 'dos palabras.com']) {
    expect(addressOf(bad), bad).toBeNull();
  }
});

it('puts a link where its host says, and beside it where that place is taken', () => {
  const first = withLink({}, 'https://www.instagram.com/ana');
  expect(first).toEqual({ instagram: 'https://www.instagram.com/ana', other: [] });
  const second = withLink(first, 'https://instagram.com/acme');
  expect(second).toEqual({ ...first, other: ['https://instagram.com/acme'] });
  expect(withLink(second, 'https://instagram.com/acme')).toEqual(second);
  expect(withLink({}, 'https://ar.linkedin.com/in/ana')).toEqual({ linkedin: 'https://ar.linkedin.com/in/ana', other: [] });
  expect(withLink({}, 'https://acme.example/')).toEqual({ website: 'https://acme.example/', other: [] });
});

it('takes away one and leaves the rest', () => {
  const links = { instagram: 'https://instagram.com/ana', other: ['https://a.example/', 'https://b.example/'] };
  expect(withoutLink(links, 'https://a.example/')).toEqual({ instagram: 'https://instagram.com/ana', other: ['https://b.example/'] });
  expect(withoutLink({ other: ['https://a.example/'] }, 'https://a.example/')).toEqual({ other: [] });
});

it('shows nothing that does not open as a page', () => {
  expect(linksOf({ website: 'javascript:alert(1)', other: ['https://acme.example/equipo', 7] })).toEqual([
    { name: 'acme.example/equipo', url: 'https://acme.example/equipo' },
  ]);
});
