import type { TFunction } from 'i18next';
import { expect, it } from 'vitest';
import type { AuditLine } from './queries';
import { aboutWhat, actionName, changesOf, outcome, whoDid } from './words';

const t = ((key: string, holes?: object) => `${key}${holes ? JSON.stringify(holes) : ''}`) as unknown as TFunction;
const line = (detail: AuditLine['detail']) => ({ detail }) as AuditLine;

it('names what it knows, and tells the rest by its own name', () => {
  expect(actionName('auth.sessions.end', t)).toBe('audit.action.auth_sessions_end');
  expect(actionName('brand.new', t)).toBe('brand.new');
});

it('tells accounts that are gone from the system itself', () => {
  expect(whoDid(7, new Map([[7, 'Luz']]), t)).toBe('Luz');
  expect(whoDid(8, new Map(), t)).toBe('audit.unknownUser{"id":8}');
  expect(whoDid(null, new Map(), t)).toBe('audit.system');
});

it('says how an access ended only where it did not end well', () => {
  expect([200, 403, 500].map((status) => outcome(line({ status })))).toEqual([null, 'refused', 'failed']);
  expect(outcome(line({ status: 'x' }))).toBeNull();
});

it('reads what changed, whatever else a detail may hold', () => {
  const detail = { changes: { zone: { was: 'a', became: 'b' }, odd: 3, half: { was: 1 } } };
  expect(changesOf(detail)).toEqual([{ field: 'zone', was: 'a', became: 'b' }]);
  expect(changesOf({ changes: ['x'] })).toEqual([]);
});

it.each([
  [null, ''],
  ['team', ''],
  ['session:d58c1f95', ''],
  ['user:7', 'Luz'],
  ['lead:12', 'audit.about.lead{"id":"12"}'],
  ['settings:agent', 'settings.section.agent'],
  ['credential:channel:3:api_key', 'channel:3:api_key'],
])('%s is about «%s»', (subject, words) => expect(aboutWhat(subject, new Map([[7, 'Luz']]), t)).toBe(words));
