import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import swcJest from '@swc/jest';

const here = fileURLToPath(import.meta.url);
const root = resolve(dirname(here), '../../..');
const { $schema, ...settings } = JSON.parse(readFileSync(resolve(root, '.swcrc'), 'utf8'));
const swc = swcJest.createTransformer({
  ...settings,
  swcrc: false,
  jsc: { ...settings.jsc, rewriteRelativeImportExtensions: false },
});

/** What a test imports from its own folder is its own; the hub's code and the packages are those that all share. */
export default {
  process(source, path, asked) {
    const compiled = swc.process(source, path, asked);
    return { ...compiled, code: compiled.code.replace(statement, (...found) => sharing(found, path)) };
  },
  getCacheKey: (...asked) =>
    createHash('sha1')
      .update(swc.getCacheKey(...asked))
      .update(own)
      .digest('hex'),
};

const own = readFileSync(here);
/** As swc writes it: one a line. */
const statement = /^import (?:(?<names>[^'";]+?) from )?(['"])(?<from>[^'"]+)\2[^;\n]*;$/gm;

function sharing([whole, ...found], path) {
  const { names, from } = found.at(-1);
  const shared = sharedOf(from, path);
  return shared ? `${taking(names)}await imported(${JSON.stringify(shared)});` : whole;
}

/** What Node itself is to import, the hub's code as `/src/…`; null for what is not shared. */
function sharedOf(from, path) {
  if (from.startsWith('node:') || from === '@jest/globals') return null;
  if (!from.startsWith('.')) return from;
  const file = relative(root, resolve(dirname(path), from)).replaceAll('\\', '/');
  return /^(src|migrations)\//.test(file) ? `/${file.replace(/\.ts$/, '.js')}` : null;
}

/** `a, { b as c }` of an import, as the beginning of a `const`. */
function taking(names) {
  if (!names) return '';
  const [, main, all, some] = /^(?:(\w+)\s*,?\s*)?(?:\* as (\w+)|\{(.*)\})?$/s.exec(names.trim());
  if (all) return `const ${all} = `;
  const parts = (some ?? '').split(',').map((name) => name.trim().replace(/ as /, ': '));
  if (main) parts.unshift(`default: ${main}`);
  return `const { ${parts.filter(Boolean).join(', ')} } = `;
}
