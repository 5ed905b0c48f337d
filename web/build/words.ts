/** Keeps the words of what is not opened first off the first load: `es.json?later` has them, `es.json?home` what Inicio says, `es.json` the rest. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const HOME: ReadonlySet<string> = new Set(['home', 'tasks']);
const LATER: ReadonlySet<string> = new Set([
  'accounting',
  'agenda',
  'agentPage',
  'alerts',
  'apiKeys',
  'attach',
  'audit',
  'bellList',
  'broadcasts',
  'calendars',
  'canned',
  'channels',
  'clients',
  'duplicates',
  'evaluation',
  'forms',
  'hits',
  'imports',
  'invite',
  'palette',
  'knowledge',
  'model',
  'privacy',
  'qualify',
  'reach',
  'record',
  'referral',
  'right',
  'sellers',
  'sessionList',
  'secretOnce',
  'settings',
  'simulator',
  'team',
  'templates',
  'totp',
  'vault',
  'webhooks',
  'why',
]);
const LOCALE = /\/locales\/\w+\.json$/;

export function splitWords(): Plugin {
  return {
    name: 'split-words',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      const [file = '', query] = id.split('?');
      if (!LOCALE.test(file)) return null;
      const words = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>);
      const kept = JSON.stringify(Object.fromEntries(words.filter(([section]) => packOf(section) === query)));
      // A query makes it no JSON file to the builder.
      return query === undefined ? kept : { code: `export default ${kept}`, moduleType: 'js' };
    },
  };
}

/** Which file a section is in; those of the first load are in the one without a query. */
function packOf(section: string): 'home' | 'later' | undefined {
  if (HOME.has(section)) return 'home';
  return LATER.has(section) ? 'later' : undefined;
}
