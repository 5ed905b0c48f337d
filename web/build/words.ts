/** Keeps the words of what is not opened first off the first load: `es.json?later` has them, `es.json` the others. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

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
  'home',
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
  'tasks',
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
      const kept = JSON.stringify(Object.fromEntries(words.filter(([section]) => LATER.has(section) === (query === 'later'))));
      // A query makes it no JSON file to the builder.
      return query === 'later' ? { code: `export default ${kept}`, moduleType: 'js' } : kept;
    },
  };
}
