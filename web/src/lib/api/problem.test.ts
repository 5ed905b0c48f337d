/** What cannot be fetched is told as a missing connection, not as a riddle. */
import { expect, it } from 'vitest';
import { asProblem, OFFLINE } from './problem';

it.each([
  new TypeError('Failed to fetch'),
  new TypeError('Failed to fetch dynamically imported module: /assets/AuditPage.js'),
  new Error('Unable to preload CSS for /assets/AuditPage.css'),
])('is offline: %s', (error) => {
  expect(asProblem(error).code).toBe(OFFLINE);
});

it('is unexpected: anything else', () => {
  expect(asProblem(new Error('x is not a function')).code).toBe('unexpected');
});
