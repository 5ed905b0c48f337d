import { expect, it } from 'vitest';
import { phoneAddress } from './queries';

it('the phone of a customer keeps the token and says whose, in which language and colours', () => {
  const address = new URL(phoneAddress('http://127.0.0.1:8099/?token=abc', 2, 'pt', 'dark'));
  expect(Object.fromEntries(address.searchParams)).toEqual({
    token: 'abc',
    embedded: '1',
    customer: '2',
    language: 'pt',
    theme: 'dark',
  });
  expect(address.origin).toBe('http://127.0.0.1:8099');
});
