// @ts-check
import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

/** Time is a gate, not a sleep (docs: design, decision 4). `AbortSignal.timeout` is for deadlines. */
const noSleep = {
  'no-restricted-syntax': [
    'error',
    {
      selector: "NewExpression[callee.name='Promise'] CallExpression[callee.name='setTimeout']",
      message: 'No sleep here: wait for an event, with a deadline.',
    },
  ],
  'no-restricted-imports': [
    'error',
    { paths: [{ name: 'node:timers/promises', importNames: ['setTimeout'], message: 'No sleep here.' }] },
  ],
};

export default defineConfig(
  globalIgnores([
    'node_modules',
    'dist',
    'coverage',
    'reports/runs',
    'reports/sample',
    'test-kit/sample-run',
    '**/fixtures/**/*.{js,mjs,cjs}',
    'src/cli/init/templates',
  ]),
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Property-based and protocol code is full of functions that must be async to fit an interface.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/*.test.ts'],
    rules: {
      ...noSleep,
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  { files: ['suites/**/*.scenario.ts', 'suites/**/*.check.ts'], rules: noSleep },
  {
    // Small files and functions (docs: design, style 3). Tests may be longer.
    files: ['{mock-server,src,suites,reports,tools}/**/*.ts'],
    ignores: [
      '**/*.{test,test-support,fixture,mutation}.ts',
      '**/fixtures/**',
      // The text of a page, one string a line.
      'tools/pages/contract.ts',
    ],
    rules: {
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Every export of product code has a doc comment.
    files: ['{mock-server,src,suites,reports}/**/*.ts'],
    ignores: [
      '**/*.{test,test-support,fixture,mutation}.ts',
      '**/{fixtures,proof,sample}/**',
      'src/cli/init/templates/**',
    ],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          require: { ArrowFunctionExpression: true, ClassDeclaration: true, FunctionExpression: true },
          contexts: [
            'ExportNamedDeclaration[declaration.type="TSInterfaceDeclaration"]',
            'ExportNamedDeclaration[declaration.type="TSTypeAliasDeclaration"]',
            'ExportNamedDeclaration[declaration.type="VariableDeclaration"]',
          ],
          enableFixer: false,
        },
      ],
    },
  },
  {
    // What partners copy: plain programs that talk on the console.
    files: ['examples/**', 'suites/proof/**', 'tools/**', '**/fixtures/**', 'bench/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // Pages: what browsers have.
    files: ['examples/*/page/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        'window document location history navigator indexedDB BroadcastChannel sessionStorage btoa'
          .split(' ')
          .map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        ...Object.fromEntries(
          [
            'process console Buffer URL URLSearchParams fetch module require exports __dirname __filename',
            'setTimeout clearTimeout setInterval clearInterval setImmediate queueMicrotask AbortController AbortSignal',
            'TextEncoder TextDecoder crypto structuredClone performance',
          ]
            .join(' ')
            .split(' ')
            .map((name) => [name, 'readonly']),
        ),
      },
    },
  },
);
