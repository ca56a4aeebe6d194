/** The one place that writes Nix strings, attribute names and paths, correctly quoted. */

const KEYWORDS = new Set(['assert', 'else', 'if', 'in', 'inherit', 'let', 'or', 'rec', 'then', 'with']);

/** A `"…"` string literal with the given value. */
export function writeString(value: string): string {
  const escaped = value
    .replace(/["\\]/g, '\\$&')
    .replace(/\$(?=\{)/g, '\\$')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t');
  return `"${escaped}"`;
}

/** Whether a name can stand in an attribute path without quotes. */
export function isPlainAttrName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_'-]*$/.test(name) && !KEYWORDS.has(name);
}

/** One component of an attribute path, quoted where it must be. */
export function writeAttrName(name: string): string {
  return isPlainAttrName(name) ? name : writeString(name);
}

/** An attribute path, for example `containers."my.name".localAddress`. */
export function writeAttrPath(path: readonly string[]): string {
  return path.map(writeAttrName).join('.');
}

/**
 * A path expression relative to the file that holds it, for example `./containers/web.nix`.
 * @param relative path with `/` as separator, with or without a leading `./`
 */
export function writePath(relative: string): string {
  const path = /^\.{1,2}\//.test(relative) ? relative : `./${relative}`;
  if (/^[A-Za-z0-9._+/-]+$/.test(path) && !path.endsWith('/') && !path.includes('//')) return path;
  const start = /^(?:\.{1,2}\/)+/.exec(path)?.[0] ?? './';
  return `${start.slice(0, -1)}/\${${writeString(path.slice(start.length))}}`;
}
