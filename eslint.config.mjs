/** The habits of the house that a machine can hold. The order of the folders stands in floors.mjs, nowhere else. */
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { alone, floors } from './floors.mjs';

/** Libraries a rule may use: they compute, and neither read a clock nor open anything. */
const pure = ['temporal-polyfill', 'csv-stringify/sync'];

/** What each role of a slice may not import, whatever its floor. A regex is matched against the text of the import. */
const roles = {
  rules: [
    {
      regex: `^(?!\\.)(?!(?:${pure.join('|')})$)`,
      message: 'A rule is a pure function: no node:, no library that is not listed as pure.',
    },
    {
      regex: '^\\.(?!.*/kernel/)(?!.*\\.rules\\.ts$)',
      message: 'A rule imports the kernel and other rules, nothing else.',
    },
  ],
  row: [
    { regex: '^(?!\\.)', message: 'A row imports db (its columns too) and kernel, nothing else.' },
    {
      regex: '^\\.(?!.*/(?:db|kernel)/)(?!.*\\.rules\\.ts$)',
      message: 'A row imports db (its columns too) and kernel, nothing else.',
    },
    {
      regex: '\\.rules\\.ts$',
      allowTypeImports: true,
      message: 'A row may take a type from a rule, no value.',
    },
  ],
  resolver: [
    {
      regex: '^(?:pg|typeorm)$|\\.row\\.ts$',
      allowTypeImports: true,
      message: 'A resolver is a door: it calls an action or a store and never speaks to a table.',
    },
  ],
};

/** A folder may not import what stands above it in floors.mjs; a folder that stands alone imports no other. */
function floorPatterns(folder) {
  const banned = alone.includes(folder)
    ? floors.filter((other) => other !== folder)
    : floors.slice(0, floors.indexOf(folder));
  return [
    {
      regex: `^(?:\\.\\.?/)+(?:${banned.map((name) => name.replace('.', '\\.')).join('|')})(?:/|$)`,
      message: `${folder}/ stands below it in floors.mjs: imports run down only.`,
    },
    {
      regex: '^(?:\\.\\./)+(?:test|bench|tools|scripts|dist)/',
      message: 'src/ imports nothing beside it but migrations.',
    },
  ];
}

/** One rule object a file: flat configuration replaces a rule's options, it does not join them. */
const imports = floors
  .filter((folder) => !folder.endsWith('.ts'))
  .flatMap((folder) => {
    const entry = (glob, patterns) => ({
      files: [`src/${folder}/**/${glob}`],
      rules: { 'no-restricted-imports': ['error', { patterns }] },
    });
    const floor = floorPatterns(folder);
    return [
      entry('*.ts', floor),
      ...Object.entries(roles).map(([role, ban]) => entry(`*.${role}.ts`, [...floor, ...ban])),
    ];
  });

const noDefault = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: one name for one thing, everywhere.',
};
const noBarrel = {
  selector: 'ExportAllDeclaration',
  message: 'No barrels: import from the file that owns the name.',
};
const noHub = {
  selector: ':matches(CallExpression[callee.name="asHub"], CallExpression[callee.property.name="asHub"])',
  message: 'Only actions, reactions, sweeps, imports and the demo may act as the hub.',
};
const hubMayAct = [
  'src/**/*.{actions,reactions,sweep}.ts',
  'src/{imports,intake,demo,db,events}/**/*.ts',
  'src/vacancies/places.ts', // steps of many actions: who asked for the place stays unsaid
  'src/people/access.ts', // rights are given and ended by the hub alone: every slice asks it here
];

/** The house's own rules; test/architecture/floors.test.ts runs them over fixtures. */
export const house = defineConfig([
  { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
  ...imports,
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', noDefault, noBarrel, noHub],
      'max-lines': ['warn', 250],
      complexity: ['warn', 12],
    },
  },
  { files: hubMayAct, rules: { 'no-restricted-syntax': ['error', noDefault, noBarrel] } },
  {
    files: ['src/**/index.ts'],
    rules: { 'no-restricted-syntax': ['error', { selector: 'Program', message: noBarrel.message }] },
  },
  { files: ['src/cli/**/*.ts', 'src/main.ts'], rules: { 'no-console': 'off' } },
]);

export default defineConfig([
  globalIgnores(['dist/', 'coverage/', '.data/', '.test-data/', 'src/client/operations.ts']),
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, varsIgnorePattern: '^_', argsIgnorePattern: '^_' },
      ],
    },
  },
  {
    // A forgotten await ends a transaction before its work is done: the one thing worth asking the type checker.
    files: ['src/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
    },
  },
  // an answer of the API has the shape the test asked for: typing it again would only repeat the query
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-explicit-any': 'off' } },
  house,
]);
