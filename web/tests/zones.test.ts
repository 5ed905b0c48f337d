// @vitest-environment node
/** The zones of eslint.config.js hold: a feature never imports another one, lib and components nothing above them. */
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { expect, it } from 'vitest';

const WEB = join(import.meta.dirname, '..');
const eslint = new ESLint({ cwd: WEB, ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-imports' });

async function complaints(file: string, source: string): Promise<number> {
  const [result] = await eslint.lintText(`import '${source}';\n`, { filePath: join(WEB, file) });
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === 'no-restricted-imports').length;
}

it.each([
  ['src/features/inbox/queries.ts', '@/features/leads/queries'],
  ['src/features/leads/queries.ts', '@/features/inbox/queries'],
  ['src/features/inbox/queries.ts', '../leads/queries'],
  ['src/features/auth/queries.ts', '@/app/router'],
  ['src/components/Badge.tsx', '@/features/inbox/queries'],
  ['src/lib/undo/undo.ts', '@/components/Badge'],
  ['src/lib/undo/undo.ts', '@/features/inbox/queries'],
])('%s may not import %s', async (file, source) => expect(await complaints(file, source)).toBe(1), 30_000);

it.each([
  ['src/features/inbox/queries.ts', '@/lib/api/client'],
  ['src/features/inbox/queries.ts', './live'],
  ['src/app/router.tsx', '@/features/inbox/queries'],
])('%s may import %s', async (file, source) => expect(await complaints(file, source)).toBe(0), 30_000);
