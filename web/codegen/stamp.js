// Names the description that the types were generated from, so that a test sees when they are not renewed.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const types = new URL('../src/lib/api/schema.d.ts', import.meta.url);
const hash = createHash('sha256').update(readFileSync(new URL('../openapi.json', import.meta.url))).digest('hex');
writeFileSync(types, `// Generated from openapi.json ${hash}: run \`npm run schema\`.\n${readFileSync(types, 'utf8')}`);
