import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { stagesQuery } from '@/lib/pipeline/stages';
import { meQuery } from '@/lib/session/session';
import { settingsLive } from './live';
import { settingsKeys } from './queries';

const KEYS = { sections: settingsKeys.sections, stages: stagesQuery.queryKey, me: meQuery.queryKey };

function stale(section: string): string[] {
  const cache = new QueryClient();
  for (const key of Object.values(KEYS)) cache.setQueryData(key, 'read');
  settingsLive['SETTINGS_UPDATED']?.(cache, { section, seq: 1 });
  return Object.entries(KEYS).flatMap(([name, key]) => (cache.getQueryState(key)?.isInvalidated ? [name] : []));
}

describe('a saved section', () => {
  it.each([
    ['company', ['sections', 'me']],
    ['agent', ['sections', 'me']],
    ['meetings', ['sections']],
    ['stages', ['sections', 'stages']],
  ])('%s is read anew with what hangs on it', (section, expected) => expect(stale(section)).toEqual(expected));
});
