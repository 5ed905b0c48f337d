import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import globals from 'globals';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

const FEATURES = readdirSync(new URL('./src/features', import.meta.url));

/** Imports go down: app → features → components → lib; a feature never sees another one. */
const zone = (files, forbidden, reason) => ({
  files: [files],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: [{ group: ['../*'], message: 'Import by @/.' }, { group: forbidden, message: reason }] },
    ],
  },
});

export default ts.config(
  { ignores: ['node_modules', 'codegen', 'src/lib/api/schema.d.ts', 'public', 'docs'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  hooks.configs.flat.recommended,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'max-lines': ['error', 250],
      'no-console': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/only-throw-error': 'off', // the router throws its redirects
      'no-restricted-syntax': [
        'error',
        {
          selector: 'Literal[value=/#[0-9a-fA-F]{3,8}$/]',
          message: 'Colours come from lib/theme/tokens.ts.',
        },
      ],
    },
  },
  { files: ['*.js'], extends: [ts.configs.disableTypeChecked] },
  { rules: { 'react-hooks/incompatible-library': 'off' } }, // no compiler here
  { files: ['src/lib/theme/tokens.ts'], rules: { 'no-restricted-syntax': 'off' } },
  zone('src/lib/**', ['@/components/*', '@/features/*', '@/app/*'], 'lib knows nobody above it.'),
  zone('src/components/**', ['@/features/*', '@/app/*'], 'Components know no feature.'),
  ...FEATURES.map((name) =>
    zone(
      `src/features/${name}/**`,
      ['@/app/*', ...FEATURES.filter((other) => other !== name).map((other) => `@/features/${other}/*`)],
      'A feature never imports another one, nor the app.',
    ),
  ),
);
