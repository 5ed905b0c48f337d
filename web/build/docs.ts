/** The API's documentation page and its library, beside the app and no part of it: nothing of the app loads them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const LIBRARY = join(import.meta.dirname, '../node_modules/swagger-ui-dist');
const OWN = join(import.meta.dirname, '../docs');
const FILES: Readonly<Record<string, string>> = {
  'index.html': OWN,
  'start.js': OWN,
  'page.css': OWN,
  'swagger-ui.css': LIBRARY,
  'swagger-ui-bundle.js': LIBRARY,
  LICENSE: LIBRARY,
  NOTICE: LIBRARY,
};

export function apiDocs(): Plugin {
  return {
    name: 'nexus-api-docs',
    apply: 'build',
    async generateBundle() {
      for (const [name, folder] of Object.entries(FILES)) {
        this.emitFile({ type: 'asset', fileName: `docs/${name}`, source: await readFile(join(folder, name)) });
      }
    },
  };
}
